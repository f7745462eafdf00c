"""From October on, managers are told while the next year is provisional (E1)."""

from datetime import datetime

from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.platform.jobs import Job, defer
from mespace.regulation.calendar_proposal import year_without_transfers
from mespace.regulation.queries import MOSCOW, calendar_at


def watch_calendar(*, now: datetime) -> int | None:
    """The year of which managers are told, once a month each, or None; running it again tells nobody twice."""
    year = year_without_transfers(now)
    if year is None:
        return None
    managers = User.objects.filter(is_active=True, roles__contains=[Role.MANAGER]).order_by("pk")
    defer(
        Job.ANNOUNCE,
        kind="calendar",
        subject_kind="calendar",
        subject_id=calendar_at(now).pk,
        recipients=list(managers.values_list("pk", flat=True)),
        occasion=f"{year} {now.astimezone(MOSCOW):%Y-%m}",
    )
    return year
