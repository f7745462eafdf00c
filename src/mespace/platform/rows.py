"""Rows of reference data: finding one, saving it with the database's own judgement, deleting what nobody uses."""

# ruff: noqa: SLF001 - `_meta` and `_default_manager` are Django's public names

from typing import TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Field, Func, Model, QuerySet, TextField, Value
from django.db.models.functions import Lower

Row = TypeVar("Row", bound=Model)


class RowNotFound(Exception):  # noqa: N818 - named as what it says
    """No such row (404)."""


class InUse(Exception):  # noqa: N818 - named as what it says
    """Other rows refer to the row, so it stays (409); `by` is the label of their model, such as `tickets.ticket`."""

    def __init__(self, by: str) -> None:
        self.by = by
        super().__init__(f"used by {by}")


def locked(model: type[Row], pk: int | None) -> Row:
    """The row, locked until the transaction ends. Raises RowNotFound."""
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise RowNotFound(model._meta.label_lower)
    return row


def found(rows: "QuerySet[Row]", pk: int) -> Row:
    """The one of `rows` with this number. Raises RowNotFound."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise RowNotFound(rows.model._meta.label_lower)
    return row


def save_checked(row: Model, *, taken: str) -> None:
    """Save a row after checking all of it; `taken` is what to say beside a field whose value another row has.

    Raises ValidationError by field, also when somebody else was faster.
    """
    _check(row, taken)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        _check(row, taken)  # somebody took the name between our look and our write: now it is seen
        raise


def _check(row: Model, taken: str) -> None:
    try:
        row.full_clean()
    except ValidationError as refusal:
        errors: dict[str, list[ValidationError | str]] = {}
        for field, complaints in refusal.error_dict.items():
            for complaint in complaints:
                if complaint.code == "unique":
                    errors.setdefault(field, []).append(taken)
                elif complaint.code == "unique_together":  # told above the form by Django; it is the name that differs
                    errors.setdefault((complaint.params or {})["unique_check"][-1], []).append(taken)
                else:
                    errors.setdefault(field, []).append(complaint)
        raise ValidationError(errors) from None


def delete_unused(row: Model) -> None:
    """Delete a row to which nothing refers, without reading what might. Raises InUse.

    The database's foreign keys decide: Django's own collector would fetch every referring row first.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            table, column = connection.ops.quote_name(row._meta.db_table), connection.ops.quote_name("id")
            cursor.execute(f"DELETE FROM {table} WHERE {column} = %s", [row.pk])  # noqa: S608 - names of our own models
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as refusal:
        raise InUse(_label_of(refusal)) from None


def name_key(field: str) -> Func:
    """What names are sorted by: without case, and with ё beside е (the database sorts by code point)."""
    output: Field[str, str] = TextField()
    return Func(Lower(field), Value("ё"), Value("е"), function="translate", output_field=output)


def _label_of(refusal: IntegrityError) -> str:
    diagnosis = getattr(refusal.__cause__, "diag", None)
    table = getattr(diagnosis, "table_name", "") or ""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            return model._meta.label_lower
    return table
