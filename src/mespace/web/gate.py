"""The two gates of every page: nobody enters unsigned unless the view is public, and refusals become answers."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.accounts.actor import Refused
from mespace.customers.entitlement import NotEntitled
from mespace.platform.idempotency import KeyReused
from mespace.platform.pace import TooFast
from mespace.tickets.errors import ContactNotFound, SessionNotFound, TicketNotFound
from mespace.tickets.lifecycle import BY_VERB, IllegalMove
from mespace.tickets.queries.lists import BadCursor
from mespace.tickets.session_lifecycle import SESSION_BY_VERB, IllegalSessionMove
from mespace.web.errors import error_page
from mespace.web.once import key_reused_page

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a view as open to people who have not signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


class SignInGate:
    """Sends everybody who has not signed in to the sign-in page, except for views marked public. Deny by default."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """None lets the view run."""
        del args, kwargs
        if request.user.is_authenticated or _is_public(view):
            return None
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401, headers={"HX-Refresh": "true"})
        return redirect_to_login(request.get_full_path())

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to a refusal that an operation or query raised; None for anything else."""
        match exception:
            case TicketNotFound() | ContactNotFound() | SessionNotFound():
                return error_page(request, 404)
            case Refused():
                return error_page(request, 403)
            case NotEntitled():
                return error_page(request, 403, message=not_entitled_words(exception))
            case IllegalMove() | IllegalSessionMove():
                message, moves = illegal_words(exception)
                return error_page(request, 409, message=message, moves=moves)
            case KeyReused():
                return key_reused_page(request)
            case BadCursor():
                return error_page(request, 400)
            case TooFast():
                return error_page(request, 429, message=too_fast_words(exception), retry_after=exception.retry_after)
        return None


def illegal_words(refusal: IllegalMove | IllegalSessionMove) -> tuple[str, list["_StrPromise"]]:
    """What is not possible any more, and what is."""
    if isinstance(refusal, IllegalMove):
        words = _("“%(move)s” is not possible any more: the request is now “%(status)s”.")
        values = {"move": BY_VERB[refusal.verb].label, "status": refusal.status.label}
        return words % values, [BY_VERB[verb].label for verb in refusal.allowed]
    words = _("“%(move)s” is not possible any more: the remote session is now “%(state)s”.")
    values = {"move": SESSION_BY_VERB[refusal.verb].label, "state": refusal.state.label}
    return words % values, [SESSION_BY_VERB[verb].label for verb in refusal.allowed]


def not_entitled_words(refusal: NotEntitled) -> str:
    """Why nothing can be filed today: names the contract and its end (clause 2.2)."""
    contract = refusal.contract
    if contract is None:
        return _("Your company has no support contract. Requests can be filed once one is signed.")
    values = {
        "number": contract.number,
        "from": f"{contract.valid_from:%d.%m.%Y}",
        "until": f"{contract.valid_until:%d.%m.%Y}",
    }
    if contract.valid_until < refusal.today:
        return (
            _(
                "Contract %(number)s ended on %(until)s. You can still read your requests and write in the open ones; "
                "new ones need a valid contract."
            )
            % values
        )
    if contract.valid_from > refusal.today:
        return _("Contract %(number)s begins on %(from)s. Requests can be filed from that day.") % values
    return _("Contract %(number)s does not cover this software.") % values


def too_fast_words(refusal: TooFast) -> str:
    """Why nothing was sent, and when to send it again."""
    seconds = refusal.retry_after
    words = ngettext(
        "Very much was sent from your company within minutes, so this was not. Send it again in %(n)d second.",
        "Very much was sent from your company within minutes, so this was not. Send it again in %(n)d seconds.",
        seconds,
    ) % {"n": seconds}
    if settings.EMERGENCY_PHONE:
        words += " " + _("If a line stands, call %(phone)s.") % {"phone": settings.EMERGENCY_PHONE}
    return words


def too_fast(response: HttpResponse, refusal: TooFast) -> HttpResponse:
    """The page with what was typed, answered as 429 with the time to wait."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response["Retry-After"] = str(refusal.retry_after)
    return response


def _is_public(view: Callable[..., Any]) -> bool:
    module = getattr(view, "__module__", "")
    inner = getattr(view, "view_class", view)
    return bool(getattr(view, "is_public", False) or getattr(inner, "is_public", False)) or module.startswith(
        "allauth."
    )
