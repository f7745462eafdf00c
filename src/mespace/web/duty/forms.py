"""The forms about duty and absences."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mespace.accounts.models import User
from mespace.accounts.roster import ROSTER_ZONE, Absence, AbsenceKind
from mespace.platform.forms import KeyField
from mespace.web.manage.forms.base import DayInput

CALENDAR, WEEKDAYS = "calendar", "weekdays"
LONGEST_DAYS = 366
WEEKDAY_NAMES = [
    (0, gettext_lazy("Monday")),
    (1, gettext_lazy("Tuesday")),
    (2, gettext_lazy("Wednesday")),
    (3, gettext_lazy("Thursday")),
    (4, gettext_lazy("Friday")),
    (5, gettext_lazy("Saturday")),
    (6, gettext_lazy("Sunday")),
]


class HourInput(forms.TimeInput):
    """A time of day in the browser's picker."""

    def __init__(self) -> None:
        super().__init__(format="%H:%M", attrs={"type": "time"})


class PlanForm(forms.Form):
    """Who is on duty, on which days, at which hours."""

    key = KeyField()
    people = forms.TypedMultipleChoiceField(label=gettext_lazy("Who"), coerce=int, widget=forms.CheckboxSelectMultiple)
    first = forms.DateField(label=gettext_lazy("First day"), widget=DayInput())
    last = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput())
    pattern = forms.ChoiceField(
        label=gettext_lazy("Which days"),
        widget=forms.RadioSelect,
        initial=CALENDAR,
        choices=[
            (CALENDAR, gettext_lazy("Working days of the production calendar, worked Saturdays too")),
            (WEEKDAYS, gettext_lazy("These days of the week")),
        ],
    )
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days of the week"),
        coerce=int,
        required=False,
        choices=WEEKDAY_NAMES,
        widget=forms.CheckboxSelectMultiple,
    )
    starts = forms.TimeField(label=pgettext_lazy("duty", "From"), widget=HourInput(), initial=time(8))
    ends = forms.TimeField(
        label=pgettext_lazy("duty", "Until"),
        widget=HourInput(),
        initial=time(17),
        help_text=gettext_lazy("Moscow time. An end that is not after the beginning lies on the next day."),
    )
    replaces = forms.BooleanField(
        label=gettext_lazy("Replace shifts of these people that are in the way"), required=False
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(person.pk, person.full_name) for person in people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The period in order and not too long, and days of the week where they are asked for."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        elif first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("last", _("A year is planned at once at most."))
        if data.get("pattern") == WEEKDAYS and not data.get("days"):
            self.add_error("days", _("Choose at least one day of the week."))
        return data


class AbsenceForm(forms.Form):
    """Who is away, why, and from when until when."""

    key = KeyField()
    person = forms.TypedChoiceField(label=gettext_lazy("Who"), coerce=int)
    kind = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=AbsenceKind.choices,
        help_text=gettext_lazy("Managers and the person see it; others only see that the person is away."),
    )
    first = forms.DateField(label=gettext_lazy("First day"), widget=DayInput())
    last = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput())
    starts = forms.TimeField(
        label=gettext_lazy("From this hour of the first day"),
        widget=HourInput(),
        required=False,
        help_text=gettext_lazy("Moscow time; empty means from the beginning of the day."),
    )
    ends = forms.TimeField(
        label=gettext_lazy("Until this hour of the last day"),
        widget=HourInput(),
        required=False,
        help_text=gettext_lazy("Empty means to the end of the day."),
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(person.pk, person.full_name) for person in people]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["person"].widget = forms.HiddenInput()
            self.fields["person"].initial = choices[0][0]


def instants_of(data: dict[str, Any]) -> tuple[datetime, datetime]:
    """The half-open instants of an absence's days and hours."""
    start = datetime.combine(data["first"], data["starts"] or time(), ROSTER_ZONE)
    if data["ends"]:
        return start, datetime.combine(data["last"], data["ends"], ROSTER_ZONE)
    return start, datetime.combine(data["last"] + timedelta(days=1), time(), ROSTER_ZONE)


def fields_of(absence: Absence) -> dict[str, Any]:
    """The form's first content for an absence."""
    start, end = absence.starts_at.astimezone(ROSTER_ZONE), absence.ends_at.astimezone(ROSTER_ZONE)
    ends_at_midnight = end.time() == time()
    last: date = (end - timedelta(days=1)).date() if ends_at_midnight else end.date()
    return {
        "person": absence.user_id,
        "kind": absence.kind,
        "first": start.date(),
        "last": last,
        "starts": None if start.time() == time() else start.time(),
        "ends": None if ends_at_midnight else end.time(),
    }
