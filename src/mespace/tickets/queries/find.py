"""One search for articles, known errors and tickets, each through its own gate; and what a new text is near to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Installation
from mespace.customers.sites_seen import sites_seen
from mespace.knowledge.queries.find import Found, FoundArticle, find_articles, offered_articles, rarest
from mespace.platform.search import any_of, codes, lemma_of, words_of
from mespace.products.affected import errors_by_build
from mespace.products.models import Build, KnownError
from mespace.tickets.models import SearchEntry, Ticket
from mespace.tickets.queries import lists
from mespace.tickets.visibility import visible

MOST = 5
MOST_OFFERED = 4


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
    builds = Build.objects.filter(pk__in=running.values("build")).select_related("version")
    concerned = {error.pk for errors in errors_by_build(builds).values() for error in errors}
    linked = Ticket.objects.visible_to(actor).filter(known_error__isnull=False).values("known_error")
    return KnownError.objects.filter(Q(pk__in=concerned) | Q(pk__in=linked))


def known_errors_matching(actor: Actor, text: str, limit: int = MOST) -> list[KnownError]:
    """That with the code, or those with all the words in title, description and workaround; newest first.

    One that was withdrawn is found by its code alone: it is no answer to anything.
    """
    words = SearchVector("code", "title", "description", "workaround", config="russian")
    asked = SearchQuery(text[:300].replace("\x00", " "), config="russian", search_type="websearch")
    rows = known_errors_seen(actor).annotate(words=words)
    return list(rows.filter(Q(words=asked, withdrawn_at=None) | Q(code__iexact=text.strip()))[:limit])


def near_to(*, actor: Actor, text: str, site_id: int | None, product_id: int | None, build_id: int | None) -> Near:
    """Known errors of that build, open tickets of that site and articles that share rare words with the text."""
    if not text.strip():
        return Near()
    return Near(
        _errors_near(actor, text, build_id),
        _tickets_near(actor, text, site_id, product_id),
        offered_articles(actor=actor, text=text, product_id=product_id, limit=MOST_OFFERED),
    )


def _errors_near(actor: Actor, text: str, build_id: int | None) -> list[KnownError]:
    """The known errors of the build that share most words with the text, none that shares nothing."""
    build = Build.objects.select_related("version").filter(pk=build_id).first() if build_id else None
    if build is None:
        return []
    seen = set(known_errors_seen(actor).values_list("pk", flat=True))
    wanted = _meanings(text)
    scored = [
        (len(wanted & _meanings(f"{error.code} {error.title} {error.description}")), error)
        for error in errors_by_build([build]).get(build.pk, [])
        if error.pk in seen
    ]
    best = sorted((one for one in scored if one[0]), key=lambda one: (-one[0], -one[1].pk))
    return [error for _score, error in best[:MOST_OFFERED]]


def _meanings(text: str) -> set[str]:
    return {lemma for word in words_of(text)[:200] if (lemma := lemma_of(word))} | set(codes(text))


def _tickets_near(actor: Actor, text: str, site_id: int | None, product_id: int | None) -> list[Ticket]:
    """Open tickets of the site about the same software that share words with the text, most recently active first."""
    lemmas = [lemma for word in words_of(text)[:40] if len(lemma := lemma_of(word)) > 3]  # noqa: PLR2004 - short words are everywhere
    terms = any_of([*codes(text)[:6], *(rarest(text) or lemmas[:6])])
    if terms is None or site_id is None:
        return []
    rows = Ticket.objects.visible_to(actor).open_work().filter(site_id=site_id)
    if product_id is not None:
        rows = rows.filter(product_id=product_id)
    hits = SearchEntry.objects.filter(public=terms).values("pk")
    return list(rows.filter(pk__in=hits).order_by("-active_at", "-id")[:MOST_OFFERED])
