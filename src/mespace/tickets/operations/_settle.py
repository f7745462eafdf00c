"""Writing what has come due, before anything else is done with a ticket (E3)."""

from mespace.accounts.actor import TIMER
from mespace.tickets.clocks import verdict_of
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Verb, WaitingFor
from mespace.tickets.operations._act import Act


def settle(act: Act) -> None:
    """Write the presumed receipt, the reminder and the suspension whose instants have passed, each at its own instant.

    Acting at exactly the due instant is in time (E1), so only what lies before `now` is due.
    """
    ticket = act.ticket
    while ticket.wake_at is not None and ticket.wake_at < act.now:
        at = ticket.wake_at
        events = act.events()
        term = verdict_of(
            events, regulation_code=ticket.regulation_edition.code, as_of=max(at, events[-1].at)
        ).running_term
        if term is None:
            msg = f"{ticket.key}: a timer is set though no term runs"
            raise RuntimeError(msg)
        if not ticket.term_evidence:
            act.record(Kind.RECEIPT, {"term": term.term, "evidence": "presumed"}, at=at, actor=TIMER)
        elif not ticket.term_reminded and ticket.term_due_at is not None and at < ticket.term_due_at:
            act.record(Kind.REMINDED, {"term": term.term}, at=at, actor=TIMER)
        else:
            act.move(
                Verb.SUSPEND_UNANSWERED,
                Kind.SUSPENDED_UNANSWERED,
                {"term": term.term},
                at=at,
                actor=TIMER,
                waiting_for=WaitingFor.CUSTOMER,
            )
        act.write()
