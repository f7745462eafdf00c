"""The search index of articles: what is found of one, by its readers and by those who read drafts."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Expression

from mespace.knowledge.models import Article, ArticleEntry, KnownWord, Revision, WordWithout
from mespace.platform.markdown_page import plain_page
from mespace.platform.prepared import Given, Prepared
from mespace.platform.search import vector, words_of

SHORTEST, LONGEST = 4, 40  # letters of a word that can be mistyped
MOST_WORDS = 5_000  # of one article


def index_article(article: Article) -> None:
    """Make the article findable as it is now; its words become known. A handful of statements."""
    head = article.head
    assert head is not None  # noqa: S101 - every article is written with its first text
    newest = _texts(article, head)
    same = article.shown_id == article.head_id
    shown = newest if same else _texts(article, article.shown) if article.shown is not None else None
    values = {
        "newest": _vector(newest),
        "newest_title": vector(a=newest[0]),
        "newest_text": newest[1],
        "shown": _vector(shown) if shown else None,
        "shown_title": vector(a=shown[0]) if shown else None,
        "shown_text": shown[1] if shown else "",
    }
    if not ArticleEntry.objects.filter(pk=article.pk).update(**values):
        ArticleEntry.objects.create(article=article, **values)
    if shown:
        learn_words(words_of(f"{shown[0]}\n{shown[1]}"))


def _texts(article: Article, text: Revision) -> tuple[str, str]:
    """What weighs most, and the rest, without marks."""
    code = article.known_error.code if article.known_error is not None else ""
    build = article.build.full_number if article.build is not None else ""
    details = "\n\n".join(str(value) for value in text.details.values())
    head = " ".join(filter(None, [text.title, code, build]))
    return head, plain_page("\n\n".join(filter(None, [text.summary, details, text.body])))


def _vector(texts: tuple[str, str]) -> Expression:
    return vector(a=texts[0], b=texts[1])


def learn_words(words: Iterable[str]) -> None:
    """Count the words of one article, each once; new ones can be found with a letter mistyped from now on."""
    known = sorted({word for word in words if SHORTEST <= len(word) <= LONGEST})[:MOST_WORDS]
    if not known:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO knowledge_knownword (word, articles) SELECT unnest(%s::text[]), 1 ORDER BY 1 "
            "ON CONFLICT (word) DO UPDATE SET articles = knowledge_knownword.articles + 1 "
            "RETURNING word, articles",
            [known],
        )
        new = [word for word, articles in cursor.fetchall() if articles == 1]
    rows = (WordWithout(word_id=word, without=form) for word in new for form in one_letter_less(word))
    WordWithout.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2_000)


def one_letter_less(word: str) -> set[str]:
    """The word itself, and with each letter left out."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def known_words(words: Iterable[str]) -> dict[str, int]:
    """Those of the words that stand in some article, and in about how many. One statement at most."""
    asked = sorted(set(filter(None, words)))
    return dict(_KNOWN.rows(words=asked)) if asked else {}


_KNOWN = Prepared(lambda: KnownWord.objects.filter(word__any=Given("words")).values_list("word", "articles"))
