"""What a mail server says of a mail of ours, handed to those who keep the ledger of mails."""

from datetime import datetime
from typing import BinaryIO

from mespace.mail_in.mime.delivery_status import read_report
from mespace.mail_in.mime.letter import Letter
from mespace.mail_in.models import AutoAnswer
from mespace.notifications.models import Delivery
from mespace.notifications.operations.record_delivery_status import Outcome, record_delivery_status

MOST = 1024 * 1024  # bytes of a report that are looked at: what follows is the mail that it is about
_SAID = {Outcome.EVIDENCE: ("delivered", "evidence"), Outcome.FAILED: ("failed",), Outcome.KNOWN: ("known_report",)}


def report_delivery(file: BinaryIO, letter: Letter, *, now: datetime) -> tuple[str, ...]:
    """Remarks on the report: what it says of the mail, and whether it is about one of ours at all."""
    file.seek(0)
    outcome = record_delivery_status(raw=file.read(MOST), now=now)
    if outcome in _SAID:
        return _SAID[outcome]
    report = read_report(file, letter.root)
    known = Delivery.objects.filter(message_id__in=report.message_ids).exists()
    if not known and not AutoAnswer.objects.filter(message_id__in=report.message_ids).exists():
        return ("unknown_mail",)
    actions = {each.action for each in report.reports}
    return tuple(action for action in ("failed", "delayed", "relayed", "delivered") if action in actions)
