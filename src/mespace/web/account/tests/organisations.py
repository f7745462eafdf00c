"""What the tests of the organisations' own sign-in share: a browser that goes to the provider and comes back."""

import re
from html import unescape
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from mespace.accounts.models import SignIn, User
from mespace.accounts.operations.invite import invite
from mespace.platform.clock import now
from tests.cast import Cast
from tests.infrastructure.openid import OpenIdProvider

SIGN_IN = "/account/login/"
GRAVE = "/account/2fa/totp/activate/"  # a page that asks to confirm who one is
LINK = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')


def left_for(answer: Any) -> str:
    """Where the page leads that sends people to their organisation."""
    assert answer.status_code == 200, answer.content.decode()[:300]
    found = LINK.search(answer.content.decode())
    assert found, answer.content.decode()
    return unescape(found[1])


def asked_there(url: str) -> str:
    """What the provider answers a browser: the address on this site to which it sends people back."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    location: str = connection.getresponse().headers["Location"]
    connection.close()
    return location


def go(client: Client, begin: str = "/account/by/zavod/", **form: str) -> Any:
    """The whole way; the answer to coming back."""
    return client.get(back_from(client, begin, **form))


def back_from(client: Client, begin: str = "/account/by/zavod/", **form: str) -> str:
    """The address, on this site, that the provider sends the browser to."""
    back = asked_there(left_for(client.post(begin, form)))
    assert back.startswith("http://testserver/account/by/")
    return back.removeprefix("http://testserver")


def set_up(settings: Any, sso: OpenIdProvider, **changes: Any) -> None:
    provider = sso.settings(**changes)
    settings.OIDC_PROVIDERS = {provider.key: provider}


def kinds() -> list[tuple[str, int | None]]:
    return list(SignIn.objects.order_by("pk").values_list("kind", "user_id"))


def without_password(user: User) -> User:
    user.set_unusable_password()
    user.save()
    return user


def is_in(client: Client) -> bool:
    return client.get("/account/profile/").status_code == 200


def invited(cast: Cast, name: str = "colleague") -> str:
    user = without_password(cast.users[name])
    return invite(actor=cast.administrator, now=now(), user_id=user.pk).token


def passwordless(cast: Cast, sso: OpenIdProvider) -> Client:
    client = Client()
    go(client, f"/account/link/{invited(cast)}/by/zavod/")
    assert is_in(client)
    return client
