"""Something more is known of an outage."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.announcements.errors import NotNow
from mespace.announcements.lifecycle import OutageKind
from mespace.announcements.models import LONGEST_TEXT, Impact, Outage
from mespace.announcements.operations._outage import locked_outage, record
from mespace.announcements.texts import unsaved_entry


@transaction.atomic
def update_outage(*, actor: Actor, now: datetime, outage_id: int, text: str, impact: str) -> Outage:
    """The outage with a dated update. Raises Refused, NoticeNotFound, NotNow once it is over, ValidationError."""
    outage = locked_outage(actor=actor, outage_id=outage_id)
    if outage.ended_at is not None:
        raise NotNow(OutageKind.UPDATED, "ended")
    if not text.strip():
        raise ValidationError({"text": _("Say what is known: everybody concerned reads it.")})
    if len(text) > LONGEST_TEXT:
        raise ValidationError({"text": _("It is too long.")})
    if impact not in Impact.values:
        raise ValidationError({"impact": _("Choose how far it goes.")})
    entry = unsaved_entry(text=text)
    payload = {"impact": str(impact)}
    record(outage, OutageKind.UPDATED, actor=actor, now=now, payload=payload, entry=entry, impact=impact)
    return outage
