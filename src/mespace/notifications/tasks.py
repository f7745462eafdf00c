"""The room's jobs: each is a line that calls the domain."""

from datetime import datetime

from procrastinate import RetryStrategy

from mespace.notifications.operations.announce import announce
from mespace.notifications.operations.count_receipt import count_receipt
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.plan_digests import plan_digests
from mespace.notifications.operations.remind_of_sessions import remind_of_sessions
from mespace.notifications.operations.send_mail import send_mail
from mespace.notifications.operations.sweep_deliveries import sweep_deliveries
from mespace.notifications.operations.tell_of_left_sessions import tell_of_left_sessions
from mespace.notifications.operations.watch_deadlines import watch_deadlines
from mespace.platform import clock
from mespace.platform.jobs import Job, every, task

AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4)  # up to about an hour


@task(Job.NOTIFY, retry=AGAIN)
def notify_people(*, ticket_id: int, first_seq: int, last_seq: int) -> None:
    """Tell people of the events of one act."""
    notify(ticket_id=ticket_id, first_seq=first_seq, last_seq=last_seq, now=clock.now())


@task(Job.ANNOUNCE, retry=AGAIN)
def announce_to_people(
    *, kind: str, subject_kind: str, subject_id: int, recipients: list[int], occasion: str = "", at: str | None = None
) -> None:
    """Tell people of something that is no ticket; `at` is an instant in ISO 8601 with its offset."""
    announce(
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        recipients=recipients,
        occasion=occasion,
        at=datetime.fromisoformat(at) if at else None,
        now=clock.now(),
    )


@task(Job.SEND_MAIL)
def send_planned_mail(*, delivery_id: int) -> None:
    """Send one mail of the ledger; its own retries are in the ledger."""
    send_mail(delivery_id=delivery_id, now=clock.now())


@task(Job.RECORD_MAIL_RECEIPT, retry=AGAIN)
def record_receipt_of_mail(*, delivery_id: int) -> None:
    """Write what a mail's way proves of its receipt into the ticket's log."""
    count_receipt(delivery_id=delivery_id, now=clock.now())


@every("* * * * *", Job.WATCH_DEADLINES, queueing_lock="watch-deadlines")
def raise_alarms(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned instant
    """Raise the alarms of the reaction clock."""
    watch_deadlines(now=clock.now())


@every("* * * * *", Job.REMIND_OF_SESSIONS, queueing_lock="remind-of-sessions")
def remind_of_coming_sessions(timestamp: int) -> None:  # noqa: ARG001
    """Remind both sides of remote sessions that begin soon."""
    remind_of_sessions(now=clock.now())


@every("* * * * *", Job.TELL_OF_LEFT_SESSIONS, queueing_lock="tell-of-left-sessions")
def tell_of_sessions_left(timestamp: int) -> None:  # noqa: ARG001
    """Tell of remote sessions that cannot begin, because somebody who was to take part has left."""
    tell_of_left_sessions(now=clock.now())


@every("*/5 * * * *", Job.SWEEP_DELIVERIES, queueing_lock="sweep-deliveries")
def sweep_mail_ledger(timestamp: int) -> None:  # noqa: ARG001
    """Put right what crashes left in the mail ledger."""
    sweep_deliveries(now=clock.now())


@every("*/5 * * * *", Job.PLAN_DIGESTS, queueing_lock="plan-digests")
def plan_morning_digests(timestamp: int) -> None:  # noqa: ARG001
    """Plan the digests of a working day, from its beginning on."""
    plan_digests(now=clock.now())
