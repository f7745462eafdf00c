"""Ask for a reset mail."""

from hashlib import sha256

from mespace.platform.jobs import Job, defer


def request_password_reset(*, email: str) -> None:
    """Queue the mail. Whether there is such a person is only looked up by the worker.

    So the answer and its time are the same for a known and an unknown address.
    """
    address = email.strip().lower()
    key = sha256(address.encode()).hexdigest()[:16]
    defer(Job.SEND_PASSWORD_LINK, unique=f"password-link:{key}", email=address)
