"""A manager throws an edition away that was not published."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.regulation.operations._draft import locked_draft


@transaction.atomic
def discard_draft(*, actor: Actor, draft_id: int, version: int) -> None:
    """The draft is gone; auditors keep what it was. Raises Refused, RowNotFound, DraftChangedMeanwhile."""
    actor.require(Permission.EDITIONS_MANAGE)
    locked_draft(draft_id, version).delete()
