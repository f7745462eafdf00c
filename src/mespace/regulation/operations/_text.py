"""Keeping an edition's text."""

import hashlib
from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.regulation.models import EditionText, RegulationEdition


def digest_of(source: str) -> str:
    """The SHA-256 of a text in UTF-8, as the database computes it."""
    return hashlib.sha256(source.encode()).hexdigest()


def keep_text(
    edition: RegulationEdition, source: str, *, actor: Actor, now: datetime, number: int = 1, reason: str = ""
) -> EditionText:
    """The text, kept under that number."""
    return EditionText.objects.create(
        edition=edition,
        number=number,
        source=source,
        digest=digest_of(source),
        reason=reason,
        entered_at=now,
        entered_by_id=actor.user_id,
    )
