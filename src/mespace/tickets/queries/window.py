"""Which part of a long course a page shows: what was filed, and the newest of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mespace.ledger.models import Event
from mespace.tickets.events import QUIET
from mespace.tickets.models import Ticket

NEWEST = 80  # events; a short course is shown whole, also when it is a little longer
SPARED = 20
STEP = 200  # how many more each “earlier” brings


@dataclass(frozen=True)
class Window:
    """The part asked for: from event `since` on, else the newest."""

    since: int | None = None


def hidden_range(
    shown: Sequence[Event], window: Window, *, ticket: Ticket, read_seq: int | None, reader: str
) -> tuple[int, int]:
    """The slice of `shown` that the page leaves out; an empty one when it shows everything.

    Never left out: the first event, other people's news since the reader was here (`read_seq`), and the question or
    proposal whose term is running, as the page is evidence of its receipt.
    """
    if len(shown) <= NEWEST + SPARED:
        return 1, 1
    start = len(shown) - NEWEST
    for place, event in enumerate(shown[:start]):
        asked = window.since is not None and event.seq >= window.since
        is_news = read_seq is not None and event.seq > read_seq and event.actor != reader and event.kind not in QUIET
        if place and (asked or is_news or _is_running_term(event, ticket)):
            start = place
            break
    return 1, max(1, start)


def _is_running_term(event: Event, ticket: Ticket) -> bool:
    return ticket.term_opened_at is not None and event.payload.get("term") == ticket.term
