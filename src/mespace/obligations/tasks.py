"""The obligations room's jobs: each is a line or two that call the domain."""

from datetime import datetime

import structlog

from mespace.obligations.operations.give_edition_notice import give_edition_notice
from mespace.obligations.operations.miss import due_obligations, miss
from mespace.obligations.operations.repin import obligations_to_repin, repin
from mespace.obligations.queries.verification import Difference, differences
from mespace.platform.clock import now
from mespace.platform.jobs import Job, defer, every, task
from mespace.platform.one_by_one import one_by_one
from mespace.regulation.models import CalendarEdition
from mespace.regulation.queries import calendar_at

log = structlog.get_logger()
SECOND_LOOK = 600  # seconds; no act takes so long


@every("* * * * *", Job.MISS_OBLIGATIONS, queueing_lock="miss-obligations")
def miss_obligations(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned instant
    """Note what was not done in time; one that fails is reported and does not hold up the others."""
    one_by_one(
        due_obligations(now=now()),
        lambda obligation_id: miss(obligation_id=obligation_id, now=now()),
        failure="obligation could not be settled",
    )


@task(Job.REPIN_OBLIGATIONS, retry=5)
def repin_obligations(calendar: str, *, is_last: bool = False) -> None:
    """Measure what is still owed by a newly adopted calendar; one that fails is reported, the others go on.

    It comes a second time, for one that was being opened during the adoption. A calendar that was replaced meanwhile is
    left alone.
    """
    if not is_last:
        defer(Job.REPIN_OBLIGATIONS, delay_seconds=SECOND_LOOK, calendar=calendar, is_last=True)
    edition = CalendarEdition.objects.defer("content").get(code=calendar)
    if calendar_at(now()) != edition:
        return
    one_by_one(
        obligations_to_repin(edition=edition),
        lambda obligation_id: repin(obligation_id=obligation_id, now=now(), edition=edition),
        failure=f"obligation could not be re-pinned to {calendar}",
    )


@task(Job.EDITION_PUBLISHED, retry=10)
def edition_published(code: str, published_at: str) -> None:
    """Tell every customer's people of a published edition, and keep that as an obligation of its own (clause 7.4)."""
    give_edition_notice(code=code, published_at=datetime.fromisoformat(published_at), now=now())


@every("27 3 * * *", Job.VERIFY_OBLIGATIONS, queueing_lock="verify-obligations")
def verify_obligations(timestamp: int) -> None:  # noqa: ARG001
    """Re-derive every obligation from its log; any difference fails the job, which is the alarm."""
    found = [item for item in differences() if isinstance(item, Difference)]
    for item in found:
        log.error("an obligation differs from its log", difference=str(item))
    if found:
        msg = f"{len(found)} differences; the first: {found[0]}"
        raise RuntimeError(msg)
