"""What a digest says: the lines left for it that its reader has not seen yet and still may see."""

from mespace.customers.actors import actor_of
from mespace.notifications.models import Delivery, Notification
from mespace.notifications.queries import Line, lines_of, seen_by

EARLIER = 20  # lines of former digests that are still unread


def has_news(delivery: Delivery) -> bool:
    """Whether any of its own lines is still unread and visible."""
    return seen_by(actor_of(delivery.recipient)).filter(digest=delivery, read_at=None).exists()


def new_lines(delivery: Delivery) -> list[Line]:
    """Its own lines, the oldest first."""
    actor = actor_of(delivery.recipient)
    return lines_of(actor, list(seen_by(actor).filter(digest=delivery, read_at=None).order_by("created_at", "pk")))


def earlier_lines(delivery: Delivery) -> list[Line]:
    """Lines of former digests that are still unread, the newest first, 20 at most."""
    actor = actor_of(delivery.recipient)
    rows = seen_by(actor).filter(read_at=None, digest__isnull=False).exclude(digest=delivery)
    found: list[Notification] = list(rows.order_by("-pk")[:EARLIER])
    return lines_of(actor, found)
