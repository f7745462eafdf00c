"""The room's jobs: each is a line or two that call the domain."""

from django.conf import settings

from mespace.mail_in.operations.handle_inbound import handle_inbound, waiting
from mespace.mail_in.operations.poll_mailbox import poll_mailbox
from mespace.mail_in.operations.send_answer import send_answer, sweep_answers
from mespace.platform import clock
from mespace.platform.jobs import Job, every, task


@every("* * * * *", Job.POLL_MAILBOX, queueing_lock="poll-mailbox")
def take_in_mails(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned instant
    """Keep what lies in the mailbox, then handle it; the second also when the mailbox cannot be reached."""
    if settings.IMAP is None:
        return
    try:
        poll_mailbox(now=clock.now)
    finally:
        handle_waiting(0)


@every("*/5 * * * *", Job.SWEEP_INBOUND, queueing_lock="sweep-inbound")
def handle_waiting(timestamp: int) -> None:  # noqa: ARG001
    """Handle mails that wait, whatever became of the job that should have, and queue lost answers again."""
    for inbound_id in waiting(now=clock.now()):
        handle_inbound(inbound_id=inbound_id, now=clock.now())
    sweep_answers(now=clock.now())


@task(Job.HANDLE_INBOUND)
def handle_one(*, inbound_id: int) -> None:
    """Handle one mail that was taken out of quarantine."""
    handle_inbound(inbound_id=inbound_id, now=clock.now())


@task(Job.SEND_AUTO_ANSWER)
def send_one_answer(*, answer_id: int) -> None:
    """Send one automatic answer; its own retries are in its row."""
    send_answer(answer_id=answer_id, now=clock.now())
