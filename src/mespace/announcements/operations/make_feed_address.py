"""A person's own calendar gets a new secret address; the former one stops working."""

import hashlib
import secrets
from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.announcements.models import FeedAddress


def make_feed_address(*, actor: Actor, now: datetime) -> str:
    """The secret of 160 bits, shown this once: only its digest is kept."""
    secret = secrets.token_urlsafe(20)
    FeedAddress.objects.update_or_create(user_id=actor.person_id, defaults={"digest": _digest(secret), "made_at": now})
    return secret


def owner_of(secret: str) -> User | None:
    """Whose calendar the address is, unless they may not sign in any more."""
    row = FeedAddress.objects.select_related("user").filter(digest=_digest(secret)).first()
    return row.user if row is not None and row.user.is_active else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
