"""The words of a mail: in the recipient's language and time zone, threaded by ticket, from what the rows say now."""

from __future__ import annotations

import re
import zoneinfo
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.accounts.models import User
from mespace.ledger.models import Event
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, State
from mespace.notifications.news import actor_id, message_of
from mespace.platform.markdown import plain_text, render

if TYPE_CHECKING:
    from datetime import date, datetime

    from mespace.tickets.models import Attachment, Message, Ticket

MOSCOW = zoneinfo.ZoneInfo("Europe/Moscow")
LONGEST_TEXT = 30_000  # characters of a message that a mail holds; of a longer one, the beginning
SAID = frozenset(
    {Kind.QUESTION, Kind.PROPOSAL, Kind.MESSAGE, Kind.NOTE, Kind.REACTION, Kind.CLOSED, Kind.FILED}
)  # news that is a text

_PICTURE = re.compile(r'<img src="([^"]*)" alt="([^"]*)" loading="lazy">')
_OWN_LINK = re.compile(r'href="(/(?:t|files)/)')


@dataclass(frozen=True)
class Letter:
    """What a mail says, ready for the templates."""

    heading: str
    lines: list[str]
    text: str
    html: str
    cut: bool
    files: list[tuple[str, str]]
    url: str
    footer: str


def compose(delivery: Delivery) -> tuple[EmailMultiAlternatives, bool]:
    """The mail of a ledger line (ticket and recipient joined), and whether it holds the full text of its message."""
    user = delivery.recipient
    with translation.override(user.language), timezone.override(user.time_zone):
        letter, message = _letter(delivery)
        context = {"letter": letter, "language": user.language}
        mail = EmailMultiAlternatives(
            subject=subject_of(Kind(delivery.kind), delivery.ticket),
            body=_plain(letter),
            to=[delivery.address],
            headers=_headers(delivery),
        )
        mail.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return mail, message is not None and message.removed_at is None and not letter.cut


def subject_of(kind: Kind, ticket: Ticket) -> str:
    """`[ZAVOD-42] Information needed: the ticket's subject`, in one line, in the present language."""
    return " ".join(f"[{ticket.key}] {kind.label}: {ticket.subject}".split())


def ticket_url(ticket: Ticket) -> str:
    """The ticket's address for people."""
    return f"{settings.BASE_URL}/t/{ticket.key}/"


def file_url(attachment_id: int) -> str:
    """An attachment's address; it asks for a sign-in."""
    return f"{settings.BASE_URL}/files/{attachment_id}/"


def _headers(delivery: Delivery) -> dict[str, str]:
    """A Message-ID fixed beforehand; all mails about a ticket hang on one root, each on the one before it."""
    root = f"<ticket-{delivery.ticket.stream_id}@{delivery.message_id.rpartition('@')[2].rstrip('>')}>"
    before = (
        Delivery.objects.filter(
            recipient_id=delivery.recipient_id, ticket_id=delivery.ticket_id, state=State.SENT, pk__lt=delivery.pk
        )
        .order_by("-pk")
        .values_list("message_id", flat=True)
        .first()
    )
    return {
        "Message-ID": delivery.message_id,
        "In-Reply-To": before or root,
        "References": f"{root} {before}" if before else root,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def _letter(delivery: Delivery) -> tuple[Letter, Message | None]:
    ticket, kind = delivery.ticket, Kind(delivery.kind)
    event = Event.objects.filter(stream_id=ticket.stream_id, seq=delivery.seq).first() if delivery.seq else None
    message = message_of(event, ticket) if event is not None and kind in SAID else None
    source = message.body if message is not None else ""
    cut = len(source) > LONGEST_TEXT
    source = source[:LONGEST_TEXT]
    lines = [_what_happened(kind, ticket, event, delivery.recipient)]
    if message is not None and message.removed_at is not None:
        lines.append(_("The text of this message was removed."))
    letter = Letter(
        heading=f"{ticket.key} · {ticket.subject}",
        lines=[line for line in lines if line],
        text=plain_text(source),
        html=_absolute(render(source, attachment_url=file_url)) if source else "",
        cut=cut,
        files=[(one.name, file_url(one.pk)) for one in _files(message)],
        url=ticket_url(ticket),
        footer=_(
            "This mail was sent by MESPACE Support. Replies to it are not read: answer on the page of the request. "
            "Which mails you get is set in your profile."
        ),
    )
    return letter, message


def _files(message: Message | None) -> list[Attachment]:
    return [] if message is None else [one for one in message.attachments.all() if one.removed_at is None]


def _what_happened(kind: Kind, ticket: Ticket, event: Event | None, reader: User) -> str:  # noqa: C901, PLR0911, PLR0912 - a sentence a kind
    facts = {
        "key": ticket.key,
        "name": _name(event),
        "customer": ticket.customer.name,
        "due": instant_words(ticket.reaction_due_at),
    }
    match kind:
        case Kind.ALARM if ticket.reacted_at is not None:
            return _("The request %(key)s of %(customer)s is now reported as critical.") % facts
        case Kind.ALARM:
            return (
                _("The request %(key)s of %(customer)s is now reported as critical. Reaction is due by %(due)s.")
                % facts
            )
        case Kind.NEAR_DEADLINE:
            return _("The request %(key)s of %(customer)s is not accepted yet. Reaction is due by %(due)s.") % facts
        case Kind.BROKEN_DEADLINE:
            return _("The request %(key)s of %(customer)s was not accepted by %(due)s: the reaction is late.") % facts
        case Kind.FILED if not reader.is_customer:
            return _("%(customer)s filed the request %(key)s. Reaction is due by %(due)s.") % facts
        case Kind.FILED:
            return _("Support registered the request %(key)s. It will react by %(due)s.") % facts
        case Kind.ACCEPTED:
            return _("%(name)s accepted the request %(key)s.") % facts
        case Kind.QUESTION:
            return _("%(name)s needs information from you to go on with %(key)s.") % facts
        case Kind.PROPOSAL:
            return _("%(name)s proposes a solution for %(key)s. Accept it, or say why it does not help.") % facts
        case Kind.REMINDER if ticket.term_due_at is not None:
            return _("Support awaits your answer about %(key)s. Without one, the request is suspended on %(end)s.") % {
                "key": ticket.key,
                "end": instant_words(ticket.term_due_at),
            }
        case Kind.SUSPENDED if event is not None and event.kind == "suspended_unanswered":
            return (
                _("There was no answer in time, so the request %(key)s is suspended. Any answer takes it up again.")
                % facts
            )
        case Kind.SCHEDULED if ticket.planned_on is not None:
            return _("A fix for %(key)s is planned for %(target)s on %(day)s.") % {
                "key": ticket.key,
                "target": ticket.planned_target,
                "day": day_words(ticket.planned_on),
            }
        case Kind.CLOSED:
            return _("The request %(key)s is closed: %(resolution)s.") % {
                "key": ticket.key,
                "resolution": ticket.get_resolution_display(),
            }
        case Kind.NOTE:
            return _("%(name)s wrote an internal note on %(key)s. Customers do not see it.") % facts
        case Kind.ASSIGNED:
            return _("%(name)s assigned the request %(key)s of %(customer)s to you.") % facts
        case Kind.HANDED_OVER:
            return (
                _("%(name)s handed the request %(key)s over. Its questions now go to the colleague who took it.")
                % facts
            )
        case Kind.MESSAGE | Kind.REACTION:
            return _("%(name)s wrote about %(key)s.") % facts
    return _("%(key)s: %(news)s.") % {"key": ticket.key, "news": kind.label}


def _name(event: Event | None) -> str:
    number = actor_id(event) if event is not None else None
    person = User.objects.filter(pk=number).first() if number is not None else None
    return person.full_name if person is not None else _("The system")


def instant_words(at: datetime) -> str:
    """An instant on the recipient's clock, and on Moscow's where the two differ."""
    here, moscow = timezone.localtime(at), timezone.localtime(at, MOSCOW)
    name = pgettext("time zone", "MSK")
    if here.utcoffset() == moscow.utcoffset():
        return f"{day_words(here.date())} {here:%H:%M} {name}"
    other = "" if here.date() == moscow.date() else f"{day_words(moscow.date())} "
    return f"{day_words(here.date())} {here:%H:%M} ({other}{moscow:%H:%M} {name})"


def day_words(day: date) -> str:
    """A date that no reader takes for another: 18.11.2026 or 18 Nov 2026."""
    return date_format(day, "d.m.Y" if translation.get_language() == "ru" else "j M Y")


def _absolute(html: str) -> str:
    """Pictures become links, since a mail program is not signed in; our own addresses become whole."""
    html = _PICTURE.sub(lambda found: f'<a href="{found[1]}">{found[2] or found[1]}</a>', html)
    return _OWN_LINK.sub(rf'href="{settings.BASE_URL}\1', html)


def _plain(letter: Letter) -> str:
    parts = [letter.heading, *letter.lines, letter.text]
    if letter.cut:
        parts.append(_("The text goes on on the page of the request."))
    if letter.files:
        parts.append("\n".join([_("Files:"), *(f"{name}: {url}" for name, url in letter.files)]))
    parts += [letter.url, f"-- \n{letter.footer}"]
    return "\n\n".join(part for part in parts if part) + "\n"
