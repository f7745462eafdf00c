"""A mail about something that is no ticket, in the words of the room that it belongs to."""

from django.conf import settings
from django.utils.translation import gettext as _

from mespace.accounts.subjects import subject_of
from mespace.customers.actors import actor_of
from mespace.notifications.channels.mail.letter import Letter, body_of, one_line
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery


class Gone(LookupError):  # noqa: N818 - it says what happened
    """The thing has no words any more: it was deleted, or its reader sees it no longer."""


def announcement(delivery: Delivery) -> Letter:
    """What the mail says, in the present language and time zone. Raises Gone."""
    kind, about = Kind(delivery.kind), delivery.about
    words = subject_of(delivery.subject_kind).words(actor_of(delivery.recipient), [about]).get(about)
    if words is None:
        raise Gone(about)
    text, html, cut = body_of(words.text)
    return Letter(
        subject=one_line(f"{kind.label}: {words.title}"),
        heading=words.title,
        lines=[str(kind.label)],
        text=text,
        html=html,
        cut=cut,
        url=f"{settings.BASE_URL}{words.url}",
        link=_("Open the page"),
        holds_full_text=bool(words.text) and not cut,
    )
