"""What acts on an outage share: the lock, the fact with its text, and the columns that follow."""

from datetime import datetime
from typing import Any

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.announcements.errors import NoticeNotFound
from mespace.announcements.lifecycle import OutageKind
from mespace.announcements.models import Entry, Outage
from mespace.announcements.operations._tell import render_soon, tell_outage
from mespace.announcements.texts import digest_of, keep_entry
from mespace.ledger.append import Fact, append


def locked_outage(*, actor: Actor, outage_id: int) -> Outage:
    """The outage, locked until the transaction ends. Raises Refused, NoticeNotFound."""
    actor.require(Permission.ANNOUNCEMENTS_MANAGE)
    rows = Outage.objects.select_related("stream").select_for_update(of=("self", "stream"), no_key=True)
    found = rows.filter(pk=outage_id).first()
    if found is None:
        raise NoticeNotFound(outage_id)
    return found


def record(
    outage: Outage,
    kind: OutageKind,
    *,
    actor: Actor,
    now: datetime,
    payload: dict[str, Any],
    entry: Entry,
    **columns: Any,
) -> None:
    """Chain and write one fact with its text, and queue what people hear of it."""
    facts = [Fact(kind, actor.log_name, now, {**payload, "digest": digest_of(entry)})]
    (event,) = append(stream=outage.stream, facts=facts, recorded_at=now)
    keep_entry(entry, stream_id=outage.stream_id, seq=event.seq, kind=kind, at=event.at)
    for name, value in {**columns, "changed_at": event.at, "version": event.seq}.items():
        setattr(outage, name, value)
    outage.save()
    render_soon()
    tell_outage(outage, kind=kind, event=event, now=now)
