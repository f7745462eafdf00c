"""What somebody who is linked with an organisation's own sign-in confirms by it, and how the link is undone."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.test import Client

from mespace.accounts.models import User
from mespace.accounts.operations.invite import invite
from mespace.platform.clock import now, stepped
from mespace.web.account.tests.organisations import (
    GRAVE,
    asked_there,
    back_from,
    go,
    is_in,
    left_for,
    passwordless,
    without_password,
)
from tests.cast import Cast, make_cast
from tests.infrastructure.openid import Member, OpenIdProvider


def test_a_confirmation_holds_for_a_quarter_of_an_hour(cast: Cast, sso: OpenIdProvider) -> None:
    client = passwordless(cast, sso)
    assert go(client, "/account/confirm/", next=GRAVE).status_code == 302
    for minutes, status in ((14, 200), (16, 302)):
        with stepped(now() + timedelta(minutes=minutes)):
            assert client.get(GRAVE).status_code == status


def test_no_transaction_is_open_while_the_provider_is_asked(own_database: Any, sso: OpenIdProvider) -> None:
    cast, open_ones = make_cast(), []
    watching = psycopg.connect(own_database.owner_url, autocommit=True)

    def look() -> None:
        found = watching.execute(
            "select count(*) from pg_stat_activity where datname = current_database() and xact_start is not null"
            " and pid <> pg_backend_pid()"
        ).fetchone()
        open_ones.append(found and found[0])

    sso.when_asked = look
    client = Client()
    assert go(client).status_code == 302
    without_password(User.objects.get(pk=cast.users["colleague"].pk))
    client = Client()
    go(client)
    assert go(client, "/account/confirm/", next=GRAVE)["Location"] == GRAVE
    watching.close()
    assert len(open_ones) >= 8
    assert set(open_ones) == {0}


def test_who_has_no_password_confirms_a_grave_step_by_the_organisation(cast: Cast, sso: OpenIdProvider) -> None:
    client = passwordless(cast, sso)
    answer = client.get(GRAVE)
    assert (answer.status_code, answer["Location"]) == (302, f"/account/confirm/?next={GRAVE.replace('/', '%2F')}")
    page = client.get(answer["Location"]).content.decode()
    assert "Завод" in page
    url = left_for(client.post("/account/confirm/", {"next": GRAVE}))
    assert "prompt=login" in url
    assert "max_age=0" in url
    answer = client.get(asked_there(url).removeprefix("http://testserver"))
    assert (answer.status_code, answer["Location"]) == (302, GRAVE)
    assert client.get(GRAVE).status_code == 200


@pytest.mark.parametrize(
    ("claims", "status"),
    [({"auth_time": None}, 403), ({"auth_time": 1_000_000_000}, 403), ({"auth_time": "9999999999"}, 403)],
)
def test_a_confirmation_that_the_provider_did_not_ask_for_is_none(
    cast: Cast, sso: OpenIdProvider, claims: dict[str, Any], status: int
) -> None:
    client = passwordless(cast, sso)
    sso.claims.update(claims)
    assert go(client, "/account/confirm/", next=GRAVE).status_code == status
    assert client.get(GRAVE).status_code == 302


def test_a_confirmation_by_somebody_else_is_none(cast: Cast, sso: OpenIdProvider) -> None:
    client = passwordless(cast, sso)
    sso.member = Member("another", "colleague@example.org")
    assert go(client, "/account/confirm/", next=GRAVE).status_code == 403
    assert client.get(GRAVE).status_code == 302
    assert is_in(client)


def test_a_confirmation_comes_back_to_the_person_who_began_it(cast: Cast, sso: OpenIdProvider) -> None:
    client = passwordless(cast, sso)
    back = back_from(client, "/account/confirm/", next=GRAVE)
    client.post("/account/logout/")
    assert client.get(back).status_code == 400
    assert not is_in(client)


def test_people_with_a_password_are_asked_for_it_as_before(cast: Cast, sso: OpenIdProvider) -> None:
    client = Client()
    go(client)
    assert client.get(GRAVE)["Location"].startswith("/account/reauthenticate/")
    page = client.get("/account/reauthenticate/").content.decode()
    assert "/account/confirm/" in page  # as another way


def test_a_person_whose_provider_is_gone_cannot_pass_a_grave_step(
    cast: Cast, sso: OpenIdProvider, settings: Any
) -> None:
    client = passwordless(cast, sso)
    settings.OIDC_PROVIDERS = {}
    assert client.get(GRAVE).status_code == 302


# Undoing the link

WAYS = {
    "administrator": "/people/{}/organisation/",
    "manager": "/manage/people/{}/unlink/",
    "responsible": "/account/colleagues/{}/organisation/",
}


@pytest.mark.parametrize("who", WAYS)
def test_whoever_manages_access_undoes_the_link_after_being_asked(cast: Cast, sso: OpenIdProvider, who: str) -> None:
    person = passwordless(cast, sso)
    colleague = cast.users["colleague"]
    client = Client()
    client.force_login(cast.users[who])
    url = WAYS[who].format(colleague.pk)
    assert "Отвязать" in client.post(url).content.decode()
    assert is_in(person)
    assert client.post(url, {"confirmed": "1"}).status_code == 302
    colleague.refresh_from_db()
    assert (colleague.oidc_issuer, colleague.oidc_subject, colleague.oidc_linked_at) == ("", "", None)
    assert not is_in(person)
    assert not colleague.has_credentials
    assert client.post(url, {"confirmed": "1"}).status_code == 302  # the second time there is nothing to undo
    assert invite(actor=cast.administrator, now=now(), user_id=colleague.pk)


def test_the_pages_of_a_linked_person_say_so(cast: Cast, sso: OpenIdProvider) -> None:
    client = passwordless(cast, sso)
    assert "Завод" in client.get("/account/profile/").content.decode()
    pk = cast.users["colleague"].pk
    for who, page in (("administrator", f"/people/{pk}/"), ("manager", f"/manage/people/{pk}/")):
        reader = Client()
        reader.force_login(cast.users[who])
        text = reader.get(page).content.decode()
        assert "«Завод»" in text
        assert "Отвязать" in text
        assert "не входил" not in text
    reader = Client()
    reader.force_login(cast.users["responsible"])
    assert f"/account/colleagues/{pk}/organisation/" in reader.get("/account/colleagues/").content.decode()


def test_auditors_read_with_whom_an_account_was_linked_and_who_undid_it(cast: Cast, sso: OpenIdProvider) -> None:
    passwordless(cast, sso)
    pk = cast.users["colleague"].pk
    client = Client()
    client.force_login(cast.users["administrator"])
    client.post(f"/people/{pk}/organisation/", {"confirmed": "1"})
    rows = apps.get_model("accounts", "UserAudit").objects.filter(pgh_obj_id=pk).order_by("-pk")
    assert rows[0].oidc_subject == ""
    assert rows[0].pgh_context.metadata["user"] == cast.users["administrator"].pk
    assert "4711" in {row.oidc_subject for row in rows}
    reader = Client()
    reader.force_login(cast.users["auditor"])
    assert "4711" in reader.get(f"/audit/accounts-user/?row={pk}").content.decode()
