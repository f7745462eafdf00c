"""The regulation room's jobs."""

import structlog

from mespace.platform.clock import now
from mespace.platform.jobs import Job, every
from mespace.regulation.operations.extend_calendar import extend_calendar
from mespace.regulation.operations.watch_calendar import watch_calendar

log = structlog.get_logger()


@every("7 2 * * *", Job.EXTEND_CALENDAR, queueing_lock="extend-calendar")
def keep_years_ahead(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned instant
    """See to it that a calendar lies two years ahead."""
    edition = extend_calendar(now=now())
    if edition is not None:
        log.warning("provisional years were added to the calendar", edition=edition.code)


@every("41 5 * * *", Job.WATCH_CALENDAR, queueing_lock="watch-calendar")
def remind_of_transfers(timestamp: int) -> None:  # noqa: ARG001
    """From October on, tell managers while the next year's transfers are not adopted; once a month."""
    watch_calendar(now=now())
