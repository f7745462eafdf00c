"""Finding articles: word forms and codes, the reader's own software first, fragments, and what a typo meant."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from mespace.accounts.actor import Actor
from mespace.knowledge.queries.article_hits import MOST, Hits, Scope, best_hits
from mespace.knowledge.queries.articles import Row, row_of
from mespace.knowledge.queries.slips import mended, other_keyboard
from mespace.knowledge.search import known_words
from mespace.platform.fragments import Bit, Marker
from mespace.platform.search import Asked, any_of, codes, lemma_of, query, words_of

MOST_OFFERED = 4
SHORTEST_CODE = 3  # letters; the groups of a build's number stand everywhere
MOST_MATCHED = 600  # articles that its words may match together; the rarest word is asked for in any case
MOST_RARE = 6  # words of a text that is being typed by which articles are offered


@dataclass(frozen=True)
class FoundArticle:
    """A hit with its title and a fragment, both as bits of which some are what was searched for."""

    row: Row
    title: list[Bit]
    fragment: list[Bit]


@dataclass(frozen=True)
class Found:
    """The best hits; `meant` is what was searched for instead of a mistyped text, or nothing.

    They are `of_the_newest` when too many articles match to compare all.
    """

    hits: list[FoundArticle] = field(default_factory=list)
    meant: str = ""
    of_the_newest: bool = False


def find_articles(*, actor: Actor, text: str, limit: int = MOST) -> Found:
    """The articles that the actor may read and in which all words occur, best first; ten at most.

    When nothing is found, once more with each unknown word as it was probably meant, or as typed on the other keyboard.
    """
    return articles_matching(actor=actor, text=text, asked=query(text), limit=limit)


def articles_matching(*, actor: Actor, text: str, asked: Asked | None, limit: int = MOST) -> Found:
    """The same when the text was read already."""
    hits = _hits(actor, asked, limit)
    if hits.articles:
        return Found(_shown(hits, actor, text), of_the_newest=hits.are_of_the_newest)
    for meant in filter(None, (mended(text), other_keyboard(text))):
        hits = _hits(actor, query(meant), limit)
        if hits.articles:  # words that stand only where the actor may not look find nothing, and are not offered
            return Found(_shown(hits, actor, meant), meant, hits.are_of_the_newest)
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
    asked = any_of(rarest(text) if words is None else words)
    if asked is None:
        return []
    scope = Scope.CURRENT if product_id is None else Scope.CURRENT_ABOUT
    hits = best_hits(
        actor=actor, asked=asked, component_ids=component_ids, scope=scope, product_id=product_id, limit=MOST_OFFERED
    )
    return _shown(hits, actor, text)


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


def _hits(actor: Actor, asked: Asked | None, limit: int) -> Hits:
    return Hits() if asked is None else best_hits(actor=actor, asked=asked, limit=limit)


def _shown(hits: Hits, actor: Actor, text: str) -> list[FoundArticle]:
    marker = Marker(text)
    rows = [(row_of(hit, actor), str(getattr(hit, "found_text", ""))) for hit in hits.articles]
    return [FoundArticle(row, marker.marked(row.text.title), marker.fragment(whole)) for row, whole in rows]
