"""The bell with its count, on every page from the beginning: right without scripts, and counted anew by them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.accounts.actor import Actor
from mespace.notifications.queries import COUNT_CAP, unread_count


@dataclass(frozen=True)
class Bell:
    """How many unread lines a person has, and how that is shown."""

    count: int

    @property
    def shown(self) -> str:
        """The count, or “99+”."""
        return f"{COUNT_CAP - 1}+" if self.count >= COUNT_CAP else str(self.count)

    @property
    def words(self) -> str:
        """The same for those who do not see the bell."""
        if not self.count:
            return _("News: none unread")
        return ngettext("News: %(shown)s unread", "News: %(shown)s unread", self.count) % {"shown": self.shown}


def bell_of(actor: Actor) -> Bell:
    """The person's bell; one statement."""
    return Bell(unread_count(actor))


def bell_on_page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `bell`, counted when a page shows it (that is, to those who are signed in)."""
    return {"bell": SimpleLazyObject(lambda: bell_of(request.actor))}  # type: ignore[attr-defined]
