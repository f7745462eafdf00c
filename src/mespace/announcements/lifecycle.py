"""The states of planned work and of an outage, and the kinds of facts in their logs (docs/mechanisms/log.md)."""

from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """How things stand with planned work."""

    ANNOUNCED = "announced", pgettext_lazy("planned work", "announced")
    RUNNING = "running", pgettext_lazy("planned work", "under way")
    RESTORED = "restored", pgettext_lazy("planned work", "access restored")
    CANCELLED = "cancelled", pgettext_lazy("planned work", "cancelled")


AHEAD = frozenset({State.ANNOUNCED, State.RUNNING})  # something of it is still to come


class Kind(StrEnum):
    """Every kind of event in the log of planned work, sorted."""

    ANNOUNCED = "announced"
    CANCELLED = "cancelled"
    MOVED = "moved"
    OVERRUN = "overrun"
    PROLONGED = "prolonged"
    REMINDED = "reminded"
    RESTORED = "restored"
    REVISED = "revised"
    STARTED = "started"


class OutageKind(StrEnum):
    """Every kind of event in the log of an outage, sorted."""

    ENDED = "ended"
    REPORTED = "reported"
    UPDATED = "updated"


# Kind of event, state in which it may come, state to which it leads.
MOVES: tuple[tuple[Kind, State, State], ...] = (
    (Kind.STARTED, State.ANNOUNCED, State.RUNNING),
    (Kind.CANCELLED, State.ANNOUNCED, State.CANCELLED),
    (Kind.RESTORED, State.RUNNING, State.RESTORED),
)

# In which state each act of people is possible.
POSSIBLE: dict[Kind, frozenset[State]] = {
    Kind.CANCELLED: frozenset({State.ANNOUNCED}),
    Kind.MOVED: frozenset({State.ANNOUNCED}),
    Kind.PROLONGED: frozenset({State.RUNNING}),
    Kind.RESTORED: frozenset({State.RUNNING}),
    Kind.REVISED: frozenset(AHEAD),
}


def state_changes() -> list[tuple[str, str]]:
    """The pairs of states that the database lets through."""
    return [(before.value, after.value) for _kind, before, after in MOVES]
