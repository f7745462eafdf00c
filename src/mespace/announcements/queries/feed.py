"""What stands in the public feed of announcements."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from mespace.announcements.atom import FeedEntry
from mespace.announcements.lifecycle import State
from mespace.announcements.models import Entry, MaintenanceWindow, Outage
from mespace.announcements.words import span_words, when_words
from mespace.platform.markdown import render

MOST = 30


def feed_entries(
    *, domain: str, maintenance_url: Callable[[int], str], outage_url: Callable[[int], str]
) -> list[FeedEntry]:
    """The newest announcements of both kinds, each with all its texts, newest first; three statements."""
    windows = list(MaintenanceWindow.objects.order_by("-starts_at", "-pk")[:MOST])
    outages = list(Outage.objects.order_by("-began_at", "-pk")[:MOST])
    texts = _texts([row.stream_id for row in windows] + [row.stream_id for row in outages])
    return [_of_window(row, texts, domain, maintenance_url(row.pk)) for row in windows] + [
        _of_outage(row, texts, domain, outage_url(row.pk)) for row in outages
    ]


def _of_window(row: MaintenanceWindow, texts: Mapping[UUID, list[Entry]], domain: str, url: str) -> FeedEntry:
    entries = texts.get(row.stream_id, [])
    titles = {
        State.ANNOUNCED: _("Planned work: %(title)s, %(span)s"),
        State.RUNNING: _("Planned work is under way: %(title)s, access by %(restore)s"),
        State.RESTORED: _("Access is restored since %(at)s: %(title)s"),
        State.CANCELLED: _("Planned work is cancelled: %(title)s, %(span)s"),
    }
    values = {
        "title": row.title,
        "span": span_words(row.starts_at, row.restore_at),
        "restore": when_words(row.restore_at),
        "at": when_words(row.restored_at) if row.restored_at else "",
    }
    return FeedEntry(
        id=f"tag:{domain},2026:maintenance/{row.pk}",
        title=titles[State(row.state)] % values,
        url=url,
        published_at=row.announced_at,
        updated_at=max((entry.at for entry in entries), default=row.announced_at),
        html=_html(entries),
    )


def _of_outage(row: Outage, texts: Mapping[UUID, list[Entry]], domain: str, url: str) -> FeedEntry:
    over = row.ended_at is not None
    title = _("The outage is over: %(title)s") if over else _("Outage since %(began)s: %(title)s")
    return FeedEntry(
        id=f"tag:{domain},2026:outage/{row.pk}",
        title=title % {"title": row.title, "began": when_words(row.began_at)},
        url=url,
        published_at=row.reported_at,
        updated_at=row.changed_at,
        html=_html(texts.get(row.stream_id, [])),
    )


def _html(entries: list[Entry]) -> str:
    return "".join(f"<p><strong>{when_words(each.at)}</strong></p>{render(each.text)}" for each in entries if each.text)


def _texts(streams: list[UUID]) -> dict[UUID, list[Entry]]:
    found: dict[UUID, list[Entry]] = {}
    for entry in Entry.objects.filter(stream__in=streams).order_by("-at", "-seq"):
        found.setdefault(entry.stream_id, []).append(entry)
    return found
