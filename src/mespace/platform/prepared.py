"""Statements of one shape: their SQL is made once in a process, and planned once in each connection.

What a page asks for differs by a few values only, yet Django makes the SQL anew each time, and PostgreSQL plans it
anew: together that took longer than reading the rows. A `Prepared` is written as any other QuerySet, with `Given`
where a value comes in:

    MESSAGES = Prepared(lambda: Message.objects.filter(ticket=Given("ticket")).order_by("pk"))
    MESSAGES.rows(ticket=17)

Values that are no `Given` become part of the text: partial indexes are found by them also in a plan made once.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Expression, Field, Lookup, QuerySet
from django.db.models.fields.related import ForeignObject
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from psycopg import Cursor, adapters, sql
from psycopg.pq import Format

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup

Row = TypeVar("Row")
# In a connection; of more, the one that was not run for longest is planned anew. psycopg's own 100 are soon there:
# a gate has a statement for each set of rights, and one connection serves people of all.
MOST_PREPARED = 400
_lock = threading.Lock()
# Instants are read by the driver's compiled code: Django's own reader, which does the same, is ten times slower.
_INSTANTS: Any = adapters.get_loader(adapters.types["timestamptz"].oid, Format.TEXT)


class Given(Expression):
    """The place of a value that comes with each run, by its name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__()

    def as_sql(
        self,
        compiler: SQLCompiler,  # noqa: ARG002 - Django's signature
        connection: BaseDatabaseWrapper,  # noqa: ARG002
    ) -> tuple[str, tuple[Any, ...]]:
        """A placeholder, with this object where its value will stand."""
        return "%s", (self,)


@ForeignObject.register_lookup
@Field.register_lookup
class AnyOf(_Lookup):
    """`pk__any=[1, 2]`: as `pk__in`, but one statement whatever the number of values; of an array, too."""

    lookup_name = "any"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """`column = ANY(array)`."""
        left, left_params = self.process_lhs(compiler, connection)
        if hasattr(self.rhs, "as_sql"):
            right, right_params = compiler.compile(self.rhs)
            return f"{left} = ANY({right})", [*left_params, *right_params]
        return f"{left} = ANY(%s)", [*left_params, list(self.rhs)]


class Prepared(Generic[Row]):
    """A QuerySet whose shape never changes, of models, `values_list` or a flat one; `make` is asked for it once.

    Without `keeps_plan`, PostgreSQL plans it each time, for the values that came: where one plan suits a word that is
    everywhere, and another a word that is nowhere.
    """

    def __init__(self, make: Callable[[], QuerySet[Any, Row]], *, keeps_plan: bool = True) -> None:
        self._make, self._keeps_plan = make, keeps_plan
        self._statement: _Statement | None = None

    def rows(self, **given: object) -> list[Row]:
        """The rows, with a value for each `Given`; one statement."""
        statement = self._statement or self._compile()
        return cast("list[Row]", statement.rows(given, keeps_plan=self._keeps_plan))

    def first(self, **given: object) -> Row | None:
        """The first row or None; the statement reads all of them, so it should have a limit or a unique key."""
        return next(iter(self.rows(**given)), None)

    def sql(self) -> tuple[str, list[str]]:
        """The statement's text, to be a part of another, and the names of its values in order."""
        statement = self._statement or self._compile()
        return statement.text, statement.names

    def _compile(self) -> "_Statement":
        with _lock:
            if self._statement is None:
                self._statement = _Statement(self._make())
            return self._statement


class _Statement:
    """The SQL of a QuerySet, the names of its values in order, and how a row becomes what the QuerySet would give."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        compiler: Any = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            text, params = compiler.as_sql()
        except EmptyResultSet:  # `.none()`: nothing to ask
            text, params = "", ()
        shown = tuple("%s" if isinstance(each, Given) else sql.quote(each).replace("%", "%%") for each in params)
        if text.startswith("("):  # a union: to the row audit, only what begins with SELECT is surely no change
            text = f"SELECT * FROM ({text}) AS together"  # noqa: S608 - SQL made by the ORM
        self.text = text % shown if shown else text
        self.names = [each.name for each in params if isinstance(each, Given)]
        columns = [each[0] for each in (compiler.select or [])[: compiler.col_count]]
        self._compiler, self._converters = compiler, compiler.get_converters(columns)
        self._build = self._builder(queryset) if self.text else tuple

    def rows(self, given: dict[str, object], *, keeps_plan: bool) -> list[Any]:
        """Run and build."""
        if not self.text:
            return []
        found: Iterable[Any] = run(self.text, [_sent(given[name]) for name in self.names], keeps_plan=keeps_plan)
        if self._converters:
            found = self._compiler.apply_converters(found, self._converters)
        return list(map(self._build, found))

    def _builder(self, queryset: QuerySet[Any, Any]) -> Callable[[Sequence[Any]], Any]:
        """What Django's own iterables do for each row, with all that is the same for every row looked up before."""
        kind = queryset._iterable_class  # noqa: SLF001 - says which iterable it would use
        if kind is FlatValuesListIterable:
            return itemgetter(0)
        if kind is ValuesListIterable:
            return tuple
        assert kind is ModelIterable, kind  # noqa: S101 - a mistake of ours
        compiler, info = self._compiler, self._compiler.klass_info
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [each[0].target.attname for each in compiler.select[first:last]]
        neighbours = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of Django 6
        added = list((compiler.annotation_col_map or {}).items())

        def build(row: Sequence[Any]) -> Any:  # noqa: ANN401 - a model of any kind
            made = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:last])
            for each in neighbours:
                each.populate(row, made)
            for name, position in added:
                setattr(made, name, row[position])
            return made

        return build


def _sent(value: object) -> object:
    """Numbers for an `__any` as the text of an array, which the server reads; psycopg writes each by itself."""
    if isinstance(value, list) and value and isinstance(value[0], int):
        return f"{{{','.join(map(str, value))}}}"
    return value


class PreparedCounts:
    """How many rows each of several QuerySets has, by name; `make` gives them once, each with its limit."""

    def __init__(self, make: Callable[[], Mapping[str, QuerySet[Any, Any]]]) -> None:
        self._make = make
        self._made: tuple[list[str], str, list[str]] | None = None

    def counted(self, **given: object) -> dict[str, int]:
        """The counts; one statement."""
        if self._made is None:
            made = {name: _Statement(rows.values_list("pk")) for name, rows in self._make().items()}
            counts = ", ".join(_count_of(each.text) for each in made.values())
            self._made = list(made), f"SELECT {counts}", [name for each in made.values() for name in each.names]
        names, text, values = self._made
        return dict(zip(names, run(text, [given[name] for name in values])[0], strict=True))


def _count_of(text: str) -> str:
    return f"(SELECT count(*) FROM ({text}) AS counted)" if text else "0"  # noqa: S608 - SQL made by the ORM


def run(text: str, values: Sequence[Any] | Mapping[str, Any], *, keeps_plan: bool = True) -> list[tuple[Any, ...]]:
    """The rows of a statement that is the same text each time; `%s` or `%(name)s` for values, which travel beside."""
    with _executed(text, values, keeps_plan=keeps_plan) as cursor:
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def change(text: str, values: list[Any]) -> int:
    """How many rows a statement changed that is the same text each time."""
    with _executed(text, values, keeps_plan=True) as cursor:
        return int(cursor.rowcount)


@contextmanager
def _executed(text: str, values: Sequence[Any] | Mapping[str, Any], *, keeps_plan: bool) -> Iterator[CursorWrapper]:
    """The statement's cursor after it, under all that Django puts around its own cursors (counts, logs, errors)."""
    connection = cast("Any", connections[DEFAULT_DB_ALIAS])
    connection.ensure_connection()
    with connection.wrap_database_errors:
        kept = _PreparingCursor.of(connection.connection, text, keeps_plan=keeps_plan)
    try:
        cursor = connection._prepare_cursor(kept)  # noqa: SLF001 - as `connection.cursor()` does
        cursor.execute(text, values)
        yield cursor
    finally:
        kept.forget()


class _PreparingCursor(Cursor[Any]):
    """psycopg's cursor with values bound by the server; Django's is one that writes them into the text."""

    # The row audit puts a command in front of what changes rows, except in named cursors; two commands cannot be
    # prepared together. So nothing audited may be changed through here (platform/writing.py sees to it).
    name = "prepared"
    keeps_plan = True

    @classmethod
    def of(cls, connection: Any, text: str, *, keeps_plan: bool) -> "_PreparingCursor":  # noqa: ANN401 - psycopg's connection, of some rows
        """The statement's own cursor of the connection.

        As the server keeps the plan, it keeps how values and rows are converted: half of a short statement's time.
        """
        kept: dict[str, _PreparingCursor] = vars(connection).setdefault("prepared_cursors", {})
        cursor = kept.get(text)
        if cursor is None:
            connection.prepared_max = MOST_PREPARED
            cursor = kept[text] = cls(connection)
            cursor.adapters.register_loader("timestamptz", _INSTANTS)
            cursor.keeps_plan = keeps_plan
        return cursor

    def execute(self, query: Any, params: Any = None, **_: Any) -> "_PreparingCursor":  # noqa: ANN401 - psycopg's signature
        """Execute, prepared, or planned for these values."""
        try:
            return super().execute(query, params, prepare=self.keeps_plan)
        finally:
            self._query = cast("Any", SimpleNamespace(query=query.encode()))  # what Django logs, without the values

    def forget(self) -> None:
        """Let go of the rows."""
        self._reset()
        self._tx.set_pgresult(None)
