"""Import a table that was previewed."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.importing.run import run
from mespace.customers.models import CustomerImport
from mespace.platform.rows import locked


@transaction.atomic
def apply_import(*, actor: Actor, now: datetime, import_id: int) -> CustomerImport:
    """The import, done: all rows or none. One that was done before is answered again, and nothing is written.

    Raises Refused, RowNotFound, or ValidationError when a row cannot be imported (any more).
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    row = locked(CustomerImport, import_id)
    if row.applied_at is not None:
        return row
    plan = run(row, actor=actor, now=now)
    if plan.errors:
        raise ValidationError(_("Nothing is imported: some rows have errors. Correct the file and send it again."))
    row.rows, row.applied_at = [], now
    row.added, row.changed = plan.added, plan.changed
    row.save(update_fields=["rows", "applied_at", "added", "changed"])
    return row
