"""The clock ledger: every interval of a clock, counted or not, why, and the running sum (6.4, 5.5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mespace.regulation.core.reaction import ReactionVerdict
from mespace.regulation.core.terms import TermVerdict
from mespace.regulation.core.working_time import Day, Span, WorkingCalendar

WORKING_TIME: Final = "working_time"
OUTSIDE_WORKING_TIME: Final = "outside_working_time"
DAYS_OFF: Final = "days_off"
BEFORE_RECEIPT: Final = "before_receipt"
DAY_OF_RECEIPT: Final = "day_of_receipt"
SEVERAL_DAYS: Final = "several_days"

_CLAUSE_OF_WORKING_DAY = "1"
_CLAUSE_OF_REACTION = "6.4"
_CLAUSE_OF_TERM = "5.5"


@dataclass(frozen=True, slots=True)
class DayGroup:
    """Consecutive dates, `first` and `last` included, that the calendar classifies alike."""

    first: date
    last: date
    type: str
    name: str
    source: str
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One interval `[start, end)` of a clock.

    `why` is a code and `clause` the rule behind it. `days` are the worked day of a counted row, or the days off
    that lie within an uncounted one. `working_seconds` is what this row counted, `running_seconds` the sum up to its
    end. `term_day` numbers the counted working days of a term. `is_overdue` is set from the due instant on.
    """

    start: int
    end: int
    is_counted: bool
    why: str
    clause: str
    days: tuple[DayGroup, ...]
    working_seconds: int
    running_seconds: int
    term_day: int | None
    is_overdue: bool


def reaction_ledger(given: ReactionVerdict, calendars: Mapping[str, WorkingCalendar]) -> tuple[LedgerRow, ...]:
    """Return the rows of the reaction clock: they join, and their sum is the verdict's `working_seconds`."""
    spans = calendars[given.calendar].spans(given.registered_at, given.measured_to)
    return _rows(_cut(spans, given.due), clause=_CLAUSE_OF_REACTION, due=given.due)


def term_ledger(given: TermVerdict, calendars: Mapping[str, WorkingCalendar], as_of: int) -> tuple[LedgerRow, ...]:
    """Return the rows of a term up to its end or `as_of`: the wait for receipt, day 0, the counted working days."""
    calendar = calendars[given.calendar]
    end = max(as_of, given.opened_at) if given.ended_at is None else given.ended_at
    received_at = end if given.received_at is None else min(given.received_at, end)
    rows: list[LedgerRow] = []
    if given.opened_at < received_at:
        rows.append(_uncounted(given.opened_at, received_at, BEFORE_RECEIPT))
    day_zero = calendar.local_date(received_at)
    midnight = min(calendar.day_begin(date.fromordinal(day_zero.toordinal() + 1)), end)
    if received_at < midnight:
        rows.append(_uncounted(received_at, midnight, DAY_OF_RECEIPT))
    spans = calendar.spans(max(midnight, received_at), end)
    counted = _rows(_cut(spans, given.due), clause=_CLAUSE_OF_TERM, due=given.due)
    day, last = 0, None
    for row in counted:
        if not row.is_counted:
            rows.append(row)
            continue
        worked = row.days[0].first
        day += worked != last
        last = worked
        rows.append(replace(row, term_day=day))
    return tuple(rows)


def shortened(rows: Sequence[LedgerRow], *, keep: int) -> tuple[LedgerRow, ...]:
    """Return the rows with all but the first and last `keep` joined into one, whose `days` are the days off in it."""
    if len(rows) <= 2 * keep + 1 or keep < 1:
        return tuple(rows)
    middle = rows[keep:-keep]
    joined = replace(
        middle[-1],
        start=middle[0].start,
        is_counted=True,
        why=SEVERAL_DAYS,
        clause=_CLAUSE_OF_WORKING_DAY,
        days=tuple(group for row in middle if not row.is_counted for group in row.days),
        working_seconds=sum(row.working_seconds for row in middle),
        term_day=None,
        is_overdue=middle[0].is_overdue,
    )
    return (*rows[:keep], joined, *rows[-keep:])


def _cut(spans: Iterable[Span], at: int) -> Iterable[Span]:
    """Yield the spans with the one that holds `at` cut there."""
    for span in spans:
        if span.start < at < span.end:
            yield replace(span, end=at)
            yield replace(span, start=at)
        else:
            yield span


def _rows(spans: Iterable[Span], *, clause: str, due: int) -> tuple[LedgerRow, ...]:
    rows: list[LedgerRow] = []
    idle: list[Span] = []
    running = 0

    def rest() -> None:
        if idle:
            rows.append(_idle_row(idle, running, due))
            idle.clear()

    for span in spans:
        if idle and idle[-1].end == due:
            rest()
        if not span.is_working:
            idle.append(span)
            continue
        rest()
        seconds = span.end - span.start
        running += seconds
        rows.append(
            LedgerRow(
                start=span.start,
                end=span.end,
                is_counted=True,
                why=WORKING_TIME,
                clause=clause,
                days=(_group(span.day),),
                working_seconds=seconds,
                running_seconds=running,
                term_day=None,
                is_overdue=span.start >= due,
            )
        )
    rest()
    return tuple(rows)


def _idle_row(spans: Sequence[Span], running: int, due: int) -> LedgerRow:
    groups: list[DayGroup] = []
    for span in spans:
        if span.day.is_working:
            continue
        group = _group(span.day)
        if groups and replace(groups[-1], last=group.last) == replace(group, first=groups[-1].first):
            groups[-1] = replace(groups[-1], last=group.last)
        else:
            groups.append(group)
    return LedgerRow(
        start=spans[0].start,
        end=spans[-1].end,
        is_counted=False,
        why=DAYS_OFF if groups else OUTSIDE_WORKING_TIME,
        clause=_CLAUSE_OF_WORKING_DAY,
        days=tuple(groups),
        working_seconds=0,
        running_seconds=running,
        term_day=None,
        is_overdue=spans[0].start >= due,
    )


def _uncounted(start: int, end: int, why: str) -> LedgerRow:
    return LedgerRow(
        start=start,
        end=end,
        is_counted=False,
        why=why,
        clause=_CLAUSE_OF_TERM,
        days=(),
        working_seconds=0,
        running_seconds=0,
        term_day=None,
        is_overdue=False,
    )


def _group(day: Day) -> DayGroup:
    return DayGroup(day.date, day.date, day.type, day.name, day.source, day.is_provisional)
