"""A manager begins an edition of the regulation."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.regulation.models import EditionDraft
from mespace.regulation.operations._draft import DraftFields, fill_draft


@transaction.atomic
def start_draft(*, actor: Actor, now: datetime, fields: DraftFields) -> EditionDraft:
    """The new draft, which binds nobody. Raises Refused, EditionRefusedError."""
    actor.require(Permission.EDITIONS_MANAGE)
    row = fill_draft(EditionDraft(created_at=now, changed_at=now, changed_by_id=actor.user_id), fields)
    row.save()
    return row
