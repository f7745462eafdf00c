"""The ticket's page: one address, drawn for whoever asks: the customer's portal or the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mespace.accounts.actor import Actor
from mespace.platform.clock import now as clock_now
from mespace.tickets.operations.desk import was_shown
from mespace.tickets.operations.record_receipt import record_receipt
from mespace.tickets.operations.settle import settle_ticket
from mespace.tickets.queries.ticket import TicketView, ticket_view
from mespace.tickets.queries.window import Window
from mespace.web.acts.forms import ActForm
from mespace.web.middleware import ActorRequest

DIGITS = 9  # of an event's number in an address


@dataclass(frozen=True)
class Failed:
    """An act that was refused: its name and its form with what was typed and the errors."""

    name: str
    form: ActForm


@require_safe
def ticket_page(request: ActorRequest, key: str) -> HttpResponse:
    """The ticket as the actor sees it; 404 when they see none."""
    return render_ticket(request, key=key, now=clock_now())


def render_ticket(request: ActorRequest, *, key: str, now: datetime, failed: Failed | None = None) -> HttpResponse:
    """The page with everything settled that had come due; with a failed act, its form as it was sent, status 422."""
    from mespace.web.desk.ticket import draw as draw_desk
    from mespace.web.portal.ticket import draw as draw_portal

    view = settled_view(actor=request.actor, key=key, now=now, window=window_of(request, failed))
    draw = draw_portal if request.actor.is_customer else draw_desk
    response = draw(request, view, failed)
    if failed is None and response.status_code == 200 and not is_prefetch(request):  # noqa: PLR2004
        note_shown(request.actor, view, now=now)
    return response


def window_of(request: ActorRequest, failed: Failed | None) -> Window | None:
    """The part of a long course that the address asks for; all of it where an act may concern any message."""
    if failed is not None or "do" in request.GET:
        return None
    since = request.GET.get("since", "")
    return Window(int(since) if since.isascii() and since.isdigit() and len(since) < DIGITS else None)


def settled_view(
    *, actor: Actor, key: str, now: datetime, as_customer: bool = False, window: Window | None = None
) -> TicketView:
    """The ticket's view after its timers; raises TicketNotFound."""
    view = ticket_view(actor=actor, key=key, now=now, as_customer=as_customer, window=window)
    if view.ticket.wake_at is not None and view.ticket.wake_at < now:
        settle_ticket(ticket_id=view.ticket.pk, now=now)
        view = ticket_view(actor=actor, key=key, now=now, as_customer=as_customer, window=window)
    return view


def note_shown(actor: Actor, view: TicketView, *, now: datetime) -> None:
    """The page has carried the messages to the actor: the unread mark goes, and what waits on them is received (E3)."""
    ticket = view.ticket
    if (
        ticket.term_opened_at is not None
        and ticket.holder_id == actor.user_id
        and ticket.term_evidence in {"", "presumed"}
    ):
        record_receipt(ticket_id=ticket.pk, actor=actor, now=now, term=ticket.term)
    was_shown(actor=actor, ticket=ticket, seen=view.read_seq)


def is_prefetch(request: ActorRequest) -> bool:
    """Whether nobody may ever see the answer: a browser fetches ahead, or asks for the headers alone."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return "prefetch" in purpose or "prerender" in purpose or request.method == "HEAD"
