"""The queue's filters as they stand in an address."""

from dataclasses import fields, replace
from urllib.parse import urlencode

from django.http import QueryDict

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.queries.lists import VIEWS, QueueFilter

_NUMBERS = {"customer", "product", "site", "assignee"}
_LONGEST_NUMBER = 18  # bigint's digits
NARROW_VIEWS = ("todo", "waiting", "all")


def views_for(actor: Actor) -> tuple[str, ...]:
    """The views that mean something to the actor: to those who see assigned tickets only, “mine” is all they see."""
    return VIEWS if actor.can(Permission.TICKET_READ_ALL) else NARROW_VIEWS


def parse_filter(query: QueryDict, actor: Actor) -> QueueFilter:
    """The filter in an address; what is not understood means any."""
    values: dict[str, object] = {}
    for field in fields(QueueFilter):
        text = query.get(field.name, "")
        if field.name in _NUMBERS:
            values[field.name] = _number(text)
        elif text:
            values[field.name] = text[:40]
    wanted = QueueFilter(**values)  # type: ignore[arg-type]
    if wanted.view not in views_for(actor):
        wanted = replace(wanted, view="todo")
    if wanted.site and not wanted.customer:
        wanted = replace(wanted, site=None)
    return wanted


def filter_query(wanted: QueueFilter, **changes: object) -> str:
    """The address's query of a filter, without what is not set; never empty, since a view is always named."""
    wanted = replace(wanted, **changes)  # type: ignore[arg-type]
    return urlencode({field.name: value for field in fields(wanted) if (value := getattr(wanted, field.name))})


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None
