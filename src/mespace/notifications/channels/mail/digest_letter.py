"""The morning's mail about what was left for it."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.notifications.channels.mail.instants import instant_words
from mespace.notifications.channels.mail.letter import Item, Letter, one_line
from mespace.notifications.digest import earlier_lines, new_lines
from mespace.notifications.models import Delivery
from mespace.notifications.queries import Line


def digest_letter(delivery: Delivery) -> Letter:
    """What the mail says, in the present language and time zone: one line for each piece of news, and its address."""
    new, earlier = new_lines(delivery), earlier_lines(delivery)
    title = ngettext("%(count)d piece of news", "%(count)d pieces of news", len(new)) % {"count": len(new)}
    what = _("Your digest")
    return Letter(
        subject=one_line(f"{what}: {title}"),
        heading=title,
        lines=[],
        text="",
        html="",
        cut=False,
        url=f"{settings.BASE_URL}/notifications/?show=unread",
        link=_("All news"),
        items=[_item(line) for line in new],
        earlier=[_item(line) for line in earlier],
    )


def _item(line: Line) -> Item:
    return Item(line.words, line.title, f"{settings.BASE_URL}{line.url}", instant_words(line.at))
