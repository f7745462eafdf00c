"""The tickets room's jobs: each is a line or two that call the domain."""

from datetime import timedelta

import structlog

from mespace.customers.actors import actor_of
from mespace.customers.release_sites import note_release_sites, people_using
from mespace.customers.releases_seen import RELEASE
from mespace.platform.clock import now
from mespace.platform.files import known_blobs, sweep_orphans
from mespace.platform.jobs import Job, defer, every, task
from mespace.platform.one_by_one import one_by_one
from mespace.products.models import Build, FixChange
from mespace.regulation.models import CalendarEdition
from mespace.regulation.queries import calendar_at
from mespace.tickets.models import AskOutcome
from mespace.tickets.operations.ask_about_release import ask_about_release, keep_outcome, tickets_to_ask
from mespace.tickets.operations.repin_calendar import repin_calendar, tickets_to_repin
from mespace.tickets.operations.settle import due_tickets, settle_ticket
from mespace.tickets.operations.tell_fix_changed import tell_fix_changed, tickets_to_tell
from mespace.tickets.operations.uploads import sweep_uploads
from mespace.tickets.queries.verification import Difference, differences

log = structlog.get_logger()
SECOND_LOOK = 600  # seconds; no act takes so long


@every("* * * * *", Job.SETTLE_TICKETS, queueing_lock="settle")
def settle_tickets(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned instant
    """Write what came due; a ticket that fails is reported and does not hold up the others."""
    one_by_one(
        due_tickets(now=now()),
        lambda ticket_id: settle_ticket(ticket_id=ticket_id, now=now()),
        failure="ticket could not be settled",
    )


@task(Job.REPIN_TICKETS, retry=5)
def repin_tickets(calendar: str, *, is_last: bool = False) -> None:
    """Measure the clocks that still run by a newly adopted calendar; one that fails is reported, the others go on.

    It comes a second time, for an act that had begun before the adoption and was committed after the first. A calendar
    that was replaced meanwhile is left alone.
    """
    if not is_last:
        defer(Job.REPIN_TICKETS, delay_seconds=SECOND_LOOK, calendar=calendar, is_last=True)
    edition = CalendarEdition.objects.defer("content").get(code=calendar)
    if calendar_at(now()) != edition:
        return
    one_by_one(
        tickets_to_repin(edition=edition),
        lambda ticket_id: repin_calendar(ticket_id=ticket_id, now=now(), edition=edition),
        failure=f"ticket could not be re-pinned to {calendar}",
    )


@task(Job.TELL_FIX_CHANGED, retry=5)
def tell_of_fix_change(*, change_id: int) -> None:
    """Tell every ticket that is linked to the known error; run again, it tells only those not told yet."""
    change = FixChange.objects.select_related("by").get(pk=change_id)
    actor = actor_of(change.by)
    one_by_one(
        tickets_to_tell(change=change),
        lambda ticket_id: tell_fix_changed(ticket_id=ticket_id, actor=actor, now=now(), change=change),
        failure=f"ticket could not be told of the change {change_id}",
    )


@task(Job.RELEASE_PUBLISHED, retry=5)
def tell_of_release(*, build_id: int) -> None:
    """Note the sites concerned, ask on each linked ticket, announce it; run again, it goes on where it stopped."""
    build = Build.objects.select_related("version__product", "published_by").get(pk=build_id)
    if build.published_at is None or build.published_by is None:
        return
    note_release_sites(build)
    actor = actor_of(build.published_by)
    changes = list(FixChange.objects.filter(known_error__in=build.resolves.all(), at=build.published_at))
    failed = 0
    for ticket_id in tickets_to_ask(build=build):
        try:
            ask_about_release(ticket_id=ticket_id, actor=actor, now=now(), build=build, changes=changes)
        except Exception:
            failed += 1
            log.exception("ticket could not be asked about a release", ticket=ticket_id)
            keep_outcome(ticket_id=ticket_id, build=build, outcome=AskOutcome.FAILED, now=now())
    defer(
        Job.ANNOUNCE,
        kind="release",
        subject_kind=RELEASE,
        subject_id=build.pk,
        recipients=people_using(build.version.product_id, at=build.published_at),
        at=build.published_at.isoformat(),
    )
    if failed:
        msg = f"{failed} tickets could not be asked about the release {build_id}"
        raise RuntimeError(msg)


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


@every("41 2 * * *", Job.SWEEP_FILES, queueing_lock="sweep-files")
def sweep_orphaned_files(timestamp: int) -> None:  # noqa: ARG001
    """Delete what lies in the file store without a row: what a process left that was killed between file and commit."""
    sweep_orphans(known=known_blobs, older_than=timedelta(days=2), now=now())
