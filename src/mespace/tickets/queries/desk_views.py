"""Saved views of the queue that a person sees."""

from django.db.models import Q

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.prepared import Given, Prepared
from mespace.tickets.models import SavedView

_OWN = Prepared(lambda: SavedView.objects.filter(user_id=Given("user")).select_related("user"))
_SEEN = Prepared(lambda: SavedView.objects.filter(Q(user_id=Given("user")) | Q(is_shared=True)).select_related("user"))


def saved_views(actor: Actor) -> list[SavedView]:
    """The actor's own views, and for those who read all requests the shared ones, by name.

    A shared view may be called after a customer of whom a contractor knows nothing.
    """
    rows = (_SEEN if actor.can(Permission.TICKET_READ_ALL) else _OWN).rows(user=actor.user_id)
    return sorted(rows, key=lambda view: (view.user_id != actor.user_id, view.name.casefold()))
