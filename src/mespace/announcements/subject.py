"""Planned work and outages as subjects of news."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.subjects import About, Subject, Words
from mespace.announcements.lifecycle import Kind, OutageKind
from mespace.announcements.models import Entry, MaintenanceWindow, Outage
from mespace.announcements.visibility import NoticeQuerySet
from mespace.announcements.words import span_words, when_words


def _maintenance(actor: Actor) -> NoticeQuerySet[MaintenanceWindow]:
    return MaintenanceWindow.objects.visible_to(actor)


def _outages(actor: Actor) -> NoticeQuerySet[Outage]:
    return Outage.objects.visible_to(actor)


def maintenance_words(actor: Actor, news: Collection[About]) -> Mapping[About, Words]:
    """What happened to planned work, with the start and the promised restoration as they are now; two statements."""
    rows = _maintenance(actor).in_bulk({about.subject_id for about in news})
    texts = _texts({row.pk: row.stream_id for row in rows.values()})
    told = {}
    for about in news:
        row = rows.get(about.subject_id)
        if row is None:
            continue
        kind, seq = _occasion(about.occasion)
        values = {
            "title": row.title,
            "span": span_words(row.starts_at, row.restore_at),
            "restore": when_words(row.restore_at),
            "at": when_words(row.restored_at) if row.restored_at else "",
        }
        text = texts.get((row.pk, seq), "")
        times = _("The work starts at the first and access is restored by the second instant: %(span)s.") % values
        told[about] = Words(
            title=_maintenance_title(kind, row.restored_at) % values,
            url=reverse("announcements:maintenance", args=[row.pk]),
            text=f"{times}\n\n{text}".strip(),
        )
    return told


def _maintenance_title(kind: str, restored_at: datetime | None) -> str:
    titles = {
        Kind.ANNOUNCED: _("Planned work: %(title)s, %(span)s"),
        Kind.MOVED: _("Planned work is moved: %(title)s, %(span)s"),
        Kind.REVISED: _("Planned work is described anew: %(title)s, %(span)s"),
        Kind.REMINDED: _("Planned work is near: %(title)s, %(span)s"),
        Kind.OVERRUN: _("Planned work takes longer than promised: %(title)s"),
        Kind.PROLONGED: _("Access is now promised for %(restore)s: %(title)s"),
        Kind.RESTORED: _("Access is restored since %(at)s: %(title)s"),
        Kind.CANCELLED: _("Planned work is cancelled: %(title)s, %(span)s"),
    }
    if kind == Kind.RESTORED and restored_at is None:
        kind = Kind.ANNOUNCED
    return titles.get(Kind(kind) if kind in set(Kind) else Kind.ANNOUNCED, titles[Kind.ANNOUNCED])


def outage_words(actor: Actor, news: Collection[About]) -> Mapping[About, Words]:
    """What is known of an outage, by its update; two statements."""
    rows = _outages(actor).in_bulk({about.subject_id for about in news})
    texts = _texts({row.pk: row.stream_id for row in rows.values()})
    titles = {
        OutageKind.REPORTED: _("Outage since %(began)s: %(title)s"),
        OutageKind.UPDATED: _("News of the outage: %(title)s"),
        OutageKind.ENDED: _("The outage is over: %(title)s"),
    }
    told = {}
    for about in news:
        row = rows.get(about.subject_id)
        if row is None:
            continue
        kind, seq = _occasion(about.occasion)
        title = titles[OutageKind(kind) if kind in set(OutageKind) else OutageKind.REPORTED]
        values = {"title": row.title, "began": when_words(row.began_at)}
        told[about] = Words(
            title=title % values,
            url=reverse("announcements:outage", args=[row.pk]),
            text=texts.get((row.pk, seq), ""),
        )
    return told


def _occasion(occasion: str) -> tuple[str, int]:
    kind, _colon, seq = occasion.partition(":")
    return kind, int(seq) if seq.isascii() and seq.isdigit() else 0


def _texts(streams: Mapping[int, object]) -> dict[tuple[int, int], str]:
    rows = Entry.objects.filter(stream_id__in=list(streams.values())).values_list("stream_id", "seq", "text")
    owners = {stream: pk for pk, stream in streams.items()}
    return {(owners[stream], seq): text for stream, seq, text in rows}


MAINTENANCE_SUBJECT = Subject("maintenance", _maintenance, maintenance_words)
OUTAGE_SUBJECT = Subject("outage", _outages, outage_words)
