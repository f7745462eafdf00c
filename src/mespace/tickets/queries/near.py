"""What may answer a text that is being typed: known errors, open tickets and articles, each through its own gate."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from django.db.models import QuerySet

from mespace.accounts.actor import Actor
from mespace.accounts.prepared_gate import PreparedFor
from mespace.knowledge.queries.find import FoundArticle, offered_articles, rarest
from mespace.platform.prepared import Given, Prepared
from mespace.platform.search import AskedPlace, any_of, codes, lemma_of, words_of
from mespace.products.models import Component, KnownError
from mespace.tickets.models import SearchEntry, Ticket
from mespace.tickets.queries.errors_found import known_errors_near
from mespace.tickets.queries.lists import by_ids

MOST_OFFERED = 4
MOST_OPEN = 300  # open tickets of a site about one software, the most recently active, that are compared
MOST_WORDS = 20  # of a text that is being typed
SHORT = 3  # letters of words that are everywhere


@dataclass(frozen=True)
class Near:
    """What may answer a text that is being typed, before it is sent."""

    known_errors: Sequence[KnownError] = ()
    tickets: Sequence[Ticket] = ()
    articles: Sequence[FoundArticle] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing at all."""
        return not (self.known_errors or self.tickets or self.articles)


def near_to(*, actor: Actor, text: str, site_id: int | None, product_id: int | None, build_id: int | None) -> Near:
    """Known errors of that build, open tickets of that site and articles that share rare words with the text.

    Of errors and articles, those of a component that the text names come first.
    """
    if not text.strip():
        return Near()
    components, rare = _components_named(text, product_id), rarest(text)
    return Near(
        _errors_near(actor, text, build_id, components),
        _tickets_near(actor, text, rare, site_id, product_id),
        offered_articles(actor=actor, text=text, words=rare, product_id=product_id, component_ids=components),
    )


def _errors_near(actor: Actor, text: str, build_id: int | None, components: frozenset[int]) -> list[KnownError]:
    """The known errors of the build that share words with the text, those of its components first."""
    said = [code for code in codes(text) if len(code) > SHORT - 1]
    asked = any_of([*said[:6], *_long_lemmas(text, 80)[:MOST_WORDS]])
    if asked is None or build_id is None:
        return []
    return known_errors_near(actor=actor, asked=asked, build_id=build_id, component_ids=components)[:MOST_OFFERED]


def _components_named(text: str, product_id: int | None) -> frozenset[int]:
    """The components of the software whose whole name stands in the text, in any form."""
    if product_id is None:
        return frozenset()
    said = _meanings(text)
    rows = _COMPONENTS.rows(product=product_id)
    return frozenset(pk for pk, name in rows if (named := _meanings(name)) and named <= said)


def _meanings(text: str) -> set[str]:
    return {lemma for word in words_of(text)[:200] if (lemma := lemma_of(word))} | set(codes(text))


def _long_lemmas(text: str, most: int) -> list[str]:
    return [lemma for word in words_of(text)[:most] if len(lemma := lemma_of(word)) > SHORT]


def _tickets_near(
    actor: Actor, text: str, rare: Sequence[str], site_id: int | None, product_id: int | None
) -> list[Ticket]:
    """Open tickets of the site about the same software that share words with the text, most recently active first.

    The site's tickets first, then their words: a word that is rare in articles may stand in half of all tickets.
    """
    asked = any_of(rare or _long_lemmas(text, 40)[:6])
    if asked is None or site_id is None:
        return []
    here = _open_here(about=product_id is not None).rows(actor, site=site_id, product=product_id)
    hits = set(_SAYING.rows(ids=here, **asked.values)) if here else set()
    newest = [pk for pk in here if pk in hits][:MOST_OFFERED]
    return sorted(by_ids(actor, newest), key=lambda ticket: newest.index(ticket.pk))


@cache
def _open_here(*, about: bool) -> PreparedFor[int]:
    def make(actor: Actor) -> QuerySet[Ticket, int]:
        rows = Ticket.objects.visible_to(actor).open_work().filter(site_id=Given("site"))
        rows = rows.filter(product_id=Given("product")) if about else rows
        return rows.order_by("-active_at", "-id").values_list("pk", flat=True)[:MOST_OPEN]

    return PreparedFor(make)


_SAYING = Prepared(
    lambda: SearchEntry.objects.filter(pk__any=Given("ids"), public=AskedPlace()).values_list("pk", flat=True)
)
_COMPONENTS = Prepared(lambda: Component.objects.filter(product=Given("product")).values_list("pk", "name"))
