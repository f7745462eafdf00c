"""The states of an obligation and the moves between them: one table for guard, trigger and the nightly check."""

from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """How things stand with what is owed."""

    OPEN = "open", pgettext_lazy("obligation", "running")
    MISSED = "missed", pgettext_lazy("obligation", "overdue, still owed")
    FULFILLED = "fulfilled", pgettext_lazy("obligation", "done in time")
    LATE = "late", pgettext_lazy("obligation", "done late")
    WITHDRAWN = "withdrawn", pgettext_lazy("obligation", "withdrawn")


OWED = frozenset({State.OPEN, State.MISSED})


class Kind(StrEnum):
    """Every kind of event in an obligation's log (docs/mechanisms/log.md), sorted."""

    DUE_MOVED = "due_moved"
    FULFILLED = "fulfilled"
    MISSED = "missed"
    OPENED = "opened"
    REPINNED = "repinned"
    WITHDRAWN = "withdrawn"


# Kind of event, states in which it may come, state to which it leads.
MOVES: tuple[tuple[Kind, State, State], ...] = (
    (Kind.MISSED, State.OPEN, State.MISSED),
    (Kind.FULFILLED, State.OPEN, State.FULFILLED),
    (Kind.FULFILLED, State.MISSED, State.LATE),
    (Kind.WITHDRAWN, State.OPEN, State.WITHDRAWN),
    (Kind.WITHDRAWN, State.MISSED, State.WITHDRAWN),
)


def state_changes() -> list[tuple[str, str]]:
    """The pairs of states that the database lets through."""
    return [(before.value, after.value) for _kind, before, after in MOVES]
