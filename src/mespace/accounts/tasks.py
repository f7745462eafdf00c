"""The room's jobs."""

from mespace.accounts.operations.send_password_link import send_password_link
from mespace.platform import clock
from mespace.platform.jobs import Job, task


@task(Job.SEND_PASSWORD_LINK, retry=3)
def send_link(*, email: str) -> None:
    """Mail a one-time link to the person with this address, if there is one."""
    send_password_link(email=email, now=clock.now())
