"""What support owes and owed besides reactions, counted by kind; each count is that of a list of the ledger."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Permission
from mespace.obligations.kinds import kinds
from mespace.obligations.lifecycle import State
from mespace.obligations.models import Obligation
from mespace.tickets.queries.owed import OWED, day_begins, may_read, obligation_condition

STATES = (State.OPEN, State.MISSED, State.FULFILLED, State.LATE, State.WITHDRAWN)


@dataclass(frozen=True)
class KindCounts:
    """One kind: how many run, are overdue and still owed, were kept, done late, withdrawn."""

    kind: str
    clause: str
    counts: dict[str, int]

    @property
    def broken(self) -> int:
        """Overdue or done late."""
        return self.counts[State.MISSED] + self.counts[State.LATE]


def owed_by_kind(*, actor: Actor, now: datetime, first: date) -> list[KindCounts]:
    """Every kind, by clause: what is owed now, whenever it is due, and what was owed with a due date from `first` on.

    One statement. Raises Refused.
    """
    if not may_read(actor):
        raise Refused(Permission.OBLIGATIONS_READ)
    since = day_begins(first)
    counted = {state.value: Count("pk", filter=obligation_condition(state, now)) for state in STATES}
    rows = Obligation.objects.visible_to(actor).filter(obligation_condition(OWED, now) | Q(due_at__gte=since))
    grouped = rows.order_by().values("kind").annotate(**counted)
    found: dict[str, dict[str, Any]] = {row["kind"]: dict(row) for row in grouped}
    nothing = dict.fromkeys(counted, 0)
    return [
        KindCounts(kind.code, kind.clause, {state: found.get(kind.code, nothing)[state] for state in counted})
        for kind in kinds()
    ]
