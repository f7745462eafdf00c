"""The status page's jobs: its copy is drawn on every change, and every minute, so its age tells that somebody looks."""

from mespace.platform.clock import now
from mespace.platform.jobs import Job, every, task
from mespace.web.status.copies import write_copy
from mespace.web.status.drawing import draw_status


@task(Job.RENDER_STATUS, retry=3)
def render_status() -> None:
    """Something changed: the copy follows."""
    write_copy(draw_status(now=now()))


@every("* * * * *", Job.REFRESH_STATUS, queueing_lock="refresh-status")
def refresh_status(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned instant
    """Nothing changed, and the copy says that this is still so."""
    write_copy(draw_status(now=now()))
