"""A customer's person has opened an edition's page: the receipt of its notice (clause 7.4)."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.regulation.models import EditionReading


def note_reading(*, actor: Actor, edition_id: int, now: datetime) -> None:
    """Kept once per person, the first time; nothing is kept of staff and strangers."""
    if actor.is_customer and actor.user_id is not None:
        row = EditionReading(edition_id=edition_id, user_id=actor.user_id, opened_at=now)
        EditionReading.objects.bulk_create([row], ignore_conflicts=True)
