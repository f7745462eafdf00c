"""A corrected production calendar reaches the clocks that still run (E4); given verdicts stay."""

from datetime import datetime
from typing import Any

from mespace.accounts.actor import TIMER
from mespace.ledger.canonical import instant_text
from mespace.regulation.models import CalendarEdition
from mespace.tickets.clocks import instant, verdict_of
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import ReactionState, Status
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import Act, acting
from mespace.tickets.operations._steps import pin


def tickets_to_repin(*, edition: CalendarEdition) -> list[int]:
    """Ids of the tickets with a clock that runs and is measured by another calendar edition."""
    from django.db.models import Q

    runs = Q(status=Status.OPEN) | Q(term_opened_at__isnull=False)
    return list(
        Ticket.objects.open_work()
        .filter(runs)
        .exclude(calendar_edition=edition)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def repin_calendar(*, ticket_id: int, now: datetime, edition: CalendarEdition) -> Ticket:
    """The ticket whose running clocks are measured by `edition` from now on; each change is a fact with both deadlines.

    Idempotent: a clock that `edition` measures already is left alone. Raises TicketNotFound.
    """
    with acting(ticket_id=ticket_id, actor=TIMER, now=now) as act:
        ticket = act.ticket
        code = ticket.regulation_edition.code
        given = verdict_of(act.events(), regulation_code=code, as_of=max(now, act.events()[-1].at))
        if (
            ticket.status == Status.OPEN
            and given.reaction.state == ReactionState.RUNNING
            and given.reaction.calendar != edition.code
        ):
            _repin(act, "reaction", edition, old=given.reaction.due)
        term = given.running_term
        if term is not None and term.calendar != edition.code:
            _repin(act, f"term:{term.term}", edition, old=term.due)
        act.change(calendar_edition=edition)
    return act.ticket


def _repin(act: Act, subject: str, edition: CalendarEdition, *, old: int) -> None:
    from mespace.ledger.models import Event

    code = act.ticket.regulation_edition.code
    payload: dict[str, Any] = {"subject": subject, "calendar": pin(edition), "old": instant_text(instant(old))}
    last = act.events()[-1]
    trial = Event(seq=last.seq + 1, at=max(act.now, last.at), kind=Kind.REPINNED, payload=payload)
    given = verdict_of([*act.events(), trial], regulation_code=code, as_of=trial.at)
    running = given.running_term
    due = given.reaction.due if subject == "reaction" or running is None else running.due
    payload["new"] = instant_text(instant(due))
    act.record(Kind.REPINNED, payload)
    act.write()
