"""An outage is made public (clause 4.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.announcements.lifecycle import OutageKind
from mespace.announcements.models import Impact, Outage
from mespace.announcements.operations._outage import record
from mespace.announcements.plan import FARTHEST, components_of, text_refused
from mespace.announcements.texts import unsaved_entry
from mespace.ledger.canonical import instant_text
from mespace.ledger.models import Stream


@dataclass(frozen=True)
class NewOutage:
    """An outage as a manager describes it; `began_at` is aware, the text is Markdown."""

    title: str
    text: str
    component_ids: Sequence[int]
    began_at: datetime
    impact: str = Impact.DOWN


@transaction.atomic
def report_outage(*, actor: Actor, now: datetime, new: NewOutage) -> Outage:
    """The outage, public from now on; everybody concerned is told. Raises Refused, ValidationError by field."""
    actor.require(Permission.ANNOUNCEMENTS_MANAGE)
    now = now.replace(microsecond=0)
    began_at = new.began_at.replace(microsecond=0)
    errors = text_refused(title=new.title, text=new.text)
    if not new.text.strip():
        errors["text"] = _("Say what is known: everybody concerned reads it.")
    if began_at > now:
        errors["began_at"] = _("That instant has not come yet.")
    elif began_at < now - FARTHEST:
        errors["began_at"] = _("It lies more than a year back.")
    if new.impact not in Impact.values:
        errors["impact"] = _("Choose how far it goes.")
    if errors:
        raise ValidationError(dict(errors))
    components = components_of(new.component_ids)
    outage = Outage.objects.create(
        stream=Stream.objects.create(subject="outage"),
        title=new.title.strip(),
        impact=new.impact,
        began_at=began_at,
        reported_at=now,
        reported_by_id=actor.person_id,
        changed_at=now,
    )
    outage.components.set(components)
    payload = {
        "began": instant_text(began_at),
        "impact": str(new.impact),
        "components": sorted(component.pk for component in components),
    }
    entry = unsaved_entry(title=new.title, text=new.text)
    record(outage, OutageKind.REPORTED, actor=actor, now=now, payload=payload, entry=entry)
    return outage
