"""Taking in a bounce that keeps to no standard: what a mail server says in its own words of a mail of ours."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from mespace.notifications.models import Delivery, StatusReport
from mespace.notifications.operations._returned import mark_returned
from mespace.platform.addresses import ascii_address


@dataclass(frozen=True)
class Bounce:
    """A bounce as it was read: by what it names a mail, and what it says; nothing of it is believed yet."""

    message_ids: tuple[str, ...]  # in the headers of the mail that it gives back
    returned_to: tuple[int, ...]  # deliveries to whose signed return path it came
    recipients: tuple[str, ...]  # whom it says that it did not reach; it may name nobody
    action: str  # failed, delayed, or empty: it cannot be told
    status: str
    server: str
    words: str
    digest: str  # SHA-256 of the message


class Outcome(StrEnum):
    """What a bounce was."""

    UNKNOWN_MAIL = "unknown_mail"  # about no mail of the ledger
    OTHER_ADDRESS = "other_address"  # of a mail of ours, and about somebody to whom we did not write
    UNCLEAR = "unclear"  # of a mail of ours, but what became of it cannot be told
    KNOWN = "known_report"  # the same came before
    DELAYED = "delayed"
    FAILED = "failed"


def record_bounce(*, bounce: Bounce, now: datetime) -> Outcome:
    """What the bounce was, after it was written into the ledger; idempotent. It never is evidence of receipt.

    A mail is known by what only its reader and the servers on its way can know: its Message-ID in the headers that are
    given back, or its signed return path. That suffices for a failure, which only warns (docs/decisions/0013).
    """
    with transaction.atomic():
        delivery = _delivery(bounce)
        if delivery is None:
            return Outcome.UNKNOWN_MAIL
        if bounce.recipients and not _is_named(delivery, bounce):
            return Outcome.OTHER_ADDRESS
        if not bounce.action:
            return Outcome.UNCLEAR
        if delivery.reports.filter(digest=bounce.digest).exists():
            return Outcome.KNOWN
        StatusReport.objects.create(
            delivery=delivery,
            received_at=now,
            digest=bounce.digest,
            action=bounce.action,
            status=bounce.status[:12],
            server=bounce.server[:300],
            words=bounce.words[:300],
        )
        if bounce.action != Outcome.FAILED:
            return Outcome.DELAYED
        mark_returned(delivery=delivery, status=bounce.status, words=bounce.words, now=now)
    return Outcome.FAILED


def _delivery(bounce: Bounce) -> Delivery | None:
    """The mail of ours, locked."""
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("recipient")
    found = rows.filter(pk__in=bounce.returned_to[:1]).first()
    return found or rows.filter(message_id__in=bounce.message_ids).order_by("pk").first()


def _is_named(delivery: Delivery, bounce: Bounce) -> bool:
    """A mail of ours has one recipient."""
    address = delivery.address.lower()
    return bool({address, ascii_address(address)} & set(bounce.recipients))
