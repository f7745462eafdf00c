"""The platform's own jobs."""

import structlog
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from mespace.platform.clock import now
from mespace.platform.forgetting import forget_old
from mespace.platform.jobs import Job, every

log = structlog.get_logger("mespace.jobs")
SILENT_FOR = 60  # seconds without a heartbeat, after which a worker counts as dead


@every("* * * * *", Job.REAP_JOBS, queueing_lock="reap")
async def reap_jobs(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned instant
    """Queue the jobs of killed workers again: each is idempotent, and the queue would forget them."""
    # The worker's own connector: Django's cannot be used from a coroutine.
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_FOR):
        try:
            await manager.retry_job(job)
        except ConnectorException:  # it ended at this very moment
            log.warning("a stalled job could not be queued again", job=job.id, task=job.task_name)
        else:
            log.warning("a job of a dead worker was queued again", job=job.id, task=job.task_name)


@every("53 2 * * *", Job.FORGET_OLD, queueing_lock="forget-old")
def forget_what_is_old(timestamp: int) -> None:  # noqa: ARG001
    """Delete what only grows and serves nobody any more."""
    forget_old(now=now())
