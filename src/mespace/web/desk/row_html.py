"""The rows of the desk's tables, a row by one function: as template tags, fifty rows took two thirds of a page's time.

Every text that people wrote goes through `escape`; what other functions of the kit drew is safe already.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.tickets.models import Ticket
from mespace.web.desk.rows import Row
from mespace.web.desk.templatetags.desk import critical_mark, desk_clock, moment_html, type_mark
from mespace.web.instants import Reader, reader
from mespace.web.templatetags.kit import badge_in


@dataclass(frozen=True)
class Columns:
    """Which columns the reader has, and the instant that the rows are shown at."""

    now: datetime
    can_assign: bool
    shows_assignee: bool


@dataclass(frozen=True)
class _Words:
    """What the rows say, in one language, escaped."""

    choose: str
    activity: str
    news: str
    registered: str
    assignee: str
    nobody: str


@cache
def _words(language: str | None) -> _Words:  # noqa: ARG001 - words differ by language
    news, nobody = escape(_("(news)")), escape(pgettext("assignee", "nobody"))
    return _Words(
        choose=escape(_("Choose %(key)s")),
        activity=escape(_("Activity")),
        news=f' <span class="sr-only">{news}</span>',
        registered=escape(_("Registered")),
        assignee=escape(_("Assignee")),
        nobody=f'<span class="muted">{nobody}</span>',
    )


def queue_rows(rows: Iterable[Row], columns: Columns) -> SafeString:
    """The queue's rows."""
    return mark_safe("".join(_queue_rows(rows, columns, reader())))  # noqa: S308 - see above


def found_rows(rows: Iterable[tuple[Row, SafeString]], columns: Columns) -> SafeString:
    """The rows of a search; beside each its subject with the found words marked."""
    return mark_safe("".join(_found_rows(rows, columns, reader())))  # noqa: S308 - see above


def _queue_rows(rows: Iterable[Row], columns: Columns, to: Reader) -> Iterator[str]:
    words = _words(to.language)
    for row in rows:
        ticket = row.ticket
        key, subject = ticket.key, escape(ticket.subject)
        yield f'<tr id="row-{key}"{_unread(row)} data-row>'
        if columns.can_assign:
            label = words.choose % {"key": key}
            yield (
                f'<td class="fit pick-cell"><input type="checkbox" form="bulk" name="ticket" value="{key}"'
                f' id="pick-{key}" aria-label="{label}"></td>'
            )
        yield (
            f'<td class="clock-cell">{desk_clock(row.clock, to)}</td>'
            f'<td class="key-cell"><span class="key">{key}</span></td>'
            f'<td class="subject"><span class="subject-text">{_marks(ticket, to)} <a href="{row.url}" id="open-{key}"'
            f' data-row-link title="{subject}">{subject}</a>{words.news if row.is_unread else ""}</span></td>'
        )
        yield _standing(ticket, to, title=", ".join(filter(None, (str(ticket.customer), str(ticket.site or "")))))
        if columns.shows_assignee:
            yield _assignee(ticket, words, is_mine=row.is_mine)
        active = moment_html(ticket.active_at, columns.now, to)
        yield f'<td class="activity-cell" data-label="{words.activity}">{active}</td></tr>'


def _found_rows(rows: Iterable[tuple[Row, SafeString]], columns: Columns, to: Reader) -> Iterator[str]:
    words = _words(to.language)
    for row, marked in rows:
        ticket = row.ticket
        yield (
            f'<tr{_unread(row)} data-row><td class="key-cell"><span class="key">{ticket.key}</span></td>'
            f'<td class="subject"><span class="subject-text">{_marks(ticket, to)} <a href="{row.url}" data-row-link'
            f' title="{escape(ticket.subject)}">{marked}</a></span></td>'
        )
        yield _standing(ticket, to)
        if columns.shows_assignee:
            yield _assignee(ticket, words)
        registered = moment_html(ticket.registered_at, columns.now, to)
        yield f'<td class="activity-cell" data-label="{words.registered}">{registered}</td></tr>'


def _unread(row: Row) -> str:
    return ' class="unread"' if row.is_unread else ""


def _marks(ticket: Ticket, to: Reader) -> str:
    """Critical or not, and the type."""
    critical = f"{critical_mark(to.language)} " if ticket.criticality == "critical" else ""
    return critical + type_mark(to.language, ticket.type)


def _standing(ticket: Ticket, to: Reader, *, title: str = "") -> str:
    """Status and customer."""
    told = f' title="{escape(title)}"' if title else ""
    badge = badge_in(to.language, "status", ticket.status)
    return f'<td>{badge}</td><td class="customer-cell"{told}>{escape(str(ticket.customer))}</td>'


def _assignee(ticket: Ticket, words: _Words, *, is_mine: bool = False) -> str:
    name = escape(ticket.assignee.full_name) if ticket.assignee is not None else ""
    if is_mine:
        name = f"<strong>{name}</strong>"
    return f'<td class="assignee-cell" data-label="{words.assignee}">{name or words.nobody}</td>'
