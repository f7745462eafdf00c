"""The template from which a referral to another vendor's support is composed: what the ticket already says."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from mespace.tickets.models import Ticket


@dataclass(frozen=True)
class ReferralWords:
    """The two parts of a referral."""

    found: str
    tell: str


def prefilled(ticket: Ticket) -> ReferralWords:
    """Both parts from the ticket, in the language of the person who is to go there; needs its neighbours fetched."""
    with translation.override(ticket.holder.language):
        values = {"key": ticket.key, "subject": ticket.subject, "product": ticket.product.name}
        found = _("Request %(key)s “%(subject)s” was examined. The cause lies outside %(product)s.") % values
        lines = [_("What happens: %(subject)s.") % values, _software(ticket)]
        if ticket.site is not None:
            lines.append(_("Where: %(place)s.") % {"place": _place(ticket)})
        if ticket.what_was_done:
            lines.append(_("What was done when it happened: %(text)s") % {"text": ticket.what_was_done})
        if ticket.expected:
            lines.append(_("What was expected: %(text)s") % {"text": ticket.expected})
        lines.append(_("Support of %(product)s examined it under %(key)s and can confirm what was found.") % values)
    return ReferralWords(found, "\n".join(f"- {line}" for line in lines))


def _software(ticket: Ticket) -> str:
    build = f" {ticket.build.full_number}" if ticket.build is not None else ""
    return _("Beside it runs: %(software)s.") % {"software": f"{ticket.product.name}{build}"}


def _place(ticket: Ticket) -> str:
    parts = [ticket.site, ticket.area, ticket.work_center]
    return " / ".join(part.name for part in parts if part is not None)
