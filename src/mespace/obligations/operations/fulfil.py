"""What was owed is done."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.obligations.kinds import Name
from mespace.obligations.lifecycle import Kind, State
from mespace.obligations.models import Obligation
from mespace.obligations.operations._act import acting


def fulfil(*, actor: Actor, now: datetime, name: Name, at: datetime | None = None, how: str = "") -> Obligation:
    """The obligation, fulfilled at `at` (else `now`): in time up to its due instant inclusive, otherwise late.

    `at` is never later than `now`, and a miss that is on record already stays. `how` is a code. Fulfilled again,
    nothing happens. Raises ObligationNotFound, NothingOwed when it was withdrawn.
    """
    with acting(name=name, actor=actor, now=now, at=at) as act:
        if act.obligation.state not in {State.FULFILLED, State.LATE}:
            act.require_owed()
            act.record(Kind.FULFILLED, {"how": how} if how else {})
    return act.obligation
