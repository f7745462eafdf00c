"""Count that an article was opened."""

from datetime import datetime
from zoneinfo import ZoneInfo

from mespace.accounts.actor import Actor
from mespace.platform.prepared import change

MOSCOW = ZoneInfo("Europe/Moscow")
_COUNT = (
    "INSERT INTO knowledge_articleviews (article_id, day, count) VALUES (%s, %s, 1) "
    "ON CONFLICT (article_id, day) DO UPDATE SET count = knowledge_articleviews.count + 1"
)


def count_view(*, actor: Actor, now: datetime, article_id: int) -> None:
    """One more opening on this Moscow day. Staff's are not counted; who it was is kept nowhere. One statement."""
    if not actor.is_staff:
        change(_COUNT, [article_id, now.astimezone(MOSCOW).date()])
