"""Saved views of the queue that a person sees."""

from django.db.models import Q

from mespace.accounts.actor import Actor
from mespace.platform.prepared import Given, Prepared
from mespace.tickets.models import SavedView

_SEEN = Prepared(lambda: SavedView.objects.filter(Q(user_id=Given("user")) | Q(is_shared=True)).select_related("user"))


def saved_views(actor: Actor) -> list[SavedView]:
    """The actor's own views and those shared with all agents, by name."""
    rows = _SEEN.rows(user=actor.user_id)
    return sorted(rows, key=lambda view: (view.user_id != actor.user_id, view.name.casefold()))
