"""Finding articles: word forms and codes, the reader's own software first, fragments, and what a typo meant."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from django.contrib.postgres.search import SearchQueryCombinable, SearchRank
from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from mespace.accounts.actor import Actor
from mespace.customers.models import Installation, SupportContract
from mespace.customers.sites_seen import sites_seen
from mespace.knowledge.models import Article, ArticleEntry, WordWithout
from mespace.knowledge.queries.articles import Row, row_of
from mespace.knowledge.search import SHORTEST, known_words, one_letter_less
from mespace.knowledge.visibility import reads_drafts
from mespace.platform.fragments import Bit, fragment, marked
from mespace.platform.rows import few
from mespace.platform.search import any_of, codes, lemma_of, query, words_of

PAGE = 10
FEW_HITS = 1_500  # so many are looked up by their words first; more are met soon enough from the newest on
IN_TITLE, IN_TEXT = 120, 200  # hits that are ranked; of more, those of the reader's own software and the newest
MOST_OFFERED = 4
SHORTEST_CODE = 3  # letters; the groups of a build's number stand everywhere
MOST_MATCHED = 600  # articles that its words may match together; the rarest word is asked for in any case
MOST_RARE = 6  # words of a text that is being typed by which articles are offered
OWN_PRODUCT, OWN_VERSION, OWN_COMPONENT, OUTDATED = 1.6, 1.4, 1.5, 0.2
KEYBOARD = str.maketrans("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё")


@dataclass(frozen=True)
class Interests:
    """What the reader's company runs: the ranking prefers it."""

    product_ids: frozenset[int] = frozenset()
    version_ids: frozenset[int] = frozenset()
    component_ids: frozenset[int] = frozenset()  # that are named in a text that is being typed


@dataclass(frozen=True)
class FoundArticle:
    """A hit with its title and a fragment, both as bits of which some are what was searched for."""

    row: Row
    title: list[Bit]
    fragment: list[Bit]


@dataclass(frozen=True)
class Found:
    """The best hits; `meant` is what was searched for instead of a mistyped text, or nothing."""

    hits: list[FoundArticle] = field(default_factory=list)
    meant: str = ""


def interests_of(actor: Actor) -> Interests:
    """The software of the reader's contracts and sites, and the versions that run there; nothing for staff."""
    if not actor.is_customer or actor.customer_id is None:
        return Interests()
    covered = SupportContract.products.through.objects.filter(supportcontract__customer_id=actor.customer_id)
    products = set(covered.values_list("product_id", flat=True))
    running = Installation.objects.filter(site__in=sites_seen(actor)).values_list("product_id", "build__version_id")
    rows = set(running)
    return Interests(
        frozenset(products | {product for product, _version in rows}), frozenset(version for _product, version in rows)
    )


def find_articles(*, actor: Actor, text: str, limit: int = PAGE, interests: Interests | None = None) -> Found:
    """The articles that the actor may read and in which all words occur, best first.

    When nothing is found, once more with each unknown word as it was probably meant, or as typed on the other keyboard.
    """
    interests = interests_of(actor) if interests is None else interests
    hits = _hits(actor, query(text), interests, limit)
    if hits:
        return Found(_shown(hits, actor, text))
    for meant in filter(None, (mended(text), _other_keyboard(text))):
        hits = _hits(actor, query(meant), interests, limit)
        if hits:  # words that stand only where the actor may not look find nothing, and are not offered
            return Found(_shown(hits, actor, meant), meant)
    return Found()


def offered_articles(
    *,
    actor: Actor,
    text: str,
    product_id: int | None,
    component_ids: frozenset[int] = frozenset(),
    words: Sequence[str] | None = None,
) -> list[FoundArticle]:
    """Articles near to a text that is being typed: any of its rarest known words; of that software, or of none.

    Those about one of the components are preferred. `words` are the text's rarest, if they were looked up already.
    """
    terms = any_of(rarest(text) if words is None else words)
    if terms is None:
        return []
    interests = replace(interests_of(actor), component_ids=component_ids)
    rows = Article.objects.all()
    if product_id is not None:
        tied = Article.products.through.objects.filter(article=OuterRef("pk"))
        rows = rows.filter(Exists(tied.filter(product=product_id)) | ~Exists(tied))
    return _shown(_hits(actor, terms, interests, MOST_OFFERED, among=rows.current()), actor, text)


def rarest(text: str) -> list[str]:
    """The codes of a text and its rarest words that stand in some article, as lemmas."""
    by_word = {word: lemma_of(word) for word in words_of(text)[:80]}
    counts = known_words([*by_word, *by_word.values()])
    lemmas = {lemma: max(counts.get(lemma, 0), counts.get(word, 0)) for word, lemma in by_word.items() if lemma}
    known = sorted((lemma for lemma, count in lemmas.items() if count), key=lemmas.__getitem__)
    together = accumulate(lemmas[lemma] for lemma in known)
    rare = [lemma for lemma, count in zip(known, together, strict=True) if count <= MOST_MATCHED]
    said = [code for code in codes(text) if len(code) >= SHORTEST_CODE]
    return [*said[:MOST_RARE], *(rare or known[:1])[:MOST_RARE]]


def _hits(
    actor: Actor,
    terms: SearchQueryCombinable | None,
    interests: Interests,
    limit: int,
    *,
    among: QuerySet[Article] | None = None,
) -> list[Article]:
    """The best hits: candidates, their ranking, the rows. Common words match too many to rank them all."""
    if terms is None:
        return []
    column = "newest" if reads_drafts(actor) else "shown"
    seen = (
        Article.objects.visible_to(actor).kept()
        if among is None
        else among.filter(pk__in=Article.objects.visible_to(actor).values("pk"))
    )
    titled = seen.filter(**{f"entry__{column}_title": terms}).order_by("-pk").values_list("pk", flat=True)
    candidates = {*titled[:IN_TITLE], *_candidates(seen, column, terms, interests, IN_TEXT)}
    if not candidates:
        return []
    best = _ranked(candidates, column, terms, interests)[:limit]
    with_texts = Article.objects.select_related("section__space", "shown", "head")
    rows = with_texts.annotate(found_text=F(f"entry__{column}_text")).in_bulk(best)
    return [rows[pk] for pk in best]


def _candidates(
    seen: QuerySet[Article], column: str, terms: SearchQueryCombinable, interests: Interests, most: int
) -> list[int]:
    """The newest that match, those of the reader's own software first; two statements, three for common words."""
    own = Exists(Article.products.through.objects.filter(article=OuterRef("pk"), product__in=interests.product_ids))
    alone = few(ArticleEntry.objects.filter(**{column: terms}), FEW_HITS)
    if alone is not None:
        order = [Case(When(own, then=0), default=1)] if interests.product_ids else []
        return list(seen.filter(pk__in=alone).order_by(*order, "-pk").values_list("pk", flat=True)[:most])
    # A common word: walked from the newest on, which soon has enough.
    rows = seen.filter(**{f"entry__{column}": terms}).order_by("-pk").values_list("pk", flat=True)
    if not interests.product_ids:
        return list(rows[:most])
    found = list(rows.filter(own)[:most])
    return found if len(found) == most else [*found, *rows.exclude(pk__in=found)[: most - len(found)]]


def _ranked(
    candidates: Collection[int], column: str, terms: SearchQueryCombinable, interests: Interests
) -> QuerySet[Article, int]:
    """The candidates' numbers, best first: the rank of text and title, weighted by what the reader runs."""
    rank = SearchRank(F(f"entry__{column}"), terms, normalization=Value(1))
    title = Coalesce(SearchRank(F(f"entry__{column}_title"), terms), 0.0)
    weight: Any = _weighted(Q(outdated_at__isnull=False), OUTDATED)
    for ties, subject, wanted, factor in (
        (Article.products.through, "product", interests.product_ids, OWN_PRODUCT),
        (Article.versions.through, "version", interests.version_ids, OWN_VERSION),
        (Article.components.through, "component", interests.component_ids, OWN_COMPONENT),
    ):
        if wanted:
            tied = ties._default_manager.filter(article=OuterRef("pk"), **{f"{subject}__in": wanted})  # noqa: SLF001
            weight = weight * _weighted(Exists(tied), factor)
    ranked = Article.objects.filter(pk__in=candidates).order_by(-(rank + title) * weight, "-pk")
    return ranked.values_list("pk", flat=True)


def _weighted(condition: Q | Exists, factor: float) -> Case:
    return Case(When(condition, then=Value(factor)), default=Value(1.0), output_field=FloatField())


def _shown(hits: Sequence[Article], actor: Actor, text: str) -> list[FoundArticle]:
    rows = [(row_of(hit, actor), str(getattr(hit, "found_text", ""))) for hit in hits]
    return [FoundArticle(row, marked(row.text.title, text), fragment(whole, text)) for row, whole in rows]


def mended(text: str) -> str:
    """The text with each word that no article knows replaced by the known word a slip of a finger away, or ""."""
    words = [word for word in words_of(text) if len(word) >= SHORTEST]
    known = known_words([*words, *(lemma_of(word) for word in words)])
    strange = [word for word in words if word not in known and lemma_of(word) not in known]
    if not strange:
        return ""
    meant = {word: found for word in strange if (found := _nearest(word))}
    if not meant:
        return ""
    return " ".join(meant.get(word.lower().replace("ё", "е"), word) for word in text.split())


def _nearest(word: str) -> str:
    """The commonest known word of which one letter is missing, too many, another, or in the wrong place."""
    rows = WordWithout.objects.filter(without__in=one_letter_less(word)).select_related("word")
    near = [row.word for row in rows if _is_near(word, row.word_id)]
    return max(near, key=lambda one: (one.articles, one.word)).word if near else ""


def _is_near(typed: str, known: str) -> bool:
    """Whether one slip leads from one word to the other (optimal string alignment distance 1)."""
    if typed == known:
        return False
    shorter, longer = sorted((typed, known), key=len)
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    if len(shorter) < len(longer):
        return len(longer) - len(shorter) == 1 and shorter[start:] == longer[start + 1 :]
    if shorter[start + 1 :] == longer[start + 1 :]:
        return True
    swapped = longer[start + 1 : start + 2] + longer[start : start + 1]
    return shorter[start : start + 2] == swapped and shorter[start + 2 :] == longer[start + 2 :]


def _other_keyboard(text: str) -> str:
    """What was meant by Russian words typed on the Latin keyboard, or ""."""
    meant = text.lower().translate(KEYBOARD)
    return meant if meant != text.lower() and not any(letter.isdigit() for letter in text) else ""
