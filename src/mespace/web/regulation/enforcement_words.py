"""How far the product holds a clause, in words."""

from collections.abc import Mapping
from itertools import groupby
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mespace.regulation.enforcement import Enforced, Kind, State, enforcement


class Look(NamedTuple):
    """A word with its icon and tone."""

    word: str | Promise
    icon: str
    tone: str


STATES: Final[Mapping[State, Look]] = {
    State.ENFORCED: Look(pgettext_lazy("clause", "held by the product"), "shield-check", "good"),
    State.SHARED: Look(pgettext_lazy("clause", "held by the product and people"), "users", "note"),
    State.HUMAN: Look(pgettext_lazy("clause", "a duty of people"), "users", "plain"),
    State.NOTHING: Look(pgettext_lazy("clause", "held by nobody"), "alert-triangle", "bad"),
}

KINDS: Final[Mapping[Kind, str | Promise]] = {
    Kind.OPERATION: _("Operations"),
    Kind.DATABASE: _("Triggers and constraints of the database"),
    Kind.RULE: _("Rules and queries"),
    Kind.PAGE: _("Pages and commands"),
    Kind.TEST: _("Tests that hold it"),
}


def enforced_by(number: str) -> list[tuple[str | Promise, list[Enforced]]]:
    """What enforces a clause, by kind in the order of `Kind`."""
    order = {kind: place for place, kind in enumerate(Kind)}
    rows = sorted(enforcement().get(number, ()), key=lambda each: (order[each.kind], each.path, each.name))
    return [(KINDS[kind], list(each)) for kind, each in groupby(rows, key=lambda row: row.kind)]
