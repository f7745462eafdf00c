"""Deferring work by name, inside the caller's transaction: the queue is the outbox."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

untyped_app: Any = app  # what decorates has no types


class Job(StrEnum):
    """Every job of the product, by the name under which its one task is registered. Sorted."""

    ANNOUNCE = "notifications.announce"
    CREDENTIALS_GIVEN = "customers.credentials_given"
    EDITION_PUBLISHED = "obligations.edition_published"
    EXTEND_CALENDAR = "regulation.extend_calendar"
    FORGET_IMPORTS = "customers.forget_imports"
    FORGET_OLD = "platform.forget_old"
    HANDLE_INBOUND = "mail_in.handle_inbound"
    MISS_OBLIGATIONS = "obligations.miss"
    NOTIFY = "notifications.notify"
    PLAN_DIGESTS = "notifications.plan_digests"
    POLL_MAILBOX = "mail_in.poll_mailbox"
    REAP_JOBS = "platform.reap_jobs"
    RECORD_MAIL_RECEIPT = "notifications.record_mail_receipt"
    REFRESH_STATUS = "status.refresh"
    RELEASE_PUBLISHED = "tickets.release_published"
    REMIND_OF_SESSIONS = "notifications.remind_of_sessions"
    RENDER_STATUS = "status.render"
    REPIN_OBLIGATIONS = "obligations.repin"
    REPIN_TICKETS = "tickets.repin"
    SEND_AUTO_ANSWER = "mail_in.send_auto_answer"
    SEND_MAIL = "notifications.send_mail"
    SEND_PASSWORD_LINK = "accounts.send_password_link"  # noqa: S105 - a job, no password
    SETTLE_MAINTENANCE = "announcements.settle_maintenance"
    SETTLE_TICKETS = "tickets.settle"
    SWEEP_ARTICLE_FILES = "knowledge.sweep_files"
    SWEEP_DELIVERIES = "notifications.sweep_deliveries"
    SWEEP_FILES = "tickets.sweep_files"
    SWEEP_INBOUND = "mail_in.sweep_inbound"
    SWEEP_UPLOADS = "tickets.sweep_uploads"
    TELL_FIX_CHANGED = "tickets.tell_fix_changed"
    TELL_OF_LEFT_SESSIONS = "notifications.tell_of_left_sessions"
    VERIFY_ANNOUNCEMENTS = "announcements.verify"
    VERIFY_OBLIGATIONS = "obligations.verify"
    VERIFY_TICKETS = "tickets.verify"
    WARN_OF_CONTRACT_ENDS = "customers.warn_of_contract_ends"
    WATCH_CALENDAR = "regulation.watch_calendar"
    WATCH_DEADLINES = "notifications.watch_deadlines"


def defer(job: Job, *, unique: str | None = None, delay_seconds: int = 0, **arguments: Any) -> None:
    """Queue `job`; it vanishes with the caller's transaction if that rolls back.

    `unique` is a queueing lock: while such a job is waiting, a second one is not added.
    """
    from procrastinate.exceptions import AlreadyEnqueued

    options: dict[str, Any] = {"queueing_lock": unique} if unique else {}
    if delay_seconds:
        options["schedule_in"] = {"seconds": delay_seconds}
    deferrer = app.configure_task(job.value, **options)
    if not unique:
        deferrer.defer(**arguments)
        return
    try:
        with transaction.atomic():  # a savepoint: the refusal of a second one must not abort the caller's transaction
            deferrer.defer(**arguments)
    except AlreadyEnqueued:
        return


def task(job: Job, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Register the decorated function as the one task of `job`."""
    return app.task(name=job.value, **options)


def every(cron: str, job: Job, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Register the decorated function (taking `timestamp: int`) as the periodic task of `job`."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        made: Callable[..., Any] = untyped_app.periodic(cron=cron)(
            untyped_app.task(name=job.value, **options)(function)
        )
        return made

    return register
