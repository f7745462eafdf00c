"""What a person of the desk can do to a ticket now: buttons made of the table of moves and of rights."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mespace.accounts.permissions import Permission
from mespace.platform.folding.address import address
from mespace.tickets.lifecycle import Resolution, Verb
from mespace.tickets.queries.ticket import TicketView


@dataclass(frozen=True)
class Offer:
    """One act: sent at once, or after a small form (`form_url`)."""

    name: str
    label: str | Promise
    icon: str
    hotkey: str = ""
    form_url: str = ""
    post_url: str = ""
    is_main: bool = False  # stands in the bar, not in the menu


_AT_ONCE = (
    (Verb.START_WORK, "start-work", pgettext_lazy("act", "Start work"), "progress", "s"),
    (Verb.RESUME_ANALYSIS, "resume-analysis", pgettext_lazy("act", "Back to analysis"), "zoom-question", ""),
)
_WITH_FORM = (
    (Verb.RECORD_CUSTOMER_REACTION, "record-reaction", pgettext_lazy("act", "Record a reaction by phone"), "phone", ""),
    (Verb.RETRACT, "retract", pgettext_lazy("act", "Take back"), "arrow-back-up", ""),
    (Verb.SCHEDULE, "schedule", pgettext_lazy("act", "Schedule"), "calendar-event", ""),
    (Verb.SUSPEND, "suspend", pgettext_lazy("act", "Suspend"), "player-pause", ""),
    (Verb.UNDO_DUPLICATE, "undo-duplicate", pgettext_lazy("act", "Undo duplicate"), "copy", ""),
)
_ANY_TIME = (
    ("link", pgettext_lazy("act", "Link a request"), "link"),
    ("developers-task", pgettext_lazy("act", "Developers' task"), "code"),
    ("details", pgettext_lazy("act", "Complete the details"), "pencil"),
)


def accept_offer(view: TicketView) -> Offer | None:
    """Accepting alone, while the ticket is open."""
    if not view.can(Verb.ACCEPT):
        return None
    return Offer("accept", pgettext_lazy("act", "Accept"), "clipboard-check", "Shift+a", post_url=_post(view, "accept"))


def offers(view: TicketView) -> Iterator[Offer]:
    """Everything else, in the order in which it is shown; nothing for those who only read."""
    if not view.actor.can(Permission.TICKET_WORK):
        return
    for verb, name, label, icon, hotkey in _AT_ONCE:
        if view.can(verb):
            yield Offer(name, label, icon, hotkey, post_url=_post(view, name))
    for verb, name, label, icon, hotkey in _WITH_FORM:
        if view.can(verb):
            yield _form(view, name, label, icon, hotkey, is_main=True)
    yield from _by_state(view)
    yield _form(view, "log-work", pgettext_lazy("act", "Log work"), "stopwatch", "l", is_main=True)
    for name, label, icon in _ANY_TIME:
        yield _form(view, name, label, icon, "")
    yield _form(view, "link-article", pgettext_lazy("act", "Answer with an article"), "book", "")
    if view.actor.can(Permission.ARTICLES_WRITE):
        url = f"{address('kb:new')}?kind=solution&ticket={view.ticket.key}"
        yield Offer("make-article", pgettext_lazy("act", "Make an article of it"), "bulb", "", form_url=url)


def _by_state(view: TicketView) -> Iterator[Offer]:
    """What depends on whether the ticket is open, marked or linked."""
    actor, ticket = view.actor, view.ticket
    if ticket.is_open_work:
        if actor.can(Permission.TICKET_ASSIGN):
            yield _form(view, "assign", pgettext_lazy("act", "Assign"), "user-share", "i", is_main=True)
        yield _form(view, "propose-session", pgettext_lazy("act", "Propose a remote session"), "screen-share", "")
        yield _form(view, "reclassify", _("Change type or criticality"), "adjustments", "")
        if ticket.outside_support:
            yield _form(view, "within-support", pgettext_lazy("act", "Within support after all"), "shield-check", "")
        else:
            yield _form(view, "outside-support", pgettext_lazy("act", "Mark as outside support"), "ban", "")
    if ticket.known_error_id is None:
        yield _form(view, "link-known-error", pgettext_lazy("act", "Link to a known error"), "bug", "")
    elif ticket.resolution != Resolution.KNOWN_ERROR:
        yield _form(view, "unlink-known-error", pgettext_lazy("act", "Take the known error away"), "unlink", "")


def form_url(view: TicketView, name: str, **query: object) -> str:
    """Where an act's form is shown on the ticket's page."""
    more = "".join(f"&{key}={value}" for key, value in query.items())
    return f"{address('ticket', view.ticket.key)}?do={name}{more}#do"


def _form(view: TicketView, name: str, label: str | Promise, icon: str, hotkey: str, *, is_main: bool = False) -> Offer:
    return Offer(name, label, icon, hotkey, form_url=form_url(view, name), is_main=is_main)


def _post(view: TicketView, name: str) -> str:
    return address("ticket_act", view.ticket.key, name)
