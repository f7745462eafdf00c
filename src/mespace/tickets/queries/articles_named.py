"""The articles that a ticket's log names, as its course calls them."""

from collections.abc import Iterable

from mespace.accounts.actor import Actor
from mespace.knowledge.models import Article
from mespace.ledger.models import Event
from mespace.tickets.events import Kind
from mespace.tickets.operations.link_article import RELATION

_RELATIONS = frozenset({Kind.LINKED, Kind.UNLINKED})


def articles_named(events: Iterable[Event], *, actor: Actor) -> dict[int, str]:
    """The titles by number, of those that the actor may read; one statement, and none for a log without articles."""
    named = {
        int(event.payload["other"])
        for event in events
        if event.kind in _RELATIONS and event.payload["relation"] == RELATION
    }
    if not named:
        return {}
    rows = Article.objects.visible_to(actor).filter(pk__in=named, shown__isnull=False)
    return dict(rows.values_list("pk", "shown__title"))
