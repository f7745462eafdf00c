"""Another instant is promised, for a reason; the former promise stays on record."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.obligations.clocks import instant
from mespace.obligations.errors import DueInPast
from mespace.obligations.facts import seconds_text
from mespace.obligations.kinds import Name, kind_of
from mespace.obligations.lifecycle import Kind
from mespace.obligations.models import Obligation
from mespace.obligations.operations._act import acting


def move_due(*, actor: Actor, now: datetime, name: Name, due: datetime, reason: str, note: str = "") -> Obligation:
    """The obligation with its new due instant; moved to where it is already, nothing happens.

    What was missed before stays missed, whatever is promised now: both readings are in the verdict. `reason` is one of
    the kind's codes, `note` says it in words. Raises ObligationNotFound, NothingOwed, DueInPast, KeyError.
    """
    reason_word(name.kind, reason)
    due = due.replace(microsecond=0)
    with acting(name=name, actor=actor, now=now) as act:
        act.require_owed()
        old = act.obligation.due_at
        if due == old:
            return act.obligation
        if due < act.now:
            raise DueInPast
        payload = {"reason": reason, "old": seconds_text(old), "new": seconds_text(instant(int(due.timestamp())))}
        act.record(Kind.DUE_MOVED, payload, note=note)
    return act.obligation


def reason_word(kind: str, reason: str) -> str:
    """The words of a reason's code. Raises KeyError for one that the kind does not know."""
    return str(kind_of(kind).reasons[reason])
