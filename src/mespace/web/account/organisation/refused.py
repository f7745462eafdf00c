"""The pages that say why somebody does not come in by the organisation, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mespace.platform.oidc.provider import Provider

RETRY_AFTER = 30  # seconds


@dataclass(frozen=True)
class Refusal:
    """What a page says. `again` offers the way to the provider once more."""

    title: Promise
    text: Promise
    status: HTTPStatus = HTTPStatus.FORBIDDEN
    again: bool = False


# Whoever is unknown and whoever is another organisation's read the same: a provider must not find out whom we know.
REFUSALS = {
    "unknown": Refusal(
        _("You have no access here yet"),
        _(
            "Your organisation has signed you in, but no account of it has your e-mail address. Ask the responsible "
            "employee of your company, or whoever manages access here, to invite you."
        ),
    ),
    "unverified": Refusal(
        _("Your address is not confirmed"),
        _(
            "Your organisation's sign-in does not confirm your e-mail address, so we cannot tell whose account it is. "
            "Open your invitation and choose this sign-in there, or ask your administrators to confirm the address."
        ),
    ),
    "other": Refusal(
        _("This account is somebody else’s there"),
        _(
            "The account is linked with another person of your organisation's sign-in. If the address has passed to "
            "you, ask whoever manages access to undo the link."
        ),
        HTTPStatus.CONFLICT,
    ),
    "another_person": Refusal(
        _("That was another person"),
        _("Your organisation has signed in somebody else than the owner of this account. Nothing was changed."),
        again=True,
    ),
    "not_anew": Refusal(
        _("Your organisation has not asked you anew"),
        _(
            "This step needs a fresh proof that it is you, and your organisation's sign-in let you pass without one. "
            "Sign out there and try again, or ask your administrators."
        ),
        again=True,
    ),
    "expired": Refusal(
        _("This attempt is too old"),
        _("It was begun in another browser or more than ten minutes ago. Just try again."),
        HTTPStatus.BAD_REQUEST,
        again=True,
    ),
    "cancelled": Refusal(
        _("You did not sign in"),
        _("Your organisation's sign-in was given up there. Try again, or choose another way."),
        HTTPStatus.OK,
        again=True,
    ),
    "failed": Refusal(
        _("Your organisation's answer does not hold"),
        _(
            "What its sign-in has sent could not be trusted, so nobody was let in. Try again; if it stays so, tell "
            "your administrators."
        ),
        HTTPStatus.BAD_GATEWAY,
        again=True,
    ),
    "unreachable": Refusal(
        _("Your organisation's sign-in does not answer"),
        _("It may be down, or busy. Try again in a minute. Other ways to sign in are not concerned."),
        HTTPStatus.SERVICE_UNAVAILABLE,
        again=True,
    ),
    "invitation": Refusal(
        _("The invitation does not work any more"),
        _("It has been used, has expired, or a newer one was made. Ask for a new one, or just sign in."),
        HTTPStatus.GONE,
    ),
    "password_not_allowed": Refusal(
        _("Sign in by your organisation"),
        _("Your organisation lets its people in by its own sign-in only."),
        again=True,
    ),
}


def refused_page(request: HttpRequest, why: str, *, by: Iterable[Provider] = (), next_url: str = "") -> HttpResponse:
    """The page; `by` are the providers that it offers to try, and then to go on to `next_url`."""
    refusal = REFUSALS[why]
    buttons = [{"key": each.key, "name": name_of(each)} for each in by] if refusal.again else []
    context = {"refusal": refusal, "organisations": buttons, "next_url": next_url}
    response = render(request, "web/account/organisation/refused.html", context, status=refusal.status)
    if refusal.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def name_of(provider: Provider) -> str:
    """The provider's name in the reader's language."""
    return provider.name(get_language() or "ru")
