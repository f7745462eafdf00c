"""A mail of the ledger: in the recipient's language and time zone, threaded by what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mespace.notifications.channels.mail.announcement import announcement
from mespace.notifications.channels.mail.reply import reply_address, reply_mark
from mespace.notifications.channels.mail.ticket_letter import ticket_letter
from mespace.notifications.models import Delivery, State
from mespace.tickets.models import Ticket
from mespace.tickets.subject import TICKET

if TYPE_CHECKING:
    from mespace.notifications.channels.mail.letter import Letter


def compose(delivery: Delivery) -> tuple[EmailMultiAlternatives, bool]:
    """The mail of a ledger line (its recipient joined), and whether it holds the full text of what it is about."""
    user = delivery.recipient
    with translation.override(user.language), timezone.override(user.time_zone):
        ticket = _ticket(delivery)
        letter = announcement(delivery) if ticket is None else ticket_letter(delivery, ticket)
        answer = reply_address(delivery)
        mark, footer = (reply_mark() if answer else ""), _footer(delivery, can_answer=bool(answer))
        context = {"letter": letter, "language": user.language, "mark": mark, "footer": footer}
        mail = EmailMultiAlternatives(
            subject=letter.subject,
            body=_plain(letter, mark, footer),
            to=[delivery.address],
            reply_to=[answer] if answer else None,
            headers=_headers(delivery, ticket),
        )
        mail.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return mail, letter.holds_full_text


def _ticket(delivery: Delivery) -> Ticket | None:
    if delivery.ticket_id is None:
        return None
    return Ticket.objects.select_related("customer", "stream").get(pk=delivery.ticket_id)


def _headers(delivery: Delivery, ticket: Ticket | None) -> dict[str, str]:
    """A Message-ID fixed beforehand; all mails about a thing hang on one root, each on the one before it."""
    name = f"{delivery.subject_kind}-{delivery.subject_id if ticket is None else ticket.stream_id}"
    root = f"<{name}@{delivery.message_id.rpartition('@')[2].rstrip('>')}>"
    before = (
        Delivery.objects.filter(
            recipient_id=delivery.recipient_id,
            subject_kind=delivery.subject_kind,
            subject_id=delivery.subject_id,
            state=State.SENT,
            pk__lt=delivery.pk,
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


def _footer(delivery: Delivery, *, can_answer: bool) -> str:
    sent = _("This mail was sent by MESPACE Support.")
    if can_answer:
        answer = _("Answer it, or write on the page of the request.")
    elif delivery.subject_kind == TICKET:
        answer = _("Replies to it are not read: answer on the page of the request.")
    else:
        answer = _("Replies to it are not read.")
    return " ".join([sent, answer, _("Which mails you get is set in your profile.")])


def _plain(letter: Letter, mark: str, footer: str) -> str:
    parts = [mark, letter.heading, *letter.lines, letter.text]
    if letter.cut:
        parts.append(_("The text goes on on the page."))
    if letter.files:
        parts.append("\n".join([_("Files:"), *(f"{name}: {url}" for name, url in letter.files)]))
    parts += [letter.url, f"-- \n{footer}"]
    return "\n\n".join(part for part in parts if part) + "\n"
