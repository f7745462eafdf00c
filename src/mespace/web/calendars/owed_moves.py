"""Obligations that another calendar would move, in words."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.obligations.kinds import resolved
from mespace.obligations.queries.calendar_effects import MovedObligation
from mespace.web.ledger.words import STATES, kind_word


def owed_moves(actor: Actor, moved: Sequence[MovedObligation]) -> list[dict[str, Any]]:
    """A row for each: what it is, its page, both deadlines, and the verdict that would be another."""
    whoms = resolved(((each.obligation.kind, each.obligation.whom_id) for each in moved), actor)
    rows = []
    for each in moved:
        row = each.obligation
        whom = whoms.get((row.kind, row.whom_id))
        rows.append(
            {
                "url": reverse("ledger:obligation", args=[row.pk]),
                "title": whom.title if whom else _("not shown to you"),
                "kind": kind_word(row.kind),
                "old": each.old,
                "new": each.new,
                "before": STATES[each.old_state],
                "after": STATES[each.new_state] if each.new_state != each.old_state else None,
            }
        )
    return rows
