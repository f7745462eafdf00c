"""Where changes to a year come from: the library's proposal, a published file, or a manager's hand."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mespace.accounts.permissions import Permission
from mespace.regulation.calendar_files.problems import MOST_BYTES, Problem, UnreadableFile
from mespace.regulation.calendar_files.read import read_calendar_file
from mespace.regulation.calendar_proposal import proposed_days_off
from mespace.regulation.core.calendar_changes import DayChange, differing_days
from mespace.regulation.core.calendar_content import (
    DECREED_NON_WORKING,
    MOVED_DAY_OFF,
    PUBLIC_HOLIDAY,
    WORKED_WEEKEND,
)
from mespace.regulation.words import DAY_TYPES
from mespace.web.calendars.decide import SECTION, draw_changes, present_year
from mespace.web.calendars.problem_words import problem_words
from mespace.web.manage.door import needs
from mespace.web.manage.forms.base import DayInput
from mespace.web.manage.page import posted
from mespace.web.middleware import ActorRequest
from mespace.web.staff_page import draw_staff


@needs(Permission.EDITIONS_MANAGE)
def proposal(request: ActorRequest, year: int) -> HttpResponse:
    """What a maintained library has otherwise than the calendar: only a proposal, without sources."""
    edition, present = present_year(year)
    return draw_changes(
        request,
        year=present,
        base=edition.code,
        changes=differing_days(present, proposed_days_off(year)),
        heading=_("Proposal for %(year)d") % {"year": year},
        lead=_("By the library “holidays”. It names no acts: enter each day’s source, or leave it unverified."),
    )


class FileForm(forms.Form):
    """A published calendar."""

    calendar = forms.FileField(
        label=gettext_lazy("Calendar’s file"),
        allow_empty_file=True,
        help_text=gettext_lazy("XML as xmlcalendar.ru publishes it, or CSV of the open-data portal; at most 1 MB."),
    )


@needs(Permission.EDITIONS_MANAGE, "GET", "HEAD", "POST")
def from_file(request: ActorRequest, year: int) -> HttpResponse:
    """A file that Russian sources publish: what it has otherwise, or what is wrong with it by line."""
    edition, present = present_year(year)
    form = FileForm(posted(request), request.FILES or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            years = read_calendar_file(form.cleaned_data["calendar"].read(MOST_BYTES + 1))
        except UnreadableFile as refusal:
            problems = [problem_words(problem) for problem in refusal.problems[:50]]
        else:
            if year in years:
                return draw_changes(
                    request,
                    year=present,
                    base=edition.code,
                    changes=differing_days(present, years[year].off),
                    moved_from=years[year].moved_from,
                    heading=_("Calendar of %(year)d from a file") % {"year": year},
                    lead=_("What the file has otherwise. Enter each day’s source, or leave it unverified."),
                )
            problems = [problem_words(Problem(0, "other_years", ", ".join(map(str, sorted(years)[-5:]))))]
        form.add_error("calendar", _("The file was not taken; what is wrong stands above."))
    context = {"form": form, "year": year, "problems": problems, "code": edition.code}
    return draw_staff(request, "calendars/file", context, section=SECTION, status=422 if form.errors else 200)


class DayForm(forms.Form):
    """One day and what it becomes."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput())
    type = forms.ChoiceField(
        label=gettext_lazy("What it becomes"),
        choices=[
            ("plain", gettext_lazy("an ordinary day of its week")),
            *((code, DAY_TYPES[code]) for code in (MOVED_DAY_OFF, WORKED_WEEKEND, PUBLIC_HOLIDAY, DECREED_NON_WORKING)),
        ],
    )


@needs(Permission.EDITIONS_MANAGE)
def by_hand(request: ActorRequest, year: int) -> HttpResponse:
    """A single day, chosen by hand."""
    edition, present = present_year(year)
    form = DayForm(request.GET if "day" in request.GET else None)
    if form.is_valid():
        day = form.cleaned_data["day"]
        if day.year == year:
            kind = "" if form.cleaned_data["type"] == "plain" else form.cleaned_data["type"]
            return draw_changes(
                request,
                year=present,
                base=edition.code,
                changes=[DayChange(day, present.days.get(day), kind, "")],
                heading=_("Correct a day of %(year)d") % {"year": year},
                is_whole=False,
            )
        form.add_error("day", _("Choose a day of %(year)d.") % {"year": year})
    context = {"form": form, "year": year, "code": edition.code}
    return draw_staff(request, "calendars/day", context, section=SECTION, status=422 if form.errors else 200)
