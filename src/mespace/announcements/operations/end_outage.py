"""An outage is over."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.announcements.lifecycle import OutageKind
from mespace.announcements.models import LONGEST_TEXT, Outage
from mespace.announcements.operations._outage import locked_outage, record
from mespace.announcements.texts import unsaved_entry
from mespace.ledger.canonical import instant_text


@transaction.atomic
def end_outage(*, actor: Actor, now: datetime, outage_id: int, text: str = "", at: datetime | None = None) -> Outage:
    """The outage, over since `at` (else `now`). Ended again, nothing happens.

    Raises Refused, NoticeNotFound, ValidationError at `ended_at` for an instant before its beginning or in the future.
    """
    outage = locked_outage(actor=actor, outage_id=outage_id)
    if outage.ended_at is not None:
        return outage
    ended_at = (at or now).replace(microsecond=0)
    if ended_at > now:
        raise ValidationError({"ended_at": _("That instant has not come yet.")})
    if ended_at < outage.began_at:
        raise ValidationError({"ended_at": _("That lies before the beginning of the outage.")})
    if len(text) > LONGEST_TEXT:
        raise ValidationError({"text": _("It is too long.")})
    entry = unsaved_entry(text=text)
    payload = {"ended": instant_text(ended_at)}
    record(outage, OutageKind.ENDED, actor=actor, now=now, payload=payload, entry=entry, ended_at=ended_at)
    return outage
