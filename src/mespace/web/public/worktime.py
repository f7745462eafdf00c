"""The working time calculator as a page for everybody: the command's answers, interval by interval."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mespace.platform.clock import now as clock_now
from mespace.regulation.core import calculator
from mespace.regulation.core.calculator import BadInputError, read_days, read_hours, read_instant
from mespace.regulation.core.clock_ledger import LedgerRow, reaction_ledger, shortened, term_ledger
from mespace.regulation.core.errors import CalendarMissing
from mespace.regulation.core.instants import offset_text
from mespace.regulation.core.reaction import KEPT, Deadline, ReactionVerdict
from mespace.regulation.core.terms import EXPIRED, TermVerdict
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.models import CalendarEdition, RegulationEdition
from mespace.regulation.queries import calendar_at, compiled, edition_in_force, parameters_of
from mespace.tickets.clocks import instant
from mespace.web.acts.clock import ClockRow, clock_rows
from mespace.web.durations import duration_words
from mespace.web.gate import public
from mespace.web.instants import MOSCOW

KEPT_ROWS = 20
LONGEST = 60
UNPROCESSABLE = 422

PROBLEMS: dict[str, str | Promise] = {
    calculator.NO_INSTANT: gettext_lazy("Write the instant as 2024-12-27T16:30+03:00."),
    calculator.NO_OFFSET: gettext_lazy("The offset is missing: write 2024-12-27T16:30+03:00 for Moscow time."),
    calculator.NO_SUCH_DATE: gettext_lazy("There is no such date or time."),
    calculator.NO_HOURS: gettext_lazy("Give a positive number of hours, such as 2 or 1.5."),
    calculator.TOO_MANY_HOURS: gettext_lazy("So many hours are not computed."),
    calculator.NO_WHOLE_SECONDS: gettext_lazy("The hours must make whole seconds."),
    calculator.NO_DAYS: gettext_lazy("Give a whole number of days, from 1."),
    calculator.BACKWARDS: gettext_lazy("It lies before the beginning."),
    calculator.NO_CALENDAR: gettext_lazy("The answer needs a year for which there is no production calendar."),
}


class _ReadField(forms.CharField):
    """A text that the calculator reads; what it cannot read is an error in the reader's language."""

    read: Callable[[object, str], int]

    def clean(self, value: str) -> int:
        """What was read, in seconds, epoch seconds or days."""
        try:
            return type(self).read(super().clean(value).strip(), "")
        except BadInputError as wrong:
            raise forms.ValidationError(str(PROBLEMS[wrong.problem])) from None


class InstantField(_ReadField):
    """An instant with its offset, as epoch seconds."""

    read = staticmethod(read_instant)


class HoursField(_ReadField):
    """Decimal hours, as seconds."""

    read = staticmethod(read_hours)


class DaysField(_ReadField):
    """A whole number of working days."""

    read = staticmethod(read_days)


class DueForm(forms.Form):
    """When so many working hours have passed."""

    start = InstantField(label=gettext_lazy("From when"), max_length=LONGEST)
    hours = HoursField(label=gettext_lazy("Working hours"), max_length=LONGEST)


class BetweenForm(forms.Form):
    """The working time between two instants."""

    start = InstantField(label=gettext_lazy("From when"), max_length=LONGEST)
    end = InstantField(label=gettext_lazy("Until when"), max_length=LONGEST)


class DayEndForm(forms.Form):
    """The end of the N-th working day after a date."""

    received = InstantField(label=gettext_lazy("Received when"), max_length=LONGEST)
    days = DaysField(label=gettext_lazy("Working days"), max_length=LONGEST)


@dataclass(frozen=True)
class Answer:
    """What came out: a sentence's two halves and the intervals that make it up."""

    question: str
    value: str
    at: datetime | None
    rows: list[ClockRow]
    is_provisional: bool


@dataclass(frozen=True)
class _Book:
    """What is reckoned by."""

    calendar: WorkingCalendar
    edition: RegulationEdition
    calendar_row: CalendarEdition


FORMS: dict[str, type[forms.Form]] = {"due": DueForm, "between": BetweenForm, "day_end": DayEndForm}


@public
@require_safe
def worktime(request: HttpRequest) -> HttpResponse:
    """The calculator; the question is in the address, to be passed on. Bad input is named at its field (422)."""
    now = clock_now()
    op = request.GET.get("op", "due")
    op = op if op in FORMS else "due"
    edition, row = edition_in_force(now), calendar_at(now)
    book = _Book(compiled(row.code, edition.code), edition, row)
    asked = any(name in request.GET for name in FORMS[op].base_fields)
    form = FORMS[op](request.GET if asked else None, initial=_initial(op, now), use_required_attribute=False)
    answer = _answer(op, form, book) if asked and form.is_valid() else None
    context: dict[str, Any] = {
        "op": op,
        "form": form,
        "answer": answer,
        "ops": [
            {"url": f"?op={name}", "label": label, "current": name == op}
            for name, label in (
                ("due", _("When is it due")),
                ("between", _("How much between")),
                ("day_end", _("End of the N-th working day")),
            )
        ],
        "zone": MOSCOW.key,
        "edition": edition,
        "calendar": row,
        "hours": _hours(edition.code),
    }
    return render(
        request, "web/public/worktime.html", context, status=UNPROCESSABLE if asked and answer is None else 200
    )


def _initial(op: str, now: datetime) -> dict[str, str]:
    """The present instant in Moscow's time, where a beginning is asked for."""
    local = now.astimezone(MOSCOW).isoformat(timespec="minutes")
    if op == "between":
        return {"start": local, "end": local}
    return {"start": local, "received": local, "hours": "2", "days": "3"}


def _hours(code: str) -> dict[str, str]:
    parameters = parameters_of(code)
    return {"start": _clock(parameters.day_start), "end": _clock(parameters.day_end)}


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _answer(op: str, form: forms.Form, book: _Book) -> Answer | None:
    """The answer, or None with the error put at its field."""
    try:
        return {"due": _due, "between": _between, "day_end": _day_end}[op](form.cleaned_data, book)
    except BadInputError as wrong:
        form.add_error(wrong.field, str(PROBLEMS[wrong.problem]))
    except CalendarMissing:
        form.add_error(next(iter(form.fields)), str(PROBLEMS[calculator.NO_CALENDAR]))
    return None


def _due(data: dict[str, int], book: _Book) -> Answer:
    start, seconds = data["start"], data["hours"]
    due = book.calendar.due(start, seconds)
    question = _("%(hours)s of working time after %(start)s are over") % {
        "hours": duration_words(seconds, exact=True),
        "start": _iso(book, start),
    }
    return _of_clock(book, (start, due), question=question, value=_iso(book, due), at=instant(due))


def _between(data: dict[str, int], book: _Book) -> Answer:
    start, end = data["start"], data["end"]
    if end < start:
        raise BadInputError("lies before from", field="end", problem=calculator.BACKWARDS)
    seconds = book.calendar.between(start, end)
    question = _("From %(start)s to %(end)s there are") % {"start": _iso(book, start), "end": _iso(book, end)}
    value = _("%(time)s of working time (%(seconds)d s)") % {
        "time": duration_words(seconds, exact=True),
        "seconds": seconds,
    }
    return _of_clock(book, (start, end), question=question, value=value, at=None)


def _day_end(data: dict[str, int], book: _Book) -> Answer:
    received, days = data["received"], data["days"]
    due = book.calendar.day_end(received, days)
    term = TermVerdict(
        term=1,
        kind="question",
        opened_at=received,
        presumed_at=received,
        received_at=received,
        evidence=None,
        reminder_at=due,
        due=due,
        not_before=received,
        ended_at=due,
        outcome=EXPIRED,
        calendar=book.calendar.edition,
        rests_on_provisional=book.calendar.rests_on_provisional(received, due),
    )
    rows = term_ledger(term, {book.calendar.edition: book.calendar}, due)
    question = _("Received %(at)s, working day %(days)d after that date ends") % {
        "at": _iso(book, received),
        "days": days,
    }
    return Answer(question, _iso(book, due), instant(due), _worded(book, rows), term.rests_on_provisional)


def _of_clock(book: _Book, span: tuple[int, int], *, question: str, value: str, at: datetime | None) -> Answer:
    """An answer with the rows of a clock that runs through the span."""
    start, end = span
    seconds = book.calendar.between(start, end)
    clock = ReactionVerdict(
        state=KEPT,
        registered_at=start,
        reacted_at=end,
        measured_to=end,
        working_seconds=seconds,
        deadlines=(Deadline(1, end, seconds, "registered"),),
        calendar=book.calendar.edition,
        rests_on_provisional=book.calendar.rests_on_provisional(start, end),
    )
    rows = reaction_ledger(clock, {book.calendar.edition: book.calendar})
    return Answer(question, value, at, _worded(book, rows), clock.rests_on_provisional)


def _worded(book: _Book, rows: tuple[LedgerRow, ...]) -> list[ClockRow]:
    return clock_rows(shortened(rows, keep=KEPT_ROWS), parameters_of(book.edition.code))


def _iso(book: _Book, at: int) -> str:
    return offset_text(at, book.calendar.offset(at))
