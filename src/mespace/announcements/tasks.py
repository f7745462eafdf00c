"""The announcements room's jobs: each is a line or two that call the domain."""

import structlog

from mespace.announcements.operations.settle_maintenance import due_windows, settle_window
from mespace.announcements.queries.verification import differences
from mespace.platform.clock import now
from mespace.platform.jobs import Job, every
from mespace.platform.one_by_one import one_by_one

log = structlog.get_logger()


@every("* * * * *", Job.SETTLE_MAINTENANCE, queueing_lock="settle-maintenance")
def settle_maintenance(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned instant
    """Write what came due of planned work; what fails is reported and does not hold up the others."""
    one_by_one(
        due_windows(now=now()),
        lambda window_id: settle_window(window_id=window_id, now=now()),
        failure="planned work could not be settled",
    )


@every("37 3 * * *", Job.VERIFY_ANNOUNCEMENTS, queueing_lock="verify-announcements")
def verify_announcements(timestamp: int) -> None:  # noqa: ARG001
    """Check every log and derive every row from it anew; any difference fails the job, which is the alarm."""
    found = list(differences())
    for item in found:
        log.error("an announcement differs from its log", difference=item)
    if found:
        msg = f"{len(found)} differences; the first: {found[0]}"
        raise RuntimeError(msg)
