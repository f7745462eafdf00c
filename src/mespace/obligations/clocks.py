"""The verdict of an obligation's log, and the columns that project it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mespace.obligations.facts import LogEvent, facts_of
from mespace.regulation.core.facts import Fact, Repinned
from mespace.regulation.core.obligation import ObligationVerdict, obligation_verdict
from mespace.regulation.core.obligation_facts import WORKING_DAYS, Opened
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.queries import compiled, parameters_of

if TYPE_CHECKING:
    from mespace.obligations.models import Obligation

PROJECTED = (
    "state",
    "follows_calendar",
    "rests_on_provisional",
    "first_due_at",
    "due_at",
    "missed_at",
    "ended_at",
    "reason",
    "wake_at",
    "version",
)


def calendar_codes(facts: Iterable[Fact]) -> set[str]:
    """The calendar editions that the facts name."""
    return {fact.calendar for fact in facts if isinstance(fact, Opened | Repinned)}


def calendars_of(facts: Iterable[Fact], regulation_code: str) -> dict[str, WorkingCalendar]:
    """The compiled calendar of each edition that the facts name."""
    return {code: compiled(code, regulation_code) for code in calendar_codes(facts)}


def verdict_of(events: Iterable[LogEvent], *, regulation_code: str, as_of: datetime) -> ObligationVerdict:
    """The verdict of an obligation's events as things stood at `as_of`."""
    facts = facts_of(events)
    calendars = calendars_of(facts, regulation_code)
    return obligation_verdict(facts, calendars, parameters_of(regulation_code), int(as_of.timestamp()))


def project(obligation: "Obligation", events: Sequence[LogEvent], *, regulation_code: str) -> ObligationVerdict:
    """Set the obligation's projected columns from its whole log, as of its last event; the verdict.

    What came due since stays `open` in its column until the timer writes it: whoever asks compares the due instant
    with the present.
    """
    given = verdict_of(events, regulation_code=regulation_code, as_of=events[-1].at)
    ended_at = given.withdrawn_at if given.fulfilled_at is None else given.fulfilled_at
    obligation.state = given.state
    obligation.follows_calendar = given.promise.form == WORKING_DAYS
    obligation.rests_on_provisional = given.rests_on_provisional
    obligation.first_due_at = instant(given.deadlines[0].due)
    obligation.due_at = instant(given.due)
    obligation.missed_at = _maybe(given.missed_at)
    obligation.ended_at = _maybe(ended_at)
    obligation.reason = given.reason or ""
    obligation.wake_at = _maybe(given.wakes_at)
    obligation.version = events[-1].seq
    return given


def instant(epoch: int) -> datetime:
    """An aware UTC instant from epoch seconds."""
    return datetime.fromtimestamp(epoch, UTC)


def _maybe(epoch: int | None) -> datetime | None:
    return None if epoch is None else instant(epoch)
