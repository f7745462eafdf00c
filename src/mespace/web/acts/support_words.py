"""What limited or ended support and an unsupported configuration mean for a ticket: the same words for both sides."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import moscow_date
from mespace.platform.folding.address import address
from mespace.products.models import SupportLevel
from mespace.products.support import support_level
from mespace.tickets.events import Kind
from mespace.tickets.queries.ticket import TicketView


@dataclass(frozen=True)
class SupportNote:
    """A note above the course: `passport_url` leads to known solutions, fixes and the way up, where there is a site."""

    text: str
    icon: str
    passport_url: str = ""
    reason_url: str = ""


def support_notes(view: TicketView) -> list[SupportNote]:
    """The notes of a ticket; asks the database nothing beyond the view."""
    notes = []
    if means := level_words(view):
        notes.append(SupportNote(means, "versions", passport_url=passport_url(view)))
    if view.ticket.outside_support:
        text = _(
            "Outside support: the request comes from a configuration that is not supported (clause 6.1). "
            "It is answered as far as known solutions go."
        )
        marks = [event for event in view.events if event.kind == Kind.OUTSIDE_SUPPORT]
        reason = f"#m{marks[-1].payload['message']}" if marks else ""
        notes.append(SupportNote(text, "ban", passport_url=passport_url(view), reason_url=reason))
    return notes


def level_words(view: TicketView) -> str:
    """What the support level of the ticket's version means (clause 6.2); empty for full support or no build."""
    if view.ticket.build is None:
        return ""
    version = view.ticket.build.version
    level = support_level(version, moscow_date(view.now))
    if level == SupportLevel.FULL:
        return ""
    first = (
        _("Support of version %(number)d has ended.")
        if level == SupportLevel.ENDED
        else _("Version %(number)d has limited support.")
    )
    means = _(
        "The request is worked on with known solutions, existing fixes and builds, and help to upgrade (clause 6.2)."
    )
    return f"{first % {'number': version.number}} {means}"


def passport_url(view: TicketView) -> str:
    """The passport of the ticket's site, for those who may read it."""
    ticket, actor = view.ticket, view.actor
    narrowed = actor.site_ids is not None and ticket.site_id not in actor.site_ids
    if ticket.site_id is None or narrowed or not actor.can(Permission.INSTALLATIONS_READ):
        return ""
    return f"{address('site_passport', ticket.site_id)}#product-{ticket.product_id}"
