"""What a mail server says of a mail of ours, handed to those who keep the ledger of mails."""

import hashlib
from datetime import datetime
from typing import BinaryIO

from mespace.mail_in.mime.delivery_status import DeliveryReport, read_report
from mespace.mail_in.mime.letter import Letter
from mespace.mail_in.models import AutoAnswer, Outcome
from mespace.mail_in.own import returned_deliveries
from mespace.notifications.operations import record_bounce as words
from mespace.notifications.operations import record_delivery_status as fields
from mespace.notifications.operations.record_bounce import Bounce, record_bounce
from mespace.notifications.operations.record_delivery_status import record_delivery_status

MOST = 1024 * 1024  # bytes of a report that are looked at: what follows is the mail that it is about
_BY_FIELDS = {
    fields.Outcome.EVIDENCE: ("delivered", "evidence"),
    fields.Outcome.FAILED: ("failed",),
    fields.Outcome.KNOWN: ("known_report",),
}
_SAID = ("failed", "delayed", "relayed", "expanded", "delivered")
# What somebody must look at: a mail did not arrive, and the ledger cannot say which.
_UNCLEAR = {words.Outcome.UNKNOWN_MAIL, words.Outcome.OTHER_ADDRESS, words.Outcome.UNCLEAR}


def report_delivery(file: BinaryIO, letter: Letter, *, now: datetime) -> tuple[Outcome, tuple[str, ...]]:
    """What became of the report, and remarks on it: what it says, and whether it is about a mail of ours at all.

    What keeps to the standard is read by its fields, anything else by what it names and its words. A failure that
    fits no mail is left for a person to look at.
    """
    file.seek(0)
    raw = file.read(MOST)
    outcome = record_delivery_status(raw=raw, now=now)
    if outcome in _BY_FIELDS:
        return Outcome.DELIVERY_STATUS, _BY_FIELDS[outcome]
    report = read_report(file, letter.root)
    said = tuple(action for action in _SAID if action in report.actions)
    if outcome is fields.Outcome.NO_EVIDENCE:
        return Outcome.DELIVERY_STATUS, said
    if AutoAnswer.objects.filter(message_id__in=report.message_ids).exists():
        return Outcome.DELIVERY_STATUS, said
    matched = record_bounce(bounce=_bounce(report, letter, raw), now=now)
    if matched not in _UNCLEAR:
        return Outcome.DELIVERY_STATUS, (matched.value,)
    is_harmless = bool(said) and "failed" not in said
    return Outcome.DELIVERY_STATUS if is_harmless else Outcome.UNCLEAR_BOUNCE, tuple(
        dict.fromkeys((*said, matched.value))
    )


def _bounce(report: DeliveryReport, letter: Letter, raw: bytes) -> Bounce:
    first = report.reports[0] if report.reports else None
    return Bounce(
        message_ids=report.message_ids[:20],
        returned_to=tuple(returned_deliveries(letter.headers)),
        recipients=tuple(each.recipient for each in report.reports),
        action=next((action for action in ("failed", "delayed") if action in report.actions), ""),
        status=(first.status if first else "") or report.told.status,
        server=first.reporting_server if first else "",
        words=report.told.reason,
        digest=hashlib.sha256(raw).hexdigest(),
    )
