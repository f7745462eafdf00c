"""Row audit of reference data, for auditors only: who changed which row, when, from what to what.

The one wrapper over django-pghistory. Database triggers write a row of `<Model>Audit` on every insert, update and
delete, also on bulk updates and on SQL by hand. Business code never reads these tables.
"""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TypeVar

import pghistory
import pghistory.models
from django.db import models

Audited = TypeVar("Audited", bound=type[models.Model])

if TYPE_CHECKING:
    _Base = models.Model
else:
    _Base = pghistory.models.Event


class AuditRow(_Base):
    """One change of one row. Rows are only ever added."""

    append_only = True  # the application's role may do nothing else here

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True


def audited(*, without: Collection[str] = ()) -> Callable[[Audited], Audited]:
    """A class decorator that keeps every state of the model's rows, except the fields `without` (secrets, counters)."""

    def decorate(model: Audited) -> Audited:
        """The model, tracked."""
        decorated: Audited = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=list(without) or None,
            obj_field=pghistory.ObjForeignKey(related_name="audits", related_query_name="audits_query"),
            model_name=f"{model.__name__}Audit",
            base_model=AuditRow,
            append_only=True,
        )(model)
        return decorated

    return decorate


def audited_links(model: Audited) -> Audited:
    """A class decorator for a proxy of a many-to-many table: keeps who was linked with what, and when that ended."""
    decorated: Audited = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.DeleteEvent(),
        obj_field=None,
        model_name=f"{model.__name__}Audit",
        base_model=AuditRow,
        append_only=True,
    )(model)
    return decorated
