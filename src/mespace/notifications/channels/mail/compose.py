"""A mail of the ledger: in the recipient's language and time zone, threaded by what it is about."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import css_inline
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mespace.notifications.channels.mail.announcement import announcement
from mespace.notifications.channels.mail.digest_letter import digest_letter
from mespace.notifications.channels.mail.reply import reply_address, reply_mark
from mespace.notifications.channels.mail.ticket_letter import ticket_letter
from mespace.notifications.models import Delivery, State
from mespace.notifications.table import Relation
from mespace.notifications.unsubscribe import unsubscribe_url
from mespace.tickets.models import Ticket

if TYPE_CHECKING:
    from mespace.notifications.channels.mail.letter import Item, Letter


def compose(delivery: Delivery) -> tuple[EmailMultiAlternatives, bool]:
    """The mail of a ledger line (its recipient joined), and whether it holds the full text of what it is about."""
    user = delivery.recipient
    with translation.override(user.language), timezone.override(user.time_zone):
        ticket = _ticket(delivery)
        letter = _letter(delivery, ticket)
        answer, off = reply_address(delivery), unsubscribe_url(delivery)
        mark, footer = (reply_mark() if answer else ""), _footer(delivery, can_answer=bool(answer), off=off)
        context = {"letter": letter, "language": user.language, "mark": mark, "footer": footer, "off": off}
        context["preview"] = " ".join(letter.lines) or letter.heading  # what a list of mails shows in place of the mark
        mail = EmailMultiAlternatives(
            subject=letter.subject,
            body=_plain(letter, mark, footer, off),
            to=[delivery.address],
            reply_to=[answer] if answer else None,
            headers={**_threading(delivery, ticket), **_automatic(off)},
        )
        html = render_to_string("notifications/mail.html", context)
        mail.attach_alternative(_inliner().inline(html), "text/html")
    return mail, letter.holds_full_text


def _letter(delivery: Delivery, ticket: Ticket | None) -> Letter:
    if delivery.is_digest:
        return digest_letter(delivery)
    return announcement(delivery) if ticket is None else ticket_letter(delivery, ticket)


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    """Styles go into the elements, for programs that drop style sheets; what asks for a screen's kind stays apart."""
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True, keep_at_rules=True)


def _ticket(delivery: Delivery) -> Ticket | None:
    if delivery.ticket_id is None:
        return None
    return Ticket.objects.select_related("customer", "stream").get(pk=delivery.ticket_id)


def _threading(delivery: Delivery, ticket: Ticket | None) -> dict[str, str]:
    """A Message-ID fixed beforehand; all mails about a thing hang on one root, each on the one before it."""
    name = f"{delivery.subject_kind}-{delivery.subject_id if ticket is None else ticket.stream_id}"
    root = f"<{name}@{delivery.message_id.rpartition('@')[2].rstrip('>')}>"
    before = (
        Delivery.objects.filter(
            recipient_id=delivery.recipient_id,
            subject_kind=delivery.subject_kind,
            subject_id=delivery.subject_id,
            state__in=[State.SENT, State.KEPT],
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
    }


def _automatic(off: str) -> dict[str, str]:
    """What tells programs that no person wrote this: they answer nothing, and offer to turn it off where one may."""
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Precedence": "bulk"}
    if off:
        headers |= {"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def _footer(delivery: Delivery, *, can_answer: bool, off: str) -> str:
    parts = [_("This mail was sent by MESPACE Support.")]
    if can_answer:
        parts.append(_("Answer it, or write on the page of the request."))
    elif delivery.ticket_id is not None:
        parts.append(_("Replies to it are not read: answer on the page of the request."))
    else:
        parts.append(_("Replies to it are not read."))
    if delivery.relation:
        parts.append(_("You get it because %(relation)s.") % {"relation": Relation(delivery.relation).label})
    parts.append(
        _("Which mails you get is set in your profile.")
        if off
        else _("The support regulation asks for this mail: it cannot be turned off.")
    )
    return " ".join(parts)


def _plain(letter: Letter, mark: str, footer: str, off: str) -> str:
    parts = [mark, letter.heading, *letter.lines, letter.text]
    if letter.cut:
        parts.append(_("The text goes on on the page."))
    parts += [_plain_item(item) for item in letter.items]
    if letter.earlier:
        parts += [_("Earlier and still unread:"), *(_plain_item(item) for item in letter.earlier)]
    if letter.files:
        parts.append("\n".join([_("Files:"), *(f"{name}: {url}" for name, url in letter.files)]))
    parts.append(f"{letter.link}: {letter.url}")
    turn_off = [f"{_no_more()}: {off}"] if off else []
    parts.append("\n".join(["-- ", footer, *turn_off]))
    return "\n\n".join(part for part in parts if part) + "\n"


def _plain_item(item: Item) -> str:
    return f"{item.at} · {item.what}\n{item.title}\n{item.url}"


def _no_more() -> str:
    return _("No more such mails")
