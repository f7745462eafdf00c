"""How fast a customer's people may file, write and send files; generous, so that only a runaway program meets it."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.platform.pace import Pace, keep_pace

FILING = Pace("file", most=30, most_together=200, per_minute=2)
WRITING = Pace("write", most=60, most_together=600, per_minute=20)
UPLOADING = Pace("upload", most=120, most_together=1200, per_minute=60)


def pace(limit: Pace, *, actor: Actor, now: datetime) -> None:
    """Count one act of a customer's person; raises TooFast. The vendor's people and the timer have no limit."""
    if actor.is_customer:
        keep_pace(limit, person=actor.log_name, company=f"customer:{actor.customer_id}", now=now)
