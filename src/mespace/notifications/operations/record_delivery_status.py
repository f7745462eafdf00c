"""Taking in what a mail server reports of a mail of ours (RFC 3464)."""

import hashlib
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from mespace.notifications.channels.mail.status_report import Action, RecipientStatus, StatusReport, status_report
from mespace.notifications.models import Delivery, Evidence, State
from mespace.notifications.models import StatusReport as Kept
from mespace.notifications.operations._returned import ON_ITS_WAY, mark_returned
from mespace.platform.addresses import ascii_address
from mespace.platform.jobs import Job, defer


class Outcome(StrEnum):
    """What a message was."""

    NOT_A_REPORT = "not_a_report"  # unreadable, or something else
    NOT_OURS = "not_ours"  # about no mail that we know, or none of its recipients
    KNOWN = "known"  # the same report came before
    EVIDENCE = "evidence"  # the recipient's own server has delivered it
    NO_EVIDENCE = "no_evidence"  # relayed, expanded, delayed, or not sure enough to prove anything
    FAILED = "failed"  # it was not delivered, and staff are warned


def record_delivery_status(*, raw: bytes, now: datetime) -> Outcome:
    """What the message was, after what it reports was written. Raises nothing that its sender can cause; idempotent.

    A delivery is evidence of receipt only if the report names our secret envelope id, so that no reader of the mail
    can have made it up, and tells of the very address that we wrote to. A failure is believed by the Message-ID, too:
    it only warns. Whatever comes after evidence is kept and moves nothing.
    """
    report = status_report(raw)
    if report is None:
        return Outcome.NOT_A_REPORT
    with transaction.atomic():
        delivery, is_secret = _delivery(report)
        told = _about(report, delivery) if delivery is not None else None
        if delivery is None or told is None:
            return Outcome.NOT_OURS
        is_evidence = is_secret and told.action is Action.DELIVERED and _is_own(told, delivery.address)
        kept = Kept(
            delivery=delivery,
            received_at=now,
            digest=hashlib.sha256(raw).hexdigest(),
            action=told.action.value,
            status=told.status,
            server=report.server,
            words=told.words,
            is_evidence=is_evidence,
        )
        if Kept.objects.filter(delivery=delivery, digest=kept.digest).exists():
            return Outcome.KNOWN
        kept.save()
        if is_evidence:
            return _delivered(delivery, now)
        if told.action is Action.FAILED:
            was_returned = mark_returned(delivery=delivery, status=told.status, words=told.words, now=now)
            return Outcome.FAILED if was_returned else Outcome.NO_EVIDENCE
    return Outcome.NO_EVIDENCE


def _delivery(report: StatusReport) -> tuple[Delivery | None, bool]:
    """The mail of ours, locked, and whether the report knows its secret name."""
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("recipient")
    if report.envelope_id:
        found = rows.filter(envelope_id=report.envelope_id.lower()).first()
        if found is not None:
            return found, True
    return (rows.filter(message_id=report.message_id).first() if report.message_id else None), False


def _about(report: StatusReport, delivery: Delivery) -> RecipientStatus | None:
    """What is said of our recipient; a mail of ours has but one."""
    address = ascii_address(delivery.address.lower())
    for told in report.recipients:
        if address in {ascii_address(told.original_recipient), ascii_address(told.final_recipient)}:
            return told
    return None


def _is_own(told: RecipientStatus, address: str) -> bool:
    """Whether the mailbox that took it is where we wrote to, not one of another domain that it was passed on to."""
    return ascii_address(told.final_recipient).rpartition("@")[2] == ascii_address(address.lower()).rpartition("@")[2]


def _delivered(delivery: Delivery, now: datetime) -> Outcome:
    if delivery.evidence in {Evidence.DIRECT, Evidence.CONFIRMED} or delivery.state not in ON_ITS_WAY:
        return Outcome.NO_EVIDENCE
    delivery.evidence, delivery.evidence_at = Evidence.CONFIRMED, now
    delivery.state, delivery.sent_at = State.SENT, delivery.sent_at or now
    delivery.save(update_fields=["evidence", "evidence_at", "state", "sent_at"])
    defer(Job.RECORD_MAIL_RECEIPT, delivery_id=delivery.pk)
    return Outcome.EVIDENCE
