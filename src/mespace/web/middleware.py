"""Who acts in a request, and the gate that staff pass only with a second factor."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.customers.actors import actor_of

SECOND_FACTOR_KEY = "second_factor_passed"  # in the session, when it was set up or taken away during it

if TYPE_CHECKING:

    class ActorRequest(HttpRequest):
        """A signed-in person's request."""

        user: User
        actor: Actor
else:
    ActorRequest = HttpRequest


class RequestActor:
    """Sets `request.actor`, which looks nothing up before it is used. Comes after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response; a stranger's actor is NOBODY."""
        request.actor = SimpleLazyObject(lambda: actor_of(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)


class StaffSecondFactor:
    """Where STAFF_MFA is on, staff see nothing but their account pages until this session has passed a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, or the way to the page where a second factor is set up."""
        if settings.STAFF_MFA and not self._is_open(request) and _lacks_second_factor(request):
            return _to_setup(request)
        return self.get_response(request)

    @staticmethod
    def _is_open(request: HttpRequest) -> bool:
        return request.path.startswith((settings.STATIC_URL, reverse("account_home")))


def _lacks_second_factor(request: HttpRequest) -> bool:
    user = request.user
    if not isinstance(user, User) and not user.is_authenticated:
        return False
    if user.is_customer:
        return False
    marked = request.session.get(SECOND_FACTOR_KEY)
    if marked is not None:
        return not marked
    return all(record.get("method") != "mfa" for record in get_authentication_records(request, user))


def _to_setup(request: HttpRequest) -> HttpResponse:
    url = reverse("mfa_index")
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=403, headers={"HX-Redirect": url})
    messages.warning(request, _("Staff sign in with a second factor. Set one up now: it takes a minute."))
    return HttpResponseRedirect(url)
