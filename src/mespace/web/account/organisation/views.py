"""To the organisation's own sign-in, and back."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.internal import flows
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mespace.accounts import links
from mespace.accounts.errors import (
    AccountDisabled,
    AddressNotVerified,
    LinkedWithAnother,
    LinkNotValid,
    NotOfOrganisation,
    PersonNotFound,
)
from mespace.accounts.models import LinkKind, SignInKind, User
from mespace.accounts.operations.accept_by_organisation import accept_by_organisation
from mespace.accounts.operations.come_in_by_organisation import come_in_by_organisation
from mespace.accounts.organisation import is_of, linked_provider, providers
from mespace.platform import clock
from mespace.platform.oidc.provider import AnswerRefused, Identity, Provider, ProviderUnreachable
from mespace.platform.oidc.sign_in import authorization_url, identity
from mespace.web.account.organisation.pending import Pending, remember, take
from mespace.web.account.organisation.records import record
from mespace.web.account.organisation.refused import name_of, refused_page
from mespace.web.account.sign_in_log import note
from mespace.web.errors import error_page
from mespace.web.gate import public
from mespace.web.once import minds_its_own_key

if TYPE_CHECKING:
    from datetime import datetime

    from mespace.web.middleware import ActorRequest

log = structlog.get_logger("mespace.sign_in")  # no address and no token goes there
LEEWAY = 60  # seconds by which the provider's clock may be behind, when it says that it has asked anew
FAILURES: dict[type[Exception], tuple[str, SignInKind]] = {
    AddressNotVerified: ("unverified", SignInKind.ORG_UNVERIFIED),
    PersonNotFound: ("unknown", SignInKind.ORG_UNKNOWN),
    NotOfOrganisation: ("unknown", SignInKind.ORG_ELSEWHERE),
    LinkedWithAnother: ("other", SignInKind.ORG_OTHER),
    LinkNotValid: ("invitation", SignInKind.ORG_EXPIRED),
}


@public
@minds_its_own_key
@never_cache
@require_POST
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """To the provider, to sign in; to the start page for whoever is in already."""
    provider = _provider(key)
    if request.user.is_authenticated:
        return redirect("home")
    return _leave(request, provider, Pending.begin(provider.key, "sign_in", clock.now(), next_url=_next(request)))


@public
@minds_its_own_key
@never_cache
@require_POST
def begin_invited(request: HttpRequest, token: str, key: str) -> HttpResponse:
    """To the provider, to accept the invitation that is open."""
    provider = _provider(key)
    try:
        link = links.look_up(token=token, now=clock.now())
    except LinkNotValid:
        return render(request, "web/account/link_not_valid.html", status=410)
    if link.kind != LinkKind.INVITATION or not is_of(provider, link.user):
        raise Http404
    return _leave(request, provider, Pending.begin(provider.key, "invitation", clock.now(), link_id=link.pk))


@minds_its_own_key
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: "ActorRequest") -> HttpResponse:
    """The page that asks to prove anew who one is, and the way to the provider that sees to it."""
    provider = linked_provider(request.user)
    if provider is None:
        raise Http404
    if request.method == "POST":
        pending = Pending.begin(provider.key, "confirm", clock.now(), next_url=_next(request), user_id=request.user.pk)
        return _leave(request, provider, pending)
    context = {"name": name_of(provider), "next_url": _next(request)}
    return render(request, "web/account/organisation/confirm.html", context)


@public
@never_cache
@require_safe
def back(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever the provider has signed in comes in, or reads why not."""
    provider = _provider(key)
    if not ratelimit.consume(request, action="login"):
        return error_page(request, 429, retry_after=60)
    now = clock.now()
    pending = take(request, provider=key, state=request.GET.get("state", ""), now=now)
    if pending is None or (pending.user_id is not None and pending.user_id != request.user.pk):
        return _refused(request, provider, "expired", SignInKind.ORG_EXPIRED)
    request.session.save()  # taken for good, whatever becomes of the answer
    if error := request.GET.get("error"):
        if error == "access_denied":
            return _refused(request, provider, "cancelled", SignInKind.ORG_CANCELLED, pending=pending)
        log.warning("provider sent an error", provider=key, error=ascii(error[:80]))
        return _refused(request, provider, "failed", SignInKind.ORG_FAILED, pending=pending)
    try:
        whom = identity(
            provider,
            pending.attempt,
            code=request.GET.get("code", ""),
            issuer=request.GET.get("iss"),
            redirect_uri=redirect_uri(provider),
            now=now,
        )
    except AnswerRefused as refusal:
        log.warning("provider is not believed", provider=key, why=str(refusal))
        return _refused(request, provider, "failed", SignInKind.ORG_FAILED, pending=pending)
    except ProviderUnreachable as failure:
        log.warning("provider is not reached", provider=key, why=str(failure))
        return _refused(request, provider, "unreachable", SignInKind.ORG_UNREACHABLE, pending=pending)
    if pending.purpose == "confirm":
        return _confirmed(request, provider, pending, whom)
    return _come_in(request, provider, pending, whom, now)


def redirect_uri(provider: Provider) -> str:
    """Where the provider sends people back: built from BASE_URL, never from what a request calls this host."""
    return f"{settings.BASE_URL}{reverse('organisation_back', args=[provider.key])}"


def _next(request: HttpRequest) -> str:
    """Where the person wanted to go, if it is a page of this site."""
    return get_next_redirect_url(request) or ""


def _provider(key: str) -> Provider:
    try:
        return providers()[key]
    except KeyError:
        raise Http404 from None


def _leave(request: HttpRequest, provider: Provider, pending: Pending) -> HttpResponse:
    """A page that leads on to the provider.

    No redirect: browsers hold a form's redirects to the page's form-action, and whereto a provider leads in turn
    nobody here knows.
    """
    if not ratelimit.consume(request, action="login"):
        return error_page(request, 429, retry_after=60)
    try:
        url = authorization_url(
            provider, pending.attempt, redirect_uri=redirect_uri(provider), anew=pending.purpose == "confirm"
        )
    except (AnswerRefused, ProviderUnreachable) as failure:
        log.warning("provider cannot be used", provider=provider.key, why=str(failure))
        return _refused(request, provider, "unreachable", SignInKind.ORG_UNREACHABLE, pending=pending)
    remember(request, pending)
    return render(request, "web/account/organisation/leave.html", {"url": url, "name": name_of(provider)})


def _come_in(
    request: HttpRequest, provider: Provider, pending: Pending, whom: Identity, now: "datetime"
) -> HttpResponse:
    """The person's start page, after a second factor of their own if they have one here."""
    try:
        if pending.purpose == "invitation":
            user = accept_by_organisation(provider=provider, identity=whom, link_id=pending.link_id or 0, now=now)
            newly = True
        else:
            came = come_in_by_organisation(provider=provider, identity=whom, now=now)
            user, newly = came.user, came.newly
    except AccountDisabled:
        note(request, SignInKind.ORG_DISABLED, _person(whom))
        return redirect("account_inactive")
    except tuple(FAILURES) as refusal:
        why, kind = FAILURES[type(refusal)]
        return _refused(request, provider, why, kind, user=_person(whom))
    if request.user.is_authenticated and request.user.pk != user.pk:
        get_adapter().logout(request)  # whoever was in, such as who made the invitation; their session ends by it
    if newly:
        note(request, SignInKind.LINKED, user)
    record(request, user, provider, whom)
    response: HttpResponse = perform_login(request, user, redirect_url=pending.next_url or None)
    return response


def _confirmed(request: HttpRequest, provider: Provider, pending: Pending, whom: Identity) -> HttpResponse:
    """On with what was begun before, if it was the owner of the account, and just now."""
    user = request.user
    if not isinstance(user, User) or (user.oidc_issuer, user.oidc_subject) != (whom.issuer, whom.subject):
        return _refused(request, provider, "another_person", SignInKind.ORG_OTHER)
    if whom.authenticated_at is None or whom.authenticated_at < pending.began - LEEWAY:
        return _refused(request, provider, "not_anew", SignInKind.ORG_FAILED)
    record(request, user, provider, whom, again=True)
    # Where allauth looks for it; what the provider added to the address is done with.
    request.GET = QueryDict(urlencode({"next": pending.next_url}))
    found: HttpResponse | None = flows.reauthentication.resume_request(request) if pending.next_url else None
    return found or HttpResponseRedirect(reverse("account_profile"))


def _refused(
    request: HttpRequest,
    provider: Provider,
    why: str,
    kind: SignInKind,
    *,
    user: User | None = None,
    pending: Pending | None = None,
) -> HttpResponse:
    known = request.user if isinstance(request.user, User) else user
    note(request, kind, known)
    next_url = pending.next_url if pending is not None and pending.purpose == "sign_in" else ""
    return refused_page(request, why, by=[provider], next_url=next_url)


def _person(whom: Identity) -> User | None:
    """Whom an attempt was about, for the sign-in log."""
    linked = User.objects.filter(oidc_issuer=whom.issuer, oidc_subject=whom.subject).first()
    if linked is not None or not (whom.email and whom.email_verified):
        return linked
    return User.objects.filter(email=whom.email).first()
