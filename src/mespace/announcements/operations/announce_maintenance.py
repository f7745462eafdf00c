"""Planned work is announced ahead, with its exact start and the exact instant of restored access (clause 4.3)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.announcements.lead import lead_of
from mespace.announcements.lifecycle import Kind
from mespace.announcements.models import MaintenanceWindow
from mespace.announcements.obligation_kinds import NOTICE, RESTORE
from mespace.announcements.operations._tell import render_soon, tell_maintenance
from mespace.announcements.plan import MaintenancePlan, components_of, text_refused, times_refused
from mespace.announcements.texts import digest_of, keep_entry, unsaved_entry
from mespace.announcements.timers import project
from mespace.ledger.append import Fact, append
from mespace.ledger.canonical import instant_text
from mespace.ledger.models import Stream
from mespace.obligations.kinds import Name, by_instant
from mespace.obligations.operations.fulfil import fulfil
from mespace.obligations.operations.open_obligation import open_obligation


@transaction.atomic
def announce_maintenance(*, actor: Actor, now: datetime, plan: MaintenancePlan) -> MaintenanceWindow:
    """The window, announced: people are told, and both its notice and its promised end are obligations.

    How short the notice is, is reported and no breach. Raises Refused, ValidationError by field.
    """
    actor.require(Permission.ANNOUNCEMENTS_MANAGE)
    now = now.replace(microsecond=0)
    starts_at, restore_at = plan.starts_at.replace(microsecond=0), plan.restore_at.replace(microsecond=0)
    errors = text_refused(title=plan.title, text=plan.text)
    errors |= times_refused(starts_at=starts_at, restore_at=restore_at, now=now)
    if errors:
        raise ValidationError(dict(errors))
    components = components_of(plan.component_ids)
    lead = lead_of(now=now, starts_at=starts_at).seconds
    entry = unsaved_entry(title=plan.title, text=plan.text)
    payload = {
        "starts": instant_text(starts_at),
        "restore": instant_text(restore_at),
        "components": sorted(component.pk for component in components),
        "lead": lead,
        "digest": digest_of(entry),
    }
    stream = Stream.objects.create(subject="maintenance")
    (event,) = append(stream=stream, facts=[Fact(Kind.ANNOUNCED, actor.log_name, now, payload)], recorded_at=now)
    window = MaintenanceWindow(
        stream=stream,
        announced_at=event.at,
        announced_by_id=actor.person_id,
        first_restore_at=restore_at,
        title=entry.title,
        text=entry.text,
        starts_at=starts_at,
        restore_at=restore_at,
        lead_seconds=lead,
        told_at=event.at,
        version=event.seq,
    )
    project(window)
    window.save(force_insert=True)
    window.components.set(components)
    keep_entry(entry, stream_id=stream.pk, seq=event.seq, kind=Kind.ANNOUNCED, at=event.at)
    render_soon()
    tell_maintenance(window, kind=Kind.ANNOUNCED, event=event, now=now)
    give_notice(window, actor=actor, now=now)
    open_obligation(actor=actor, now=now, name=Name(RESTORE, window.pk), promise=by_instant(restore_at))
    return window


def give_notice(window: MaintenanceWindow, *, actor: Actor, now: datetime, which: str = "") -> None:
    """The notice that is owed before the start, and given: everybody's news is queued in this transaction."""
    name = Name(NOTICE, window.pk, which)
    open_obligation(actor=actor, now=now, name=name, promise=by_instant(window.starts_at))
    fulfil(actor=actor, now=now, name=name, how="announced")
