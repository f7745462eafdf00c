"""How an edition stands on a day, in a word."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from mespace.regulation.models import RegulationEdition
from mespace.regulation.queries import Editions


class Standing(NamedTuple):
    """A word with its icon and tone."""

    word: str
    icon: str
    tone: str


def standing_of(edition: RegulationEdition, *, present: RegulationEdition, today: date) -> Standing:
    """In force, announced, or superseded."""
    if edition.pk == present.pk:
        return Standing(_("in force"), "circle-check", "good")
    if edition.in_force_from > today:
        return Standing(_("announced"), "calendar-event", "note")
    return Standing(_("superseded"), "history", "closed")


def edition_rows(editions: Editions, today: date) -> list[dict[str, object]]:
    """Every edition with its standing, the newest first."""
    return [
        {"edition": row, "standing": standing_of(row, present=editions.present, today=today)} for row in editions.rows
    ]
