"""Sending one mail of the ledger, at most once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from mespace.accounts.subjects import subject_of
from mespace.customers.actors import actor_of
from mespace.ledger.models import Event
from mespace.notifications.audience import sees
from mespace.notifications.channels.mail.compose import compose
from mespace.notifications.channels.mail.return_path import return_path
from mespace.notifications.channels.mail.smtp import Handed, Outcome, hand_over
from mespace.notifications.digest import has_news
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Evidence, Preference, Reason, State
from mespace.notifications.news import is_for_staff, message_of
from mespace.notifications.operations._warn import warn_of_undelivered
from mespace.notifications.table import Relation, Timing
from mespace.platform.jobs import Job, defer
from mespace.tickets.lifecycle import Status
from mespace.tickets.models import Ticket

# Waits between attempts, in seconds: two days in all, then the mail has failed.
WAITS = (60, 300, 900, 3600, *[3 * 3600] * 4, *[6 * 3600] * 6)
CLAIM_HOLDS = timedelta(minutes=10)  # longer than any attempt can take; a claim older than this is a dead worker's


def send_mail(*, delivery_id: int, now: datetime) -> Delivery | None:
    """The ledger line after an attempt; None when there was nothing to do (sent, claimed by another, not due yet).

    The claim is committed before the server is spoken to: a crash in between leaves `sending`, later `uncertain`.
    """
    delivery = _claim(delivery_id, now)
    if delivery is None:
        return None
    reason = _reason_against(delivery)
    if reason is not None:
        return _settle(delivery, State.NOT_SENT, reason=reason)
    try:
        mail, holds_full_text = compose(delivery)
    except Exception as error:
        _settle(delivery, State.FAILED, last_error=type(error).__name__)
        raise
    handed = hand_over(mail, return_path=return_path(delivery) or None, envelope_id=delivery.envelope_id or "")
    known = _known(handed) | {"holds_full_text": holds_full_text}
    match handed.outcome:
        case Outcome.SENT:
            return _sent(delivery, known, now)
        case Outcome.KEPT:
            return _settle(delivery, State.KEPT, **known)
        case Outcome.UNCERTAIN:
            return _settle(delivery, State.UNCERTAIN, **known)
        case Outcome.LATER if delivery.attempts <= len(WAITS):
            wait = WAITS[delivery.attempts - 1]
            with transaction.atomic():
                defer(Job.SEND_MAIL, delivery_id=delivery.pk, delay_seconds=wait)
                return _settle(delivery, State.PLANNED, next_attempt_at=now + timedelta(seconds=wait), **known)
        case Outcome.LATER | Outcome.REFUSED:
            with transaction.atomic():
                failed = _settle(delivery, State.FAILED, **known)
                warn_of_undelivered(delivery=failed, now=now)
                return failed


def _known(handed: Handed) -> dict[str, object]:
    reply = handed.reply
    return {
        "last_error": handed.error,
        "reply_code": reply.code,
        "reply_text": reply.text,
        "queue_id": reply.queue_id,
        "asked_for_status": handed.asked_for_status,
        "kept_as": handed.kept_as,
    }


def _sent(delivery: Delivery, known: dict[str, object], now: datetime) -> Delivery:
    """The server took it: evidence of receipt if it is the recipient's own (E3), written in a job of its own."""
    is_direct = delivery.address.rpartition("@")[2].lower() in settings.MAIL_DIRECT_DOMAINS
    evidence = Evidence.DIRECT if is_direct else Evidence.RELAY
    with transaction.atomic():
        if is_direct:
            defer(Job.RECORD_MAIL_RECEIPT, delivery_id=delivery.pk)
        return _settle(delivery, State.SENT, sent_at=now, evidence=evidence, evidence_at=now, **known)


def _claim(delivery_id: int, now: datetime) -> Delivery | None:
    with transaction.atomic(durable=True):
        delivery = (
            Delivery.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("recipient")
            .filter(pk=delivery_id, state=State.PLANNED, next_attempt_at__lte=now)
            .first()
        )
        if delivery is None:
            return None
        delivery.state, delivery.claimed_at, delivery.next_attempt_at = State.SENDING, now, None
        delivery.attempts += 1
        delivery.save(update_fields=["state", "claimed_at", "next_attempt_at", "attempts"])
    return delivery


def _settle(delivery: Delivery, state: State, **columns: object) -> Delivery:
    """Write what became of the attempt, also over `uncertain` when a sweep was faster: this is the better knowledge."""
    columns["state"] = state
    rows = Delivery.objects.filter(pk=delivery.pk, state__in=[State.SENDING, State.UNCERTAIN])
    if rows.update(**columns):
        for name, value in columns.items():
            setattr(delivery, name, value)
    return delivery


def _reason_against(delivery: Delivery) -> Reason | None:
    """Why the mail must not go now: rights, wishes and the thing may have changed since it was planned."""
    user = delivery.recipient
    if not user.is_active or user.email != delivery.address or not _still_sees(delivery):
        return Reason.NO_LONGER_SEEN
    preference = Preference.objects.filter(user=user).first() or Preference()
    if not (preference.digest if delivery.is_digest else _wanted(preference, delivery)):
        return Reason.NOT_WANTED
    return Reason.OUTDATED if _is_outdated(delivery) else None


def _wanted(preference: Preference, delivery: Delivery) -> bool:
    """Whether the person has not turned such mails off; one that was moved to the digest meanwhile still goes."""
    if not delivery.relation:  # planned before relations were kept
        return True
    return preference.timing(Kind(delivery.kind), Relation(delivery.relation)) is not Timing.OFF


def _still_sees(delivery: Delivery) -> bool:
    actor = actor_of(delivery.recipient)
    if delivery.is_digest:
        return True  # its lines are asked one by one
    if delivery.ticket_id is None:
        seen = subject_of(delivery.subject_kind).visible_to(actor)
        return seen.filter(pk=delivery.subject_id).exists()
    ticket = Ticket.objects.get(pk=delivery.ticket_id)
    event = Event.objects.filter(stream_id=ticket.stream_id, seq=delivery.seq).first()
    staff_only = event is not None and is_for_staff(event, message_of(event, ticket))
    return sees(actor, ticket, staff_only=staff_only)


def _is_outdated(delivery: Delivery) -> bool:
    if delivery.is_digest:
        return not has_news(delivery)
    if delivery.ticket_id is None:
        return False
    ticket = Ticket.objects.get(pk=delivery.ticket_id)
    match Kind(delivery.kind):
        case Kind.REMINDER:
            return ticket.status not in {Status.INFO_REQUESTED, Status.SOLUTION_PROPOSED}
        case Kind.NEAR_DEADLINE | Kind.HALF_LEFT | Kind.QUARTER_LEFT | Kind.BROKEN_DEADLINE:
            return ticket.status != Status.OPEN
        case Kind.FILED:
            return not delivery.recipient.is_customer and ticket.status != Status.OPEN
        case Kind.ALARM:
            return ticket.status == Status.CLOSED
    return False
