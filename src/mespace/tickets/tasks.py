"""The tickets room's jobs: each is a line or two that call the domain."""

import structlog

from mespace.platform.clock import now
from mespace.platform.jobs import Job, every
from mespace.tickets.operations.settle import due_tickets, settle_ticket
from mespace.tickets.operations.uploads import sweep_uploads
from mespace.tickets.queries.verification import Difference, differences

log = structlog.get_logger()


@every("* * * * *", Job.SETTLE_TICKETS, queueing_lock="settle", pass_context=False)
def settle_tickets(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned instant
    """Write what came due; a ticket that fails is reported and does not hold up the others."""
    for ticket_id in due_tickets(now=now()):
        try:
            settle_ticket(ticket_id=ticket_id, now=now())
        except Exception:
            log.exception("ticket could not be settled", ticket=ticket_id)


@every("17 3 * * *", Job.VERIFY_TICKETS, queueing_lock="verify")
def verify_tickets(timestamp: int) -> None:  # noqa: ARG001
    """Re-derive every ticket from its log; any difference fails the job, which is the alarm."""
    found = [item for item in differences() if isinstance(item, Difference)]
    for item in found:
        log.error("a ticket differs from its log", difference=str(item))
    if found:
        msg = f"{len(found)} differences; the first: {found[0]}"
        raise RuntimeError(msg)


@every("29 * * * *", Job.SWEEP_UPLOADS, queueing_lock="sweep-uploads")
def sweep_unclaimed_uploads(timestamp: int) -> None:  # noqa: ARG001
    """Delete files that were uploaded and never sent."""
    sweep_uploads(now=now())
