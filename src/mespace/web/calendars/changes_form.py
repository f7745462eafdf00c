"""The form in which changes to a year are decided, day by day: the same whatever they come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mespace.platform.forms import KeyField
from mespace.regulation.core.calendar_changes import DayChange
from mespace.regulation.core.calendar_content import ListedDay, Year
from mespace.regulation.operations.adopt_calendar import LONGEST_REASON
from mespace.regulation.operations.correct_calendar import LONGEST_SOURCE
from mespace.regulation.words import DAY_TYPES, source_words
from mespace.web.manage.forms.base import DayInput

MOST_CHANGES = 366


class ChangesForm(forms.Form):
    """What is said of all the changes together."""

    key = KeyField()
    base = forms.CharField(max_length=20, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why the calendar changes"),
        max_length=LONGEST_REASON,
        help_text=_("It stands beside the edition, with your name and the instant."),
    )
    is_adopted = forms.BooleanField(
        label=_("The year’s transfers are known: it is no longer provisional"), required=False
    )
    known_from = forms.DateField(label=_("Since when the transfers are known"), required=False, widget=DayInput())


@dataclass(frozen=True)
class Row:
    """One day as the form shows it."""

    change: DayChange
    before: str | Promise
    after: str | Promise
    origin: date | None  # from where a day off was moved
    is_taken: bool
    source: str
    """As typed: empty says that it was not verified."""

    @property
    def code(self) -> str:
        """How the form names the day."""
        return self.change.day.isoformat()

    @property
    def posted(self) -> str:
        """How the form carries the change, and from where the day was moved."""
        return f"{self.code}|{self.change.type}|{self.origin.isoformat() if self.origin else ''}"

    @property
    def note(self) -> str:
        """From where the day was moved, short."""
        return f"{self.origin:%d.%m}" if self.origin else ""

    @property
    def asks_source(self) -> bool:
        """Whether a source is needed: not for a day that becomes a plain one."""
        return bool(self.change.type)


def rows_of(changes: Sequence[DayChange], *, moved_from: dict[date, date], data: QueryDict | None) -> list[Row]:
    """The rows, ticked and filled in as `data` has them; all are ticked when the form is opened."""
    taken = set(data.getlist("take")) if data is not None else None
    rows = []
    for change in changes:
        code = change.day.isoformat()
        source = change.source if change.source != "source not verified" else ""
        if data is not None:
            source = data.get(f"source-{code}", "").replace("\x00", "").strip()[:LONGEST_SOURCE]
        rows.append(
            Row(
                change=change,
                before=_words(change.day, change.before.type if change.before else ""),
                after=_words(change.day, change.type),
                origin=moved_from.get(change.day),
                is_taken=taken is None or code in taken,
                source=source,
            )
        )
    return rows


def posted_changes(data: QueryDict, year: Year) -> list[DayChange]:
    """The changes that the form carries; what is no change of this year is left out."""
    found: dict[date, DayChange] = {}
    for text in data.getlist("change")[:MOST_CHANGES]:
        code, kind, *_origin = f"{text}|".split("|")
        day = _day(code)
        if day is not None and day.year == year.number and (kind == "" or kind in DAY_TYPES):
            found[day] = DayChange(day, year.days.get(day), kind, "")
    return [found[day] for day in sorted(found)]


def posted_origins(data: QueryDict) -> dict[date, date]:
    """From where days were moved, as the form carries it from page to page; nothing rests on it."""
    found = {}
    for text in data.getlist("change")[:MOST_CHANGES]:
        code, _kind, origin, *_more = f"{text}||".split("|")
        day, moved_from = _day(code), _day(origin)
        if day is not None and moved_from is not None:
            found[day] = moved_from
    return found


def taken_changes(rows: Sequence[Row]) -> list[DayChange]:
    """The ticked changes with their sources as typed."""
    return [DayChange(row.change.day, row.change.before, row.change.type, row.source) for row in rows if row.is_taken]


def before_words(listed: ListedDay | None) -> str:
    """What a day's source says at present."""
    return source_words(listed.source) if listed else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _words(day: date, kind: str) -> str | Promise:
    if kind:
        return DAY_TYPES[kind]
    return DAY_TYPES["weekend" if day.weekday() > 4 else "working"]  # noqa: PLR2004 - Friday
