"""A manager changes an edition that is not published yet."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.regulation.models import EditionDraft
from mespace.regulation.operations._draft import DraftFields, fill_draft, locked_draft


@transaction.atomic
def change_draft(*, actor: Actor, now: datetime, draft_id: int, version: int, fields: DraftFields) -> EditionDraft:
    """The changed draft, its version one higher.

    Raises Refused, RowNotFound, DraftChangedMeanwhile, EditionRefusedError.
    """
    actor.require(Permission.EDITIONS_MANAGE)
    row = fill_draft(locked_draft(draft_id, version), fields)
    row.version, row.changed_at, row.changed_by_id = version + 1, now, actor.user_id
    row.save()
    return row
