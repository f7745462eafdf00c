"""Saved views of the queue that a person sees."""

from django.db.models import Q

from mespace.accounts.actor import Actor
from mespace.tickets.models import SavedView


def saved_views(actor: Actor) -> list[SavedView]:
    """The actor's own views and those shared with all agents, by name."""
    rows = SavedView.objects.filter(Q(user_id=actor.user_id) | Q(is_shared=True)).select_related("user")
    return sorted(rows, key=lambda view: (view.user_id != actor.user_id, view.name.casefold()))
