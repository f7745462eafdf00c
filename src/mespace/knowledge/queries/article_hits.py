"""The best articles for what is asked: candidates, their rank, the rows; all by statements that are made once.

Whatever is found comes through `visible_to(actor)` in the statement that ranks it, however its number was met.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Left

from mespace.accounts.actor import Actor
from mespace.accounts.prepared_gate import PreparedFor
from mespace.knowledge.models import Article, ArticleEntry
from mespace.knowledge.queries.interests import interests_of
from mespace.knowledge.visibility import reads_drafts
from mespace.platform.fragments import LONGEST
from mespace.platform.prepared import Given, Prepared
from mespace.platform.search import Asked, AskedPlace, FewMatching, TermsPlace

MOST = 10
FEW_HITS = 1_500  # so many are looked up by their words first; more are met soon enough from the newest on
IN_TITLE, IN_TEXT = 80, 120  # hits that are ranked; of more, those of the reader's own software and the newest
MOST_RANKED = IN_TITLE + IN_TEXT
OWN_PRODUCT, OWN_VERSION, OWN_COMPONENT, OUTDATED = 1.6, 1.4, 1.5, 0.2
_PREFERRED: tuple[tuple[Any, str, float], ...] = (
    (Article.products.through, "product", OWN_PRODUCT),
    (Article.versions.through, "version", OWN_VERSION),
    (Article.components.through, "component", OWN_COMPONENT),
)


class Scope(StrEnum):
    """Which of the articles that the reader may read are looked through."""

    KEPT = "all that were not discarded"
    CURRENT = "those that hold"
    CURRENT_ABOUT = "those that hold, about one software or about none"


@dataclass(frozen=True)
class Hits:
    """The best articles, and whether there were too many to compare all of them."""

    articles: Sequence[Article] = ()
    are_of_the_newest: bool = False


def best_hits(
    *,
    actor: Actor,
    asked: Asked,
    component_ids: frozenset[int] = frozenset(),
    scope: Scope = Scope.KEPT,
    product_id: int | None = None,
    limit: int = MOST,
) -> Hits:
    """At most `limit` articles that match (never more than ten), best first, each with its `found_text`.

    Those of what the reader's company runs and of the components are preferred. `product_id` is that of
    Scope.CURRENT_ABOUT. Common words match too many to rank them all. One statement when nothing matches.
    """
    column = "newest" if reads_drafts(actor) else "shown"
    terms, alone = _few(column).found(asked)
    if alone == []:
        return Hits()
    interests = interests_of(actor, component_ids=component_ids)
    given: dict[str, Any] = {
        "terms": terms,
        **asked.values,
        "product": product_id,
        "own_products": sorted(interests.product_ids),
        "own_versions": sorted(interests.version_ids),
        "own_components": sorted(interests.component_ids),
    }
    candidates = _candidates(actor, column, scope, alone, given)
    ranking = _ranking(column, scope, preferring=interests.are_any)
    best = ranking.rows(actor, candidates=sorted(candidates), **given)[:limit]
    rows = {article.pk: article for article in _rows(column).rows(ids=best)} if best else {}
    return Hits([rows[pk] for pk in best], alone is None or len(alone) > MOST_RANKED)


def _candidates(
    actor: Actor, column: str, scope: Scope, alone: list[int] | None, given: dict[str, Any]
) -> Collection[int]:
    """All that match, when they are few; else the newest by title, and by text those of the own software first."""
    if alone is not None and len(alone) <= MOST_RANKED:
        return alone
    titled = _titled(column, scope).rows(actor, **given)
    own = bool(given["own_products"]) and scope is not Scope.CURRENT_ABOUT  # which are of one software anyway
    if alone is not None:
        return {*titled, *_newest_of(scope, own_first=own).rows(actor, hits=alone, **given)}
    # A common word: walked from the newest on, which soon has enough.
    found = _walked(column, scope, own=True).rows(actor, but=[], **given) if own else []
    if len(found) < IN_TEXT:
        found += _walked(column, scope, own=False).rows(actor, but=found, **given)[: IN_TEXT - len(found)]
    return {*titled, *found}


def _seen(actor: Actor, scope: Scope) -> QuerySet[Article]:
    rows = Article.objects.visible_to(actor)
    if scope is Scope.KEPT:
        return rows.kept()
    if scope is Scope.CURRENT:
        return rows.current()
    tied = Article.products.through.objects.filter(article=OuterRef("pk"))
    return rows.current().filter(Exists(tied.filter(product=Given("product"))) | ~Exists(tied))


def _own() -> Exists:
    return Exists(Article.products.through.objects.filter(article=OuterRef("pk"), product__any=Given("own_products")))


@cache
def _few(column: str) -> FewMatching:
    return FewMatching(lambda: ArticleEntry.objects.filter(**{column: AskedPlace()}), FEW_HITS)


@cache
def _titled(column: str, scope: Scope) -> PreparedFor[int]:
    def make(actor: Actor) -> QuerySet[Article, int]:
        rows = _seen(actor, scope).filter(**{f"entry__{column}_title": TermsPlace()})
        return rows.order_by("-pk").values_list("pk", flat=True)[:IN_TITLE]

    return PreparedFor(make, keeps_plan=False)


@cache
def _newest_of(scope: Scope, *, own_first: bool) -> PreparedFor[int]:
    def make(actor: Actor) -> QuerySet[Article, int]:
        order = [Case(When(_own(), then=0), default=1)] if own_first else []
        rows = _seen(actor, scope).filter(pk__any=Given("hits")).order_by(*order, "-pk")
        return rows.values_list("pk", flat=True)[:IN_TEXT]

    return PreparedFor(make)


@cache
def _walked(column: str, scope: Scope, *, own: bool) -> PreparedFor[int]:
    def make(actor: Actor) -> QuerySet[Article, int]:
        rows = _seen(actor, scope).filter(~Q(pk__any=Given("but")), **{f"entry__{column}": TermsPlace()})
        rows = rows.filter(_own()) if own else rows
        return rows.order_by("-pk").values_list("pk", flat=True)[:IN_TEXT]

    return PreparedFor(make, keeps_plan=False)


@cache
def _ranking(column: str, scope: Scope, *, preferring: bool) -> PreparedFor[int]:
    """The candidates' numbers, best first: the rank of text and title, weighted by what the reader runs."""

    def make(actor: Actor) -> QuerySet[Article, int]:
        rank = SearchRank(F(f"entry__{column}"), AskedPlace(), normalization=Value(1))
        title = Coalesce(SearchRank(F(f"entry__{column}_title"), AskedPlace()), 0.0)
        weight: Any = _weighted(Q(outdated_at__isnull=False), OUTDATED)
        for ties, subject, factor in _PREFERRED if preferring else ():
            wanted = {"article": OuterRef("pk"), f"{subject}__any": Given(f"own_{subject}s")}
            weight = weight * _weighted(Exists(ties._default_manager.filter(**wanted)), factor)  # noqa: SLF001
        rows = _seen(actor, scope).filter(pk__any=Given("candidates"))
        return rows.order_by(-(rank + title) * weight, "-pk").values_list("pk", flat=True)[:MOST]

    return PreparedFor(make)


@cache
def _rows(column: str) -> Prepared[Article]:
    """The articles with what a list shows of them, and as much of their text as fragments are cut from."""
    return Prepared(
        lambda: (
            Article.objects.select_related("section__space", "shown", "head")
            .defer("shown__body", "shown__details", "head__body", "head__details")
            .annotate(found_text=Left(F(f"entry__{column}_text"), LONGEST))
            .filter(pk__any=Given("ids"))
            .order_by()
        )
    )


def _weighted(condition: Q | Exists, factor: float) -> Case:
    return Case(When(condition, then=Value(factor)), default=Value(1.0), output_field=FloatField())
