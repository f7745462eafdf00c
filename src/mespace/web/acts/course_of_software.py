"""What the course says of known errors, articles and supported configurations."""

from datetime import date
from typing import Any, Protocol

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mespace.platform.folding.address import address
from mespace.tickets.queries.ticket import TicketView
from mespace.web.instants import day_words


class Teller(Protocol):
    """What a sentence is made of: the event's payload and the ticket's view."""

    payload: dict[str, Any]
    view: TicketView


def fix_changed(teller: Teller) -> str:
    """The known error's fix was named, moved or became available."""
    payload = teller.payload
    if payload["state"] == "fixed":
        return _("The known error is fixed: %(target)s is available") % {"target": payload["target"]}
    if payload["state"] == "planned":
        values = {"target": payload["target"], "on": day_words(date.fromisoformat(payload["on"]))}
        return _("The fix of the known error is planned: %(target)s on %(on)s") % values
    return _("The fix of the known error is no longer planned")


def known_error_linked(teller: Teller) -> str:
    """The cause is confirmed."""
    return _("The cause is a known error of the software: %(code)s") % {"code": _code(teller)}


def known_error_unlinked(teller: Teller) -> str:
    """It was not the cause."""
    return _("The known error %(code)s is not the cause after all") % {"code": _code(teller)}


def outside_support(_teller: Teller) -> str:
    """Marked by an agent."""
    return _("Outside support: it comes from a configuration that is not supported")


def within_support(_teller: Teller) -> str:
    """The mark is gone."""
    return _("Within support after all")


def _code(teller: Teller) -> str:
    """The known error's code; its number where the ticket is no longer linked to it."""
    error = teller.view.ticket.known_error
    if error is not None and error.pk == teller.payload["known_error"]:
        return error.code
    return f"№ {teller.payload['known_error']}"


def article(view: TicketView, number: str) -> SafeString:
    """An article's title as a link for whoever may read it, its number for everybody else."""
    title = view.articles.get(int(number))
    if title is None:
        return format_html("№ {}", number)
    return format_html('<a href="{}">«{}»</a>', address("kb:article", number), title)
