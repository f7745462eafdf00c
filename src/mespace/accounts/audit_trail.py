"""Reading the row audit, for auditors: which reference data changed when, by whom, from what to what.

The one place that reads the tables behind `platform.audit`; no business rule rests on them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission
from mespace.accounts.queries import Page
from mespace.platform.audit import AuditRow

PAGE = 50
INSERTED, UPDATED, DELETED = "insert", "update", "delete"
NAMES = ("full_name", "short_name", "name", "code", "number", "title")  # fields that tell a person which row it is


class NoSuchTable(Exception):
    """No audited table has that name."""


@dataclass(frozen=True)
class Table:
    """An audited table: its name in addresses, what it is called, and when it was changed last."""

    name: str
    words: str
    changed_at: datetime | None


@dataclass(frozen=True)
class FieldChange:
    """One field of a row, before and after; empty texts where there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One change of one row. `person` is None for the product itself and for SQL by hand."""

    id: int
    at: datetime
    kind: str
    person: User | None
    row_id: int | None
    row: str
    fields: Sequence[FieldChange]


def tables(*, actor: Actor) -> list[Table]:
    """All audited tables by name, each with its last change, in one statement. Raises Refused."""
    actor.require(Permission.AUDIT_READ)
    found = sorted(_models().items())
    last = [
        model.objects.annotate(table=Value(name)).order_by("-pk").values_list("table", "pgh_created_at")[:1]
        for name, model in found
    ]
    instants = dict(last[0].union(*last[1:], all=True))
    return [Table(name, words_of(model), instants.get(name)) for name, model in found]


def table_words(*, actor: Actor, table: str) -> str:
    """What the table is called. Raises Refused, NoSuchTable."""
    actor.require(Permission.AUDIT_READ)
    return words_of(_model(table))


def changes(
    *, actor: Actor, table: str, row_id: int | None = None, person_id: int | None = None, before: int | None = None
) -> Page[Change]:
    """Changes of the table, newest first, of one row or by one person. Raises Refused, NoSuchTable."""
    actor.require(Permission.AUDIT_READ)
    model = _model(table)
    rows = model.objects.select_related("pgh_context").order_by("-pk")
    key = _key(model)
    if row_id is not None:
        rows = rows.filter(**{key: row_id}) if key else rows.none()
    if person_id is not None:
        rows = rows.filter(pgh_context__metadata__user=person_id)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if key:
        earlier = model.objects.filter(pk__lt=OuterRef("pk"), **{key: OuterRef(key)}).order_by("-pk")
        rows = rows.annotate(earlier=Subquery(earlier.values("pk")[:1]))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    former = model.objects.in_bulk([row.earlier for row in shown if key and row.earlier])
    people = User.objects.in_bulk({by for row in shown if (by := _by(row)) is not None})
    told = _Told(model, [*shown, *former.values()])
    page = [
        Change(
            id=row.pk,
            at=row.pgh_created_at,
            kind=row.pgh_label,
            person=people.get(_by(row) or 0),
            row_id=getattr(row, key) if key else None,
            row=_name(row, key),
            fields=told.changes(former.get(row.earlier) if key else None, row),
        )
        for row in shown
    ]
    return Page(page, str(shown[-1].pk) if len(found) > PAGE else None)


def words_of(model: type[models.Model]) -> str:
    """What the audited table is called."""
    return str(_tracked(model)._meta.verbose_name_plural).capitalize()  # noqa: SLF001 - Django's documented access


def _models() -> dict[str, Any]:
    return {
        f"{model._meta.app_label}-{_tracked(model)._meta.model_name}": model  # noqa: SLF001
        for model in apps.get_models()
        if issubclass(model, AuditRow)
    }


def _model(table: str) -> Any:  # noqa: ANN401 - made by django-pghistory
    try:
        return _models()[table]
    except KeyError:
        raise NoSuchTable(table) from None


def _tracked(model: Any) -> type[models.Model]:  # noqa: ANN401
    tracked: type[models.Model] = model.pgh_tracked_model
    return tracked


def _key(model: Any) -> str:  # noqa: ANN401
    """The column that names the row; a table of links has none."""
    return "pgh_obj_id" if any(field.name == "pgh_obj" for field in model._meta.fields) else ""  # noqa: SLF001


def _by(row: Any) -> int | None:  # noqa: ANN401
    by: int | None = (row.pgh_context.metadata if row.pgh_context else {}).get("user")
    return by


def _name(row: Any, key: str) -> str:  # noqa: ANN401
    """A text by which a person knows the row."""
    if not key:
        return ""
    return next((str(text) for name in NAMES if (text := getattr(row, name, ""))), "")


class _Told:
    """Fields of audit rows as people read them: other rows by their names, fetched once a table."""

    def __init__(self, model: Any, rows: Iterable[Any]) -> None:  # noqa: ANN401
        kept = list(rows)
        fields = model._meta.fields  # noqa: SLF001
        self.fields = [field for field in fields if not field.name.startswith("pgh_") and field.name != "id"]
        self.others: dict[str, dict[Any, str]] = {}
        for field in self.fields:
            if field.related_model is None:
                continue
            ids = {value for row in kept if (value := getattr(row, field.attname)) is not None}
            found = field.related_model._base_manager.select_related().in_bulk(ids)  # noqa: SLF001
            self.others[field.attname] = {pk: str(other) for pk, other in found.items()}

    def changes(self, before: Any, after: Any) -> list[FieldChange]:  # noqa: ANN401
        """What differs; of a new or deleted row, whatever is not empty."""
        told = []
        for field in self.fields:
            old = self._text(field, before) if before is not None and after.pgh_label == UPDATED else ""
            new = self._text(field, after)
            if old != new:
                gone = after.pgh_label == DELETED
                told.append(FieldChange(str(field.verbose_name), new if gone else old, "" if gone else new))
        return told

    def _text(self, field: Any, row: Any) -> str:  # noqa: ANN401
        value = getattr(row, field.attname)
        if value in (None, "", [], {}):
            return ""
        if field.attname in self.others:
            return self.others[field.attname].get(value) or f"№ {value}"
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return str(value)
