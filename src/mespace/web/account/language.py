"""The switch of languages, on every page."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mespace.accounts.operations.choose_language import choose_language
from mespace.web.gate import public

if TYPE_CHECKING:
    from mespace.web.middleware import ActorRequest

A_YEAR = 365 * 24 * 3600  # seconds


@public
@require_POST
def set_language(request: "ActorRequest") -> HttpResponse:
    """Back to the page, in the language chosen; kept with a signed-in person's account, for a stranger in a cookie."""
    wanted, chosen = request.POST.get("next", "/"), request.POST.get("language", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    response = HttpResponseRedirect(wanted if safe else "/")
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            choose_language(actor=request.actor, language=chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=A_YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
