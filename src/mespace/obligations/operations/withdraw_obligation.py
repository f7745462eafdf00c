"""It is owed no more, for a reason."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.obligations.kinds import Name
from mespace.obligations.lifecycle import Kind, State
from mespace.obligations.models import Obligation
from mespace.obligations.operations._act import acting
from mespace.obligations.operations.move_due import reason_word


def withdraw_obligation(*, actor: Actor, now: datetime, name: Name, reason: str, note: str = "") -> Obligation:
    """The obligation, withdrawn: neither kept nor broken, and counted apart; that it was missed before stays visible.

    `reason` is one of the kind's codes, `note` says it in words. Withdrawn again, nothing happens.
    Raises ObligationNotFound, NothingOwed when it was fulfilled, KeyError.
    """
    reason_word(name.kind, reason)
    with acting(name=name, actor=actor, now=now) as act:
        if act.obligation.state != State.WITHDRAWN:
            act.require_owed()
            act.record(Kind.WITHDRAWN, {"reason": reason}, note=note)
    return act.obligation
