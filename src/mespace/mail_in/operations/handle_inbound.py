"""Doing with a kept mail what it is for: once, whatever crashes."""

from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from mespace.mail_in.models import Inbound, State
from mespace.mail_in.operations._route import route
from mespace.platform.files import NoRoom
from mespace.platform.pace import TooFast

log = structlog.get_logger("mespace.mail_in")
MOST_ATTEMPTS = 3
AGAIN = timedelta(minutes=5)
NOT_ITS_FAULT = (OperationalError, InterfaceError, NoRoom, TooFast)  # tried again until it is let through
BATCH = 200


def waiting(*, now: datetime) -> list[int]:
    """The mails that wait to be handled, the oldest first."""
    rows = Inbound.objects.filter(state=State.WAITING, next_attempt_at__lte=now).order_by("next_attempt_at", "pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def handle_inbound(*, inbound_id: int, now: datetime) -> None:
    """Handle the mail if it still waits. One that makes the code fail, or dies with it, ends in quarantine.

    Everything that a mail does is one transaction with its row, so it is done once or not at all.
    """
    if not _claimed(inbound_id, now=now):
        return
    try:
        with transaction.atomic():
            inbound = Inbound.objects.select_for_update(of=("self",)).get(pk=inbound_id)
            if inbound.state != State.WAITING:
                return
            done = route(inbound, now=now)
            inbound.state, inbound.outcome, inbound.next_attempt_at = State.DONE, done.outcome, None
            inbound.ticket_id, inbound.contact_id = done.ticket_id, done.contact_id
            inbound.remarks, inbound.handled_at, inbound.error = list(done.remarks), now, ""
            inbound.save()
    except NOT_ITS_FAULT as error:
        log.warning("a mail is handled later", inbound=inbound_id, error=type(error).__name__)
        Inbound.objects.filter(pk=inbound_id, state=State.WAITING).update(attempts=F("attempts") - 1)
    except Exception as error:
        log.exception("a mail could not be handled", inbound=inbound_id)
        _failed(inbound_id, type(error).__name__)


def _claimed(inbound_id: int, *, now: datetime) -> bool:
    """Whether the mail is ours to handle now. The attempt counts before it is made: it may end the whole process."""
    with transaction.atomic():
        rows = Inbound.objects.select_for_update(of=("self",), skip_locked=True)
        inbound = rows.filter(pk=inbound_id, state=State.WAITING, next_attempt_at__lte=now).first()
        if inbound is None:
            return False
        if inbound.attempts >= MOST_ATTEMPTS:
            _quarantine(inbound, inbound.error or "Died")
            return False
        inbound.attempts += 1
        inbound.next_attempt_at = now + AGAIN
        inbound.save(update_fields=["attempts", "next_attempt_at"])
    return True


def _failed(inbound_id: int, error: str) -> None:
    with transaction.atomic():
        inbound = Inbound.objects.select_for_update(of=("self",)).get(pk=inbound_id)
        if inbound.state != State.WAITING:
            return
        inbound.error = error[:80]
        if inbound.attempts >= MOST_ATTEMPTS:
            _quarantine(inbound, error)
        else:
            inbound.save(update_fields=["error"])


def _quarantine(inbound: Inbound, error: str) -> None:
    inbound.state, inbound.next_attempt_at, inbound.error = State.QUARANTINED, None, error[:80]
    inbound.save(update_fields=["state", "next_attempt_at", "error"])
