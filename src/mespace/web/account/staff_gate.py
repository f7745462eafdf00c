"""Middleware: staff pass only with a second factor, where that is asked for."""

from collections.abc import Callable
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.models import User
from mespace.web.account.organisation.records import proves_two_factors
from mespace.web.account.second_factor import SECOND_FACTOR_KEY


class StaffSecondFactor:
    """Where STAFF_MFA is on, staff see only their account pages until this session has passed a second factor."""

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
    return not any(
        record.get("method") == "mfa" or proves_two_factors(record)
        for record in get_authentication_records(request, user)
    )


def _to_setup(request: HttpRequest) -> HttpResponse:
    url = reverse("mfa_index")
    if request.headers.get("HX-Request") == "true":
        shown = urlsplit(request.headers.get("HX-Current-URL", "")).path
        if shown.startswith(reverse("account_home")):  # a part that polls, on the very page where it is set up
            return HttpResponse(status=204)
        return HttpResponse(status=403, headers={"HX-Redirect": url})
    messages.warning(request, _("Staff sign in with a second factor. Set one up now: it takes a minute."))
    return HttpResponseRedirect(url)
