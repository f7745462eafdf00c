"""Full text in Russian: stems by PostgreSQL, lemmas by a dictionary, and codes as they are written.

The stemmer alone misses «станок» for «станки»; lemmas find it. Codes (`E-1042`, `ZT410`, `5.2.1`, `ZAVOD-42`) are kept
whole, with look-alike Cyrillic letters written as Latin ones, since people type either.
"""

from __future__ import annotations

import functools
import logging
import re
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Func, Value
from django.db.models.expressions import RawSQL

from mespace.platform.prepared import Given, Prepared, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Expression, QuerySet
    from django.db.models.sql.compiler import SQLCompiler
    from pymorphy3 import MorphAnalyzer

LONGEST_A = 2_000  # characters; headings
LONGEST = 60_000  # characters of the other texts together that are indexed as they are
MOST_NEW_BYTES = 100_000  # of a longer text: bytes of different words, which make at most 400 000 bytes of tsvector
FULL = 600_000  # bytes of a tsvector to which nothing more is added: it can hold 1 MiB
LONGEST_WORD = 100  # characters; anything longer in a long text is not a word
MOST_CODES = 2_000
LONGEST_QUERY = 300  # characters

FUNCTION_WORDS = frozenset({"PREP", "CONJ", "PRCL", "INTJ"})  # parts of speech
STOP = frozenset(
    (  # noqa: SIM905 - words read best so
        "a an and are as at be by for from in is it of on or that the this to was with "
        "быть весь вы мы он она они оно свой то тот что этот я"
    ).split()
)

_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"(?<![^\W_])[^\W_]+(?:[-./_][^\W_]+)*")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LOOK_ALIKE = str.maketrans("авекмнорстухё", "abekmhopctyxe")
_NOT_LATIN = re.compile(r"[^\x00-\x7f]")
_EXCLUDED = re.compile(r'(?:(?<=\s)|\A)-("[^"]*"?|\S+)')
_OR = re.compile(r"\bor\b", re.IGNORECASE)

_lock = threading.Lock()
_morph: MorphAnalyzer | None = None


def _analyzer() -> MorphAnalyzer:
    """The dictionary: loaded by the first who needs it (0.2 s, 40 MB), once in a process."""
    global _morph
    with _lock:
        if _morph is None:
            from pymorphy3 import MorphAnalyzer

            logging.getLogger("pymorphy3").setLevel(logging.WARNING)  # which dictionary it reads is no news
            _morph = MorphAnalyzer(lang="ru")
    return _morph


@functools.lru_cache(maxsize=50_000)
def _lemma(word: str) -> str:
    """The dictionary form of one lower-case word without ё; "" for a word that carries no meaning."""
    if word in STOP:
        return ""
    if word.isascii() or len(word) > LONGEST_WORD:
        return word
    parsed = _analyzer().parse(word)[0]
    if parsed.tag.POS in FUNCTION_WORDS:
        return ""
    form = str(parsed.normal_form).replace("ё", "е")
    return "" if form in STOP else form


def lemmas(text: str) -> str:
    """The dictionary forms of the words of `text` in order, lower case, ё as е, without those that mean nothing."""
    return " ".join(filter(None, map(_lemma, _WORD.findall(text.lower().replace("ё", "е")))))


def words_of(text: str) -> list[str]:
    """The words of `text` as they stand there, lower case, ё as е, each once."""
    return list(dict.fromkeys(_WORD.findall(text.lower().replace("ё", "е"))))


def lemma_of(word: str) -> str:
    """The dictionary form of one word; "" for one that carries no meaning."""
    return _lemma(word.lower().replace("ё", "е"))


def codes(text: str) -> list[str]:
    """The codes in `text` (whatever holds a digit), whole and in parts, lower case, look-alikes as Latin; each once."""
    found: dict[str, None] = {}
    for match in _CODE.finditer(text):
        if not any(letter.isdigit() for letter in match[0]) or len(match[0]) > LONGEST_WORD:
            continue
        whole = _spelled(match[0])
        found[whole] = None
        if re.match(r"v\d", whole):
            found[whole[1:]] = None
        for part in re.split(r"[-./_]", whole):
            if (part.isdigit() and len(part) > 1) or not part.isalpha():
                found[part] = None
        if len(found) >= MOST_CODES:
            break
    return list(found)


def _spelled(code: str) -> str:
    low = code.lower()
    latin = low.translate(_LOOK_ALIKE)
    return low.replace("ё", "е") if _NOT_LATIN.search(latin) else latin


class Parts(NamedTuple):
    """What one tsvector is computed from; the fields are the columns that `SQL_VECTOR` reads."""

    a: str
    b: str
    c: str
    lemmas_a: str
    lemmas_b: str
    lemmas_c: str
    codes: list[str]


SQL_VECTOR = (
    "setweight(to_tsvector('russian', {a}), 'A') || setweight(to_tsvector('russian', {b}), 'B') || "
    "setweight(to_tsvector('russian', {c}), 'C') || setweight(to_tsvector('simple', {lemmas_a}), 'B') || "
    "setweight(to_tsvector('simple', {lemmas_b}), 'C') || setweight(to_tsvector('simple', {lemmas_c}), 'D') || "
    "array_to_tsvector({codes}::text[])"
)


def parts(*, a: str = "", b: str = "", c: str = "") -> Parts:
    """The columns for a bulk load: COPY them into a scratch table, then INSERT … SELECT `sql_vector()`."""
    a, b, c = (_UNSTORABLE.sub(" ", text) for text in (a, b, c))
    a = a[:LONGEST_A]
    if len(b) + len(c) > LONGEST:
        seen: set[str] = set()
        b, c = _bounded(b, seen), _bounded(c, seen)
    return Parts(a, b, c, lemmas(a), lemmas(b), lemmas(c), codes(f"{a}\n{b}\n{c}"))


def sql_vector(prefix: str = "") -> str:
    """The SQL expression of a tsvector over the columns named as the fields of `Parts` (`prefix` as in `t.`)."""
    return SQL_VECTOR.format(**{name: f"{prefix}{name}" for name in Parts._fields})


SQL_PARAMETERS = SQL_VECTOR.format_map(dict.fromkeys(Parts._fields, "%s::text")).replace(
    "%s::text::text[]", "%s::text[]"
)


def vector(*, a: str = "", b: str = "", c: str = "") -> RawSQL:
    """A tsvector for an INSERT or UPDATE: `a` weighs most (key, subject), then `b` (description), then `c` (messages).

    Lemmas weigh one step less than the words they stand for. Texts of any length fit: of a long one, the beginning.
    """
    found = parts(a=a, b=b, c=c)
    return RawSQL(  # noqa: S611 - a constant with placeholders
        SQL_VECTOR.format_map(dict.fromkeys(Parts._fields, "%s")), tuple(found), output_field=SearchVectorField()
    )


def sql_joined(column: str, added: str) -> str:
    """The SQL of the stored tsvector `column` with `added` to it; as it is once it holds all that surely fits."""
    # A stored value's size is that of its compressed form; joined with nothing, it is the true one.
    size = f"pg_column_size({column} || ''::tsvector)"
    return f"CASE WHEN {size} < {FULL} THEN {column} || ({added}) ELSE {column} END"


class Joined(Func):
    """The stored tsvector `column` with `added` to it, for an UPDATE; as it is once it holds all that surely fits."""

    output_field = SearchVectorField()

    def __init__(self, column: str, added: Expression) -> None:
        super().__init__(F(column), added)

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - PostgreSQL only
        function: str | None = None,  # noqa: ARG002
        template: str | None = None,  # noqa: ARG002
        arg_joiner: str | None = None,  # noqa: ARG002
        **extra_context: Any,  # noqa: ARG002 - Django's signature
    ) -> tuple[str, tuple[str | int, ...]]:
        """A CASE that computes the addition once."""
        (column, _), (added, params) = [compiler.compile(part) for part in self.get_source_expressions()]
        values: Any = list(params)
        return sql_joined(column, added), values


def _bounded(text: str, seen: set[str]) -> str:
    """The words of a long text until their different ones take too much room."""
    return " ".join(_until_full(text.split(), seen))


def _until_full(words: Iterable[str], seen: set[str]) -> Iterator[str]:
    room = MOST_NEW_BYTES - sum(len(word.encode()) for word in seen)
    for word in words:
        if len(word) > LONGEST_WORD:
            continue
        if word not in seen:
            room -= len(word.encode())
            if room < 0:
                return
            seen.add(word)
        yield word


class Typed(NamedTuple):
    """A piece of what was typed, in the ways in which it is looked for: stems, or lemmas together with codes.

    Codes are a tsquery; the others what people type.
    """

    stems: str = ""
    codes: str = ""
    lemmas: str = ""


class _OwnQuery(SearchQuery):
    """A tsquery of our own making: a template with places for its expressions."""

    def __init__(self, template: str, *expressions: Expression) -> None:
        self.config, self.invert, self.function = None, False, ""
        Func.__init__(self, *expressions, template=template)

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - the template names no server
        function: str | None = None,  # noqa: ARG002
        template: str | None = None,  # noqa: ARG002
        arg_joiner: str | None = None,  # noqa: ARG002
        **extra_context: Any,  # noqa: ARG002 - Django's signature
    ) -> tuple[str, tuple[str | int, ...]]:
        """The template with each expression in its place."""
        compiled = [compiler.compile(expression) for expression in self.get_source_expressions()]
        made = self.extra["template"] % tuple(sql for sql, _ in compiled)
        values: Any = [value for _, params in compiled for value in params]  # Django adds lists to it
        return made, values


class Asked(_OwnQuery):
    """What is asked for: `filter(entry__public=asked)` takes it as it is, and `values` go to an `AskedPlace`."""

    def __init__(self, wanted: Typed, *unwanted: Typed) -> None:
        self._pieces = [wanted, *unwanted]
        template = " && !!".join(_WITH_CODES if piece.codes else _WITHOUT for piece in self._pieces)
        values = [value for stems, codes, lemmas in self._pieces for value in (stems, *filter(None, [codes]), lemmas)]
        super().__init__(f"({template})", *map(Value, values))

    @property
    def values(self) -> dict[str, list[str]]:
        """What comes into the places of an `AskedPlace`."""
        return {name: [getattr(piece, name) for piece in self._pieces] for name in Typed._fields}


_WITHOUT = "(websearch_to_tsquery('russian', %s) || websearch_to_tsquery('simple', %s))"
_WITH_CODES = "(websearch_to_tsquery('russian', %s) || ((%s)::tsquery && websearch_to_tsquery('simple', %s)))"


class AskedPlace(_OwnQuery):
    """The place of an `Asked` in a prepared statement, made once a run.

    The planner cannot see into it and takes every word for an ordinary one, so a plan that is kept does not depend on
    the words that came first.
    """

    def __init__(self) -> None:
        super().__init__(TERMS, *map(Given, Typed._fields))


class TermsPlace(_OwnQuery):
    """The place of terms that are made already (as text, `terms`), for a statement that is planned for its words."""

    def __init__(self) -> None:
        super().__init__("(%s)::tsquery", Given("terms"))


# The pieces come as arrays, of which the first holds what is wanted, so that any number of them is one statement.
TERMS = (
    "(SELECT (CASE WHEN min(made) FILTER (WHERE place = 1) <> '' THEN string_agg(CASE WHEN place = 1 THEN '(' ELSE"
    " '!(' END || made || ')', ' & ' ORDER BY place) FILTER (WHERE made <> '') ELSE '' END)::tsquery FROM (SELECT"
    " place, (websearch_to_tsquery('russian', stems) || CASE WHEN codes = '' THEN simple ELSE codes::tsquery && simple"
    " END)::text AS made FROM unnest(%s::text[], %s::text[], %s::text[]) WITH ORDINALITY AS typed (stems, codes,"
    " lemmas, place) CROSS JOIN LATERAL websearch_to_tsquery('simple', lemmas) AS simple) AS pieces)"
)


class FewMatching:
    """The rows that match, when they are few, and the terms; `make` is asked once for rows with an `AskedPlace`.

    Asked for “the newest of those that match”, the planner walks from the newest on: through the whole table, when a
    word stands in hardly any row. What is found apart it cannot walk past.
    """

    def __init__(self, make: Callable[[], QuerySet[Any, Any]], most: int) -> None:
        self._rows, self._most = Prepared(lambda: make().order_by().values_list("pk")), most

    def found(self, asked: Asked, **given: object) -> tuple[str, list[int] | None]:
        """The terms as text, and the rows' numbers in no order or None when there are too many; one statement."""
        text, names = self.sql()
        values = given | asked.values
        ((terms, pks),) = run(text, [values[name] for name in names])
        found = [int(pk) for pk in pks[1:-1].split(",")] if pks != "{}" else []
        return terms, found if len(found) <= self._most else None

    def sql(self) -> tuple[str, list[str]]:
        """The statement, and the names of its values in order."""
        text, names = self._rows.sql()
        # MATERIALIZED keeps the limit from deciding how the rows are looked for.
        hits = f"WITH hits AS MATERIALIZED ({text})"
        whole = f"{hits} SELECT {TERMS}::text, ARRAY(SELECT * FROM hits LIMIT {self._most + 1})::text"  # noqa: S608 - made by the ORM
        return whole, [*names, *Typed._fields]


def any_of(words: Iterable[str]) -> Asked | None:
    """What finds any of the words (lemmas or codes, as they are in the index); None without words."""
    wanted = [word for word in words if word and len(word) <= LONGEST_WORD]
    if not wanted:
        return None
    quoted = " | ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in wanted)
    return Asked(Typed(codes=quoted))


def query(text: str) -> Asked | None:
    """What finds `text`: its words in any form, codes as written; `"…"` is a phrase, `-word` excludes, `or` is either.

    None when nothing in it can be searched for (empty, punctuation, meaningless words, only exclusions). Never fails.
    """
    text = _UNSTORABLE.sub(" ", text[:LONGEST_QUERY])
    wanted = _typed(_EXCLUDED.sub(" ", text))
    unwanted = [typed for match in _EXCLUDED.finditer(text) if (typed := _typed(match[1])) is not None]
    return None if wanted is None else Asked(wanted, *unwanted)


def _typed(text: str) -> Typed | None:
    """None when there is nothing to look for."""
    whole = codes(text)
    kept = _lemmas_in_place(text)
    if not whole and not _OR.sub("", kept).strip(' "'):
        return None
    exact = {_spelled(match[0]) for match in _CODE.finditer(text)} & set(whole)
    return Typed(text, " & ".join(f"'{code}'" for code in sorted(exact)), kept)


def _lemmas_in_place(text: str) -> str:
    """The lemmas of a query with its quotes and `or` where they were, without its codes."""
    words = _CODE.sub(lambda match: " " if any(map(str.isdigit, match[0])) else match[0], text)
    pieces = re.findall(r'"|[^\W\d_]+', words.lower().replace("ё", "е"))
    return " ".join(piece if piece in {'"', "or"} else _lemma(piece) for piece in pieces)
