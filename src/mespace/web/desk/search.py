"""Searching requests: a key leads straight to its request, words to a list."""

import re

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.platform.clock import now as clock_now
from mespace.tickets.queries import lists
from mespace.web.acts.by_key import redirect_to_key
from mespace.web.desk.door import desk_view
from mespace.web.desk.row_html import Columns, found_rows
from mespace.web.desk.rows import rows_of
from mespace.web.desk.shell import render_desk
from mespace.web.middleware import ActorRequest

LONGEST = 200
_WORD = re.compile(r"[^\W_]{3,}")
_ENDING = 3  # letters that a Russian word may lose or change


@require_safe
@desk_view
def search(request: ActorRequest) -> HttpResponse:
    """What was found, newest first; a key of a request that the person sees redirects to it."""
    actor = request.actor
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    cursor = request.GET.get("cursor") or None
    if cursor is None and (found := redirect_to_key(actor, text)) is not None:
        return found
    page = lists.search(actor=actor, text=text, cursor=cursor) if text else lists.Page([], None)
    address = f"{reverse('desk_search')}?{urlencode({'q': text})}"
    now = clock_now()
    rows = [(row, marked(row.ticket.subject, text)) for row in rows_of(page.rows, actor=actor, now=now)]
    columns = Columns(now, can_assign=False, shows_assignee=actor.can(Permission.TICKET_READ_ALL))
    context = {
        "text": text,
        "rows_html": found_rows(rows, columns),
        "first_url": address if cursor else "",
        "next_url": f"{address}&cursor={page.next_cursor}" if page.next_cursor else "",
        "shows_assignee": columns.shows_assignee,
    }
    return render_desk(request, "web/desk/search.html", context, place=reverse("desk_search"))


def marked(subject: str, text: str) -> SafeString:
    """The subject with the words that were searched for marked, in whatever form they stand there."""
    starts = [word[: max(_ENDING, len(word) - _ENDING)] for word in _WORD.findall(text.casefold())]
    if not starts:
        return format_html("{}", subject)
    parts, at = [], 0
    for match in re.finditer(r"[^\W_]+", subject):
        word = match[0].casefold()
        if any(word.startswith(start) and abs(len(word) - len(start)) <= 2 * _ENDING for start in starts):
            parts.append(format_html("{}<mark>{}</mark>", subject[at : match.start()], match[0]))
            at = match.end()
    parts.append(format_html("{}", subject[at:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped
