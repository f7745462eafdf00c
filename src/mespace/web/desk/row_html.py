"""The rows of the desk's tables, a row by one function: as template tags, fifty rows took two thirds of a page's time.

Every text that people wrote goes through `escape`; what other functions of the kit drew is safe already.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.tickets.models import Ticket
from mespace.web.desk.rows import Row
from mespace.web.desk.templatetags.desk import critical_mark, desk_clock, moment, type_icon, type_word
from mespace.web.templatetags.kit import status_badge


@dataclass(frozen=True)
class Columns:
    """Which columns the reader has, and the instant that the rows are shown at."""

    now: datetime
    can_assign: bool
    shows_assignee: bool


def queue_rows(rows: Iterable[Row], columns: Columns) -> SafeString:
    """The queue's rows."""
    return mark_safe("".join(_queue_rows(rows, columns)))  # noqa: S308 - see above


def found_rows(rows: Iterable[tuple[Row, SafeString]], columns: Columns) -> SafeString:
    """The rows of a search; beside each its subject with the found words marked."""
    return mark_safe("".join(_found_rows(rows, columns)))  # noqa: S308 - see above


def _queue_rows(rows: Iterable[Row], columns: Columns) -> Iterator[str]:
    choose, activity = _("Choose %(key)s"), escape(_("Activity"))
    news = f' <span class="sr-only">{escape(_("(news)"))}</span>'
    for row in rows:
        ticket = row.ticket
        key, subject = ticket.key, escape(ticket.subject)
        label = escape(choose % {"key": key})
        yield f'<tr id="row-{key}"{_unread(row)} data-row>'
        if columns.can_assign:
            yield (
                f'<td class="fit pick-cell"><input type="checkbox" form="bulk" name="ticket" value="{key}"'
                f' id="pick-{key}" aria-label="{label}"></td>'
            )
        yield (
            f'<td class="clock-cell">{desk_clock(row.clock)}</td>'
            f'<td class="key-cell"><span class="key">{key}</span></td>'
            f'<td class="subject"><span class="subject-text">{_marks(ticket)} <a href="{row.url}" id="open-{key}"'
            f' data-row-link title="{subject}">{subject}</a>{news if row.is_unread else ""}</span></td>'
        )
        yield _standing(ticket, title=", ".join(filter(None, (str(ticket.customer), str(ticket.site or "")))))
        if columns.shows_assignee:
            yield _assignee(ticket, is_mine=row.is_mine)
        yield f'<td class="activity-cell" data-label="{activity}">{moment(ticket.active_at, columns.now)}</td></tr>'


def _found_rows(rows: Iterable[tuple[Row, SafeString]], columns: Columns) -> Iterator[str]:
    registered = escape(_("Registered"))
    for row, marked in rows:
        ticket = row.ticket
        yield (
            f'<tr{_unread(row)} data-row><td class="key-cell"><span class="key">{ticket.key}</span></td>'
            f'<td class="subject"><span class="subject-text">{_marks(ticket)} <a href="{row.url}" data-row-link'
            f' title="{escape(ticket.subject)}">{marked}</a></span></td>'
        )
        yield _standing(ticket)
        if columns.shows_assignee:
            yield _assignee(ticket)
        yield (
            f'<td class="activity-cell" data-label="{registered}">{moment(ticket.registered_at, columns.now)}</td></tr>'
        )


def _unread(row: Row) -> str:
    return ' class="unread"' if row.is_unread else ""


def _marks(ticket: Ticket) -> str:
    """Critical or not, and the type."""
    critical = f"{critical_mark()} " if ticket.criticality == "critical" else ""
    return f'{critical}<span class="row-type" title="{escape(type_word(ticket.type))}">{type_icon(ticket.type)}</span>'


def _standing(ticket: Ticket, *, title: str = "") -> str:
    """Status and customer."""
    told = f' title="{escape(title)}"' if title else ""
    return f'<td>{status_badge(ticket.status)}</td><td class="customer-cell"{told}>{escape(str(ticket.customer))}</td>'


def _assignee(ticket: Ticket, *, is_mine: bool = False) -> str:
    name = escape(ticket.assignee.full_name) if ticket.assignee is not None else ""
    if is_mine:
        name = f"<strong>{name}</strong>"
    shown = name or f'<span class="muted">{escape(pgettext("assignee", "nobody"))}</span>'
    return f'<td class="assignee-cell" data-label="{escape(_("Assignee"))}">{shown}</td>'
