"""An edition of the regulation as something that people are told about."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.subjects import About, Subject, Words
from mespace.regulation.models import RegulationEdition


def _visible_to(actor: Actor) -> QuerySet[RegulationEdition]:
    """Editions are published: everybody who may sign in sees them."""
    return RegulationEdition.objects.all() if actor.is_person else RegulationEdition.objects.none()


def _words(_actor: Actor, news: Collection[About]) -> Mapping[About, Words]:
    rows = RegulationEdition.objects.in_bulk([each.subject_id for each in news])
    found = {}
    for each in news:
        row = rows.get(each.subject_id)
        if row is None:
            continue
        day = date_format(row.in_force_from)
        found[each] = Words(
            title=_("Edition %(code)s of the regulation is in force from %(day)s") % {"code": row.code, "day": day},
            url=reverse("regulation:edition", args=[row.code]),
            text=_("%(title)s. Until that day the present edition holds; requests filed before keep theirs.")
            % {"title": row.title},
        )
    return found


SUBJECT = Subject("edition", _visible_to, _words)
