"""How fast one person, and all of their company together, may write: leaky buckets, counted in the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from mespace.platform.prepared import run

_SQL = """
with others as (
  select coalesce(sum(greatest(0, level - greatest(0, extract(epoch from %(now)s - at)) * %(drain)s)), 0) as level
  from platform_pace where company = %(company)s and act = %(act)s and person <> %(person)s
)
insert into platform_pace as mine (person, company, act, level, at)
select %(person)s, %(company)s, %(act)s, 1, %(now)s from others where others.level + 1 <= %(most_together)s
on conflict (person, act) do update set
  level = greatest(0, mine.level - greatest(0, extract(epoch from excluded.at - mine.at)) * %(drain)s) + 1,
  at = greatest(mine.at, excluded.at), company = excluded.company
where greatest(0, mine.level - greatest(0, extract(epoch from excluded.at - mine.at)) * %(drain)s) + 1
  <= least(%(most)s, %(most_together)s - (select level from others))
returning 1
"""


class TooFast(Exception):  # noqa: N818 - it says what happened
    """More was sent than the pace allows; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(f"again in {retry_after} s")


@dataclass(frozen=True)
class Pace:
    """`most` at once by one person and `most_together` by their company, refilled by `per_minute` a person."""

    act: str
    most: int
    most_together: int
    per_minute: int


def keep_pace(pace: Pace, *, person: str, company: str, now: datetime) -> None:
    """Count one act; raises TooFast, counting nothing, when the bucket of the person or of the company is full.

    One statement on a table that is not logged: no disk is waited for, and a crash empties the buckets. Call it before
    the act's own transaction, so that nobody waits for anybody's row.
    """
    factor: int = settings.RATE_LIMIT_FACTOR
    values: dict[str, Any] = {
        "person": person,
        "company": company,
        "act": pace.act,
        "now": now,
        "most": pace.most * factor,
        "most_together": pace.most_together * factor,
        "drain": pace.per_minute * factor / 60,
    }
    if not run(_SQL, values):
        raise TooFast(retry_after=-(-60 // pace.per_minute))
