"""The clock ledger in words: every interval of each clock, counted or not, and why (the same for both sides)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mespace.regulation.core.calendar_content import NOT_VERIFIED
from mespace.regulation.core.clock_ledger import (
    BEFORE_RECEIPT,
    DAY_OF_RECEIPT,
    DAYS_OFF,
    OUTSIDE_WORKING_TIME,
    SEVERAL_DAYS,
    WORKING_TIME,
    DayGroup,
    LedgerRow,
)
from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.reaction import Deadline
from mespace.regulation.queries import MOSCOW, parameters_of
from mespace.tickets.clocks import instant
from mespace.tickets.queries.clock import clock_page
from mespace.tickets.queries.ticket import TicketView
from mespace.web.acts.course import plain_instant
from mespace.web.acts.summary import TermSummary, reaction_summary, term_summaries
from mespace.web.durations import duration_words
from mespace.web.instants import day_words, instant_words

Words = str | Promise

WHY: dict[str, Words] = {
    WORKING_TIME: gettext_lazy("Working time"),
    DAYS_OFF: gettext_lazy("Days off"),
    BEFORE_RECEIPT: gettext_lazy("Not yet received"),
    DAY_OF_RECEIPT: gettext_lazy("The day of receipt does not count"),
    SEVERAL_DAYS: gettext_lazy("Several days, summed up"),
}
DAY_TYPES: dict[str, Words] = {
    "working": pgettext_lazy("day type", "working day"),
    "weekend": pgettext_lazy("day type", "weekend"),
    "public_holiday": pgettext_lazy("day type", "public holiday"),
    "moved_day_off": pgettext_lazy("day type", "day off moved here"),
    "worked_weekend": pgettext_lazy("day type", "day off that is worked"),
    "decreed_non_working": pgettext_lazy("day type", "decreed non-working day"),
}
HOLIDAYS: dict[str, Words] = {
    "new_year_holidays": gettext_lazy("New Year holidays"),
    "christmas": gettext_lazy("Christmas"),
    "defender_day": gettext_lazy("Defender of the Fatherland Day"),
    "womens_day": gettext_lazy("International Women's Day"),
    "labour_day": gettext_lazy("Spring and Labour Day"),
    "victory_day": gettext_lazy("Victory Day"),
    "russia_day": gettext_lazy("Russia Day"),
    "unity_day": gettext_lazy("Unity Day"),
}
WEEKDAYS: tuple[Words, ...] = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)
CAUSES: dict[str, Words] = {
    "registered": gettext_lazy("registered"),
    "raised": gettext_lazy("criticality raised"),
    "lowered": gettext_lazy("criticality lowered"),
    "repinned": gettext_lazy("production calendar corrected"),
}


@dataclass(frozen=True)
class ClockRow:
    """One interval in words."""

    start: datetime
    end: datetime
    is_counted: bool
    why: str
    clause: str
    days: tuple[str, ...]
    start_words: tuple[str, str]
    end_words: tuple[str, str]
    worked: str
    running: str
    is_overdue: bool


@dataclass(frozen=True)
class DeadlineRow:
    """A deadline that was in force, why it came, and the target behind it."""

    due: datetime
    cause: Words
    target: str
    in_force: bool


def _calculator_url(view: TicketView) -> str:
    """The calculator with this ticket's own question: registration and target."""
    given = view.verdict.reaction
    hours = f"{given.target_seconds / 3600:g}"
    start = instant(given.registered_at).astimezone(MOSCOW).isoformat()
    return f"{reverse('worktime')}?{urlencode({'op': 'due', 'start': start, 'hours': hours})}"


def clock_context(view: TicketView) -> dict[str, Any]:
    """What web/acts/clock.html shows; no statement beyond those of the view."""
    page = clock_page(view, now=view.now)
    parameters = parameters_of(view.ticket.regulation_edition.code)
    given = view.verdict.reaction
    terms: list[tuple[TermSummary, list[ClockRow]]] = [
        (summary, clock_rows(rows, parameters))
        for summary, (_term, rows) in zip(term_summaries(view), page.terms, strict=True)
    ]
    time = view.verdict.time
    last = len(given.deadlines) - 1
    return {
        "reaction": reaction_summary(view),
        "reaction_rows": clock_rows(page.reaction, parameters),
        "reaction_total": duration_words(given.working_seconds, exact=True),
        "deadlines": [
            DeadlineRow(instant(one.due), CAUSES[one.cause], duration_words(one.target_seconds), number == last)
            for number, one in enumerate(given.deadlines)
        ],
        "moves_if": _moves_if(page.if_critical, page.if_non_critical),
        "terms": terms,
        "split": split_of(view),
        "split_total": time.total,
        "calculator_url": _calculator_url(view),
        "measured_to": instant(view.verdict.as_of),
        "edition": view.ticket.regulation_edition,
        "calendar_code": given.calendar,
    }


def split_of(view: TicketView) -> list[tuple[str, int]]:
    """Whose ball it was, as the kit's split bar takes it."""
    time = view.verdict.time
    return [
        ("vendor", time.vendor),
        ("customer", time.customer),
        ("third_party", time.third_party),
        ("outside", time.outside),
        ("nobody", time.nobody),
    ]


def clock_rows(rows: Sequence[LedgerRow], parameters: Parameters) -> list[ClockRow]:
    """The ledger's rows in words."""
    return [
        ClockRow(
            start=instant(row.start),
            end=instant(row.end),
            is_counted=row.is_counted,
            why=_why(row, parameters),
            clause=row.clause,
            days=tuple(day_group_words(group) for group in row.days if _is_worth_telling(row, group)),
            start_words=instant_words(instant(row.start), seconds=True),
            end_words=instant_words(instant(row.end), seconds=True),
            worked=duration_words(row.working_seconds, exact=True) if row.is_counted else "",
            running=duration_words(row.running_seconds, exact=True),
            is_overdue=row.is_overdue,
        )
        for row in rows
    ]


def day_group_words(group: DayGroup) -> str:
    """Some dates and what the calendar says of them: “28.12.2024 Sat: day off that is worked (source)”."""
    first = f"{day_words(group.first)} {WEEKDAYS[group.first.weekday()]}"
    dates = (
        first if group.first == group.last else f"{first} – {day_words(group.last)} {WEEKDAYS[group.last.weekday()]}"
    )
    text = f"{dates}: {HOLIDAYS.get(group.name) or DAY_TYPES[group.type]}"
    if group.source:
        source = _("source not verified") if group.source == NOT_VERIFIED else group.source
        text += f" ({source})"
    if group.is_provisional:
        text += " · " + _("provisional calendar")
    return text


def _is_worth_telling(row: LedgerRow, group: DayGroup) -> bool:
    """A plain working day needs no words: its date stands in the interval."""
    return not row.is_counted or group.type != "working" or group.is_provisional


def _why(row: LedgerRow, parameters: Parameters) -> str:
    if row.why == OUTSIDE_WORKING_TIME:
        return _("Outside the working day (%(from)s–%(to)s Moscow time)") % {
            "from": _clock(parameters.day_start),
            "to": _clock(parameters.day_end),
        }
    if row.why == WORKING_TIME and row.term_day is not None:
        return _("Working day %(n)d of the term") % {"n": row.term_day}
    return str(WHY[row.why])


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _moves_if(critical: Deadline | None, non_critical: Deadline | None) -> list[str]:
    found = []
    if critical is not None:
        found.append(_("if it were made critical now: %(due)s") % {"due": plain_instant(instant(critical.due))})
    if non_critical is not None:
        found.append(_("if it were made non-critical now: %(due)s") % {"due": plain_instant(instant(non_critical.due))})
    return found
