"""What an act on a ticket's page is, and how it arrives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mespace.accounts.actor import Actor
from mespace.tickets.models import Ticket
from mespace.web.acts.forms import ActForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Sent:
    """A form that arrived: who sent it, when, on which ticket, and what it said."""

    actor: Actor
    now: datetime
    ticket: Ticket
    data: dict[str, Any]
    attachment_ids: Sequence[int]

    @property
    def common(self) -> dict[str, Any]:
        """The arguments that every operation takes."""
        return {"ticket_id": self.ticket.pk, "actor": self.actor, "now": self.now, "key": self.data["key"]}


@dataclass(frozen=True)
class PageAct:
    """One act: its form, its operation, and what is said when it was done."""

    form: type[ActForm]
    run: Callable[[Sent], object]
    done: "_StrPromise"
