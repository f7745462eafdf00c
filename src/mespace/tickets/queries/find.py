"""One search for articles, known errors and tickets, each through its own gate."""

from collections.abc import Sequence
from dataclasses import dataclass

from mespace.accounts.actor import Actor
from mespace.knowledge.queries.find import Found, articles_matching
from mespace.platform.search import query
from mespace.products.models import KnownError
from mespace.tickets.models import Ticket
from mespace.tickets.queries.errors_found import known_errors_matching
from mespace.tickets.queries.lists import newest_matching
from mespace.tickets.visibility import visible

MOST = 5


@dataclass(frozen=True)
class FoundEverywhere:
    """What one reader finds of each kind."""

    articles: Found
    known_errors: Sequence[KnownError] = ()
    tickets: Sequence[Ticket] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing at all."""
        return not (self.articles.hits or self.known_errors or self.tickets)


def find_everywhere(*, actor: Actor, text: str) -> FoundEverywhere:
    """Articles and known errors, the best first, and tickets, the newest first: only what the actor may read."""
    asked = query(text)
    articles = articles_matching(actor=actor, text=text, asked=asked)
    if not actor.is_person:
        return FoundEverywhere(articles)
    errors = known_errors_matching(actor=actor, text=text, asked=asked)
    if asked is None or visible(actor) is None:
        return FoundEverywhere(articles, errors)
    return FoundEverywhere(articles, errors, newest_matching(actor=actor, asked=asked, limit=MOST))
