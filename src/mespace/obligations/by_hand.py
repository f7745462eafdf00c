"""Moving and withdrawing one obligation from its page: who may, for which reasons, by whose operation."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.obligations.errors import DueInPast, NothingOwed, ObligationNotFound
from mespace.obligations.kinds import ByHand, Change, ObligationKind, kinds, name_of_key
from mespace.obligations.models import Obligation
from mespace.obligations.operations.move_due import move_due
from mespace.obligations.operations.withdraw_obligation import withdraw_obligation

LONGEST_NOTE = 2_000  # characters


@dataclass(frozen=True)
class Door:
    """One obligation with its kind, and what the actor may do to it."""

    obligation: Obligation
    kind: ObligationKind
    by_hand: ByHand


def may_move(actor: Actor, obligation: Obligation) -> bool:
    """Whether the page offers to move its deadline."""
    return _may(actor, obligation, "moving")


def may_withdraw(actor: Actor, obligation: Obligation) -> bool:
    """Whether the page offers to withdraw it."""
    return _may(actor, obligation, "withdrawing")


def moving(*, actor: Actor, obligation_id: int) -> Door:
    """The obligation that is to be moved; not found is also one whose kind never moves.

    Raises ObligationNotFound, Refused, NothingOwed.
    """
    return _door(actor, obligation_id, "moving")


def withdrawing(*, actor: Actor, obligation_id: int) -> Door:
    """The obligation that is to be withdrawn. Raises as `moving`."""
    return _door(actor, obligation_id, "withdrawing")


def move(*, actor: Actor, now: datetime, obligation_id: int, due: datetime, reason: str, note: str) -> None:
    """Promise another instant, for one of the kind's reasons and in words.

    Raises as `moving`, or ValidationError by field.
    """
    door = moving(actor=actor, obligation_id=obligation_id)
    change = _change(door, actor=actor, now=now, reason=reason, note=note, due=due)
    if due < now:
        raise ValidationError({"due": [_("This has passed: name what is still to come.")]})
    if door.by_hand.run is not None:
        door.by_hand.run(change)
        return
    try:
        move_due(actor=actor, now=now, name=change.name, due=due, reason=reason, note=change.note)
    except DueInPast:
        raise ValidationError({"due": [_("This has passed: name what is still to come.")]}) from None


def withdraw(*, actor: Actor, now: datetime, obligation_id: int, reason: str, note: str) -> None:
    """Say that it is owed no more, for one of the kind's reasons and in words.

    Raises as `moving`, or ValidationError by field.
    """
    door = withdrawing(actor=actor, obligation_id=obligation_id)
    change = _change(door, actor=actor, now=now, reason=reason, note=note)
    if door.by_hand.run is not None:
        door.by_hand.run(change)
    else:
        withdraw_obligation(actor=actor, now=now, name=change.name, reason=reason, note=change.note)


def _may(actor: Actor, obligation: Obligation, what: str) -> bool:
    by_hand = _of(obligation, what)
    return obligation.is_owed and by_hand is not None and actor.can(by_hand[1].right)


def _of(obligation: Obligation, what: str) -> tuple[ObligationKind, ByHand] | None:
    kind = next((each for each in kinds() if each.code == obligation.kind), None)
    by_hand: ByHand | None = getattr(kind, what, None)
    return (kind, by_hand) if kind is not None and by_hand is not None else None


def _door(actor: Actor, obligation_id: int, what: str) -> Door:
    obligation = Obligation.objects.visible_to(actor).filter(pk=obligation_id).first()
    found = _of(obligation, what) if obligation is not None else None
    if obligation is None or found is None:
        raise ObligationNotFound(obligation_id)
    actor.require(found[1].right)
    if not obligation.is_owed:
        raise NothingOwed(obligation.state)
    return Door(obligation, *found)


def _change(door: Door, *, actor: Actor, now: datetime, reason: str, note: str, due: datetime | None = None) -> Change:
    note = note.replace("\x00", "").strip()
    if reason not in door.by_hand.reasons:
        raise ValidationError({"reason": [_("Choose one of the reasons.")]})
    if not note:
        raise ValidationError({"note": [_("Say why, in words: both sides read it.")]})
    if len(note) > LONGEST_NOTE:
        raise ValidationError({"note": [_("At most %(most)d characters.") % {"most": LONGEST_NOTE}]})
    row = door.obligation
    return Change(actor, now, name_of_key(row.kind, row.whom_id, row.key), reason, note, due)
