"""The states of a remote session and the moves between them: one table for guards, trigger, buttons and docs."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class SessionState(models.TextChoices):
    """Where a remote session stands (clause 6.3)."""

    PROPOSED = "proposed", pgettext_lazy("remote session", "waits for the consent")
    AGREED = "agreed", pgettext_lazy("remote session", "agreed")
    RUNNING = "running", pgettext_lazy("remote session", "running")
    ENDED = "ended", pgettext_lazy("remote session", "ended")
    REFUSED = "refused", pgettext_lazy("remote session", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("remote session", "consent withdrawn")
    CANCELLED = "cancelled", pgettext_lazy("remote session", "cancelled")
    MISSED = "missed", pgettext_lazy("remote session", "did not take place")


class SessionOutcome(models.TextChoices):
    """What came of a session that took place."""

    DONE = "done", pgettext_lazy("remote session", "all of it was done")
    PARTLY = "partly", pgettext_lazy("remote session", "a part of it was done")
    NOT_DONE = "not_done", pgettext_lazy("remote session", "it was not done")


class Absent(models.TextChoices):
    """Who did not come to an agreed session."""

    CUSTOMER = "customer", pgettext_lazy("who did not come", "the customer")
    VENDOR = "vendor", pgettext_lazy("who did not come", "support")


S = SessionState
AHEAD = frozenset({S.PROPOSED, S.AGREED})
LIVE = AHEAD | {S.RUNNING}
CONSENTED = frozenset({S.AGREED, S.RUNNING, S.ENDED, S.WITHDRAWN, S.MISSED})  # no way leads here without a consent
BEGUN = frozenset({S.RUNNING, S.ENDED})


class SessionVerb(StrEnum):
    """Every move of a session."""

    CANCEL = "cancel"
    CONSENT = "consent"
    END = "end"
    MISS = "miss"
    REFUSE = "refuse"
    START = "start"
    WITHDRAW_CONSENT = "withdraw_consent"


@dataclass(frozen=True)
class SessionMove:
    """One arrow: a verb from any of some states to one state."""

    verb: SessionVerb
    sources: frozenset[SessionState]
    target: SessionState
    label: "_StrPromise"
    why: "_StrPromise"


V = SessionVerb
SESSION_MOVES: tuple[SessionMove, ...] = (
    SessionMove(
        V.CONSENT,
        frozenset({S.PROPOSED}),
        S.AGREED,
        pgettext_lazy("move of a session", "Agree"),
        _("a named person of the customer agrees to exactly what was proposed"),
    ),
    SessionMove(
        V.REFUSE,
        frozenset({S.PROPOSED}),
        S.REFUSED,
        pgettext_lazy("move of a session", "Refuse"),
        _("a named person of the customer does not agree"),
    ),
    SessionMove(
        V.WITHDRAW_CONSENT,
        frozenset({S.AGREED}),
        S.WITHDRAWN,
        pgettext_lazy("move of a session", "Withdraw the consent"),
        _("a consent can be taken back until the session has begun"),
    ),
    SessionMove(
        V.START,
        frozenset({S.AGREED}),
        S.RUNNING,
        pgettext_lazy("move of a session", "Start"),
        _("as agreed, or saying in what it differs and why"),
    ),
    SessionMove(
        V.END,
        frozenset({S.RUNNING}),
        S.ENDED,
        pgettext_lazy("move of a session", "End"),
        _("with what came of it, what was changed, and the build before and after"),
    ),
    SessionMove(
        V.CANCEL,
        AHEAD,
        S.CANCELLED,
        pgettext_lazy("move of a session", "Cancel"),
        _("support does not need it any more, or proposes another time"),
    ),
    SessionMove(
        V.MISS,
        frozenset({S.AGREED}),
        S.MISSED,
        pgettext_lazy("move of a session", "It did not take place"),
        _("its time has come, and one side has not"),
    ),
)
SESSION_BY_VERB = {move.verb: move for move in SESSION_MOVES}


class IllegalSessionMove(Exception):  # noqa: N818 - named as the ticket's IllegalMove
    """The session's state does not allow the move (409); names those that it allows."""

    def __init__(self, verb: SessionVerb, state: str, allowed: list[SessionVerb]) -> None:
        self.verb, self.state, self.allowed = verb, SessionState(state), allowed
        names = ", ".join(sorted(allowed)) or "none"
        super().__init__(f"{verb} is not possible from {state}; allowed: {names}")


def session_moves_from(state: str) -> list[SessionMove]:
    """The moves that are possible from a state, in the table's order."""
    return [move for move in SESSION_MOVES if state in move.sources]


def check_session_move(verb: SessionVerb, state: str) -> SessionMove:
    """The move of `verb`. Raises IllegalSessionMove unless `state` is one of its sources."""
    move = SESSION_BY_VERB[verb]
    if state not in move.sources:
        raise IllegalSessionMove(verb, state, [other.verb for other in session_moves_from(state)])
    return move


def session_changes() -> list[tuple[str, str]]:
    """Every pair (from, to) that some move makes; what the database's trigger allows."""
    return sorted({(source.value, move.target.value) for move in SESSION_MOVES for source in move.sources})
