"""Calendar editions as a subject of news."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.accounts.subjects import About, Subject, Words
from mespace.regulation.models import CalendarEdition

CALENDAR = "calendar"


def visible_calendars(actor: Actor) -> QuerySet[CalendarEdition]:
    """The editions: for those of the vendor's people who read what the business keeps."""
    rows = CalendarEdition.objects.defer("content")
    return rows if actor.can(Permission.CUSTOMERS_READ) else rows.none()


def calendar_words(actor: Actor, news: Collection[About]) -> Mapping[About, Words]:
    """“The transfers of 2027 are not adopted yet”, with the address of the year; one statement.

    The news' `occasion` is the year and the month of the reminder, as in `2027 2026-11`.
    """
    codes = dict(visible_calendars(actor).filter(pk__in={each.subject_id for each in news}).values_list("pk", "code"))
    return {
        about: Words(
            _("The transfers of %(year)s are not adopted yet") % {"year": about.occasion.partition(" ")[0]},
            reverse("manage:calendar", args=[codes[about.subject_id], int(about.occasion.partition(" ")[0])]),
        )
        for about in news
        if about.subject_id in codes
    }


SUBJECT = Subject(CALENDAR, visible_calendars, calendar_words)
