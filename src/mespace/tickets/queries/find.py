"""One search for articles, known errors and tickets, each through its own gate; and what a new text is near to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQueryCombinable, SearchRank
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Installation
from mespace.customers.sites_seen import sites_seen
from mespace.knowledge.models import Article
from mespace.knowledge.queries.find import Found, FoundArticle, find_articles, offered_articles, rarest
from mespace.platform.search import any_of, codes, lemma_of, query, words_of
from mespace.products.affected import affecting
from mespace.products.models import Build, Component, KnownError
from mespace.tickets.models import SearchEntry, Ticket
from mespace.tickets.queries import lists
from mespace.tickets.visibility import visible

MOST = 5
MOST_OFFERED = 4
MOST_RANKED = 350
MOST_WORDS = 20  # of a text that is being typed
SHORT = 3  # letters of words that are everywhere


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


def find_everywhere(*, actor: Actor, text: str) -> FoundEverywhere:
    """Articles by rank, known errors and tickets newest first: only what the actor may read."""
    articles = find_articles(actor=actor, text=text)
    if not actor.is_person:
        return FoundEverywhere(articles)
    errors = known_errors_matching(actor, text)
    tickets = lists.search(actor=actor, text=text, limit=MOST).rows if visible(actor) is not None else []
    return FoundEverywhere(articles, errors, tickets)


def known_errors_seen(actor: Actor) -> QuerySet[KnownError]:
    """Readers of the catalogue: all; others those of builds at their sites and of their tickets, as on their pages."""
    if actor.can(Permission.PRODUCTS_READ):
        return KnownError.objects.all()
    running = Installation.objects.filter(site__in=sites_seen(actor), site__is_active=True)
    builds = Build.objects.filter(pk__in=running.values("build"))
    linked = Ticket.objects.visible_to(actor).filter(known_error=OuterRef("pk"))
    return KnownError.objects.filter(Q(affecting(builds), withdrawn_at=None) | Q(Exists(linked)))


def known_errors_matching(actor: Actor, text: str, limit: int = MOST) -> list[KnownError]:
    """That with the code, and those with all the words in any form in title, description and workaround, best first.

    One that was withdrawn is found by its code alone: it is no answer to anything.
    """
    seen = known_errors_seen(actor)
    code = text.strip().upper().replace("\x00", "")
    coded = list(seen.filter(code=code)) if codes(code) and " " not in code else []
    ranked = _ranked(seen, query(text)) if limit > len(coded) else KnownError.objects.none()
    return [*coded, *ranked.exclude(pk__in=[error.pk for error in coded])[: limit - len(coded)]]


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


def _ranked(rows: QuerySet[KnownError], terms: SearchQueryCombinable | None) -> QuerySet[KnownError]:
    """Those of the rows that hold and match, best first; of too many matches the newest are ranked."""
    if terms is None:
        return KnownError.objects.none()
    hits = rows.filter(entry__words=terms, withdrawn_at=None).order_by("-pk").values_list("pk", flat=True)[:MOST_RANKED]
    rank = SearchRank(F("entry__words"), terms, normalization=Value(1))
    return KnownError.objects.filter(pk__in=list(hits)).order_by(-rank, "-code")


def _errors_near(actor: Actor, text: str, build_id: int | None, components: Collection[int]) -> list[KnownError]:
    """The known errors of the build that share words with the text, those of its components first."""
    lemmas = [lemma for word in words_of(text)[:80] if len(lemma := lemma_of(word)) > SHORT]
    said = [code for code in codes(text) if len(code) > SHORT - 1]
    terms = any_of([*said[:6], *lemmas[:MOST_WORDS]])
    build = Build.objects.filter(pk=build_id or 0)
    if terms is None or build_id is None:
        return []
    rows = _ranked(known_errors_seen(actor).filter(affecting(build)), terms)
    if components:
        theirs = Article.components.through.objects.filter(
            article__known_error=OuterRef("pk"), component__in=components
        )
        rows = rows.order_by(Case(When(Exists(theirs), then=0), default=1), *rows.query.order_by)
    return list(rows[:MOST_OFFERED])


def _components_named(text: str, product_id: int | None) -> frozenset[int]:
    """The components of the software whose whole name stands in the text, in any form."""
    said = _meanings(text)
    rows = Component.objects.filter(product=product_id or 0).values_list("pk", "name")
    return frozenset(pk for pk, name in rows if (named := _meanings(name)) and named <= said)


def _meanings(text: str) -> set[str]:
    return {lemma for word in words_of(text)[:200] if (lemma := lemma_of(word))} | set(codes(text))


def _tickets_near(
    actor: Actor, text: str, rare: Sequence[str], site_id: int | None, product_id: int | None
) -> list[Ticket]:
    """Open tickets of the site about the same software that share words with the text, most recently active first."""
    lemmas = [lemma for word in words_of(text)[:40] if len(lemma := lemma_of(word)) > SHORT]
    terms = any_of(rare or lemmas[:6])
    if terms is None or site_id is None:
        return []
    rows = Ticket.objects.visible_to(actor).open_work().filter(site_id=site_id)
    if product_id is not None:
        rows = rows.filter(product_id=product_id)
    hits = SearchEntry.objects.filter(public=terms).values("pk")
    return list(rows.filter(pk__in=hits).order_by("-active_at", "-id")[:MOST_OFFERED])
