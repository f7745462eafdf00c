"""Rows written by statements that are made once: what `save()` writes, without the work that it does anew each time.

For the rows of business facts, which are written many times a second. Signals are not sent (nothing listens to any),
and audited models are refused: their audit needs the person's name set beforehand, which Django's cursors do.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import pghistory.core
from django.db import DatabaseError, connection
from django.db.models import Field, Model

from mespace.platform.prepared import change, run


def insert(row: Model) -> None:
    """Store a new row; it has its key afterwards. One statement."""
    insert_all([row])


def insert_all(rows: Sequence[Model]) -> None:
    """Store new rows of one model; they have their keys afterwards. One statement."""
    if not rows:
        return
    text, fields = _insert_text(type(rows[0]), len(rows), rows[0].pk is None)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in fields]
    for row, (key,) in zip(rows, run(text, values), strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as Django leaves a saved row


def update(row: Model, names: Iterable[str]) -> None:
    """Store those fields of a row. One statement; raises DatabaseError when the row is not there."""
    text, fields = _update_text(type(row), tuple(sorted(names)))
    values = [field.get_db_prep_save(field.pre_save(row, False), connection) for field in fields]
    if change(text, [*values, row.pk]) != 1:
        msg = f"no {row._meta.label_lower} {row.pk} to change"  # noqa: SLF001 - Django's public name
        raise DatabaseError(msg)


@cache
def _insert_text(model: type[Model], count: int, keyless: bool) -> tuple[str, "list[Field[Any, Any]]"]:  # noqa: FBT001 - a part of the cache's key
    meta = _meta(model)
    fields = [field for field in meta.concrete_fields if not (keyless and field.primary_key)]
    places = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(_quoted(field.column) for field in fields)
    text = f"INSERT INTO {_quoted(meta.db_table)} ({columns}) VALUES {', '.join([places] * count)}"  # noqa: S608 - names of our own models
    return f"{text} RETURNING {_quoted(meta.pk.column)}", fields


@cache
def _update_text(model: type[Model], names: tuple[str, ...]) -> tuple[str, "list[Field[Any, Any]]"]:
    meta = _meta(model)
    fields = [meta.get_field(name) for name in names]
    changed = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    return f"UPDATE {_quoted(meta.db_table)} SET {changed} WHERE {_quoted(meta.pk.column)} = %s", fields  # noqa: S608


def _meta(model: type[Model]):  # type: ignore[no-untyped-def]  # noqa: ANN202 - Django's options
    if pghistory.core.event_models(tracks_model=model):
        msg = f"{model.__name__} is audited: save() it"
        raise TypeError(msg)
    return model._meta  # noqa: SLF001 - Django's public name


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
