"""What the pages about inbound mail show. Readers need MAIL_IN_READ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.mail_in.models import Inbound, Outcome, State
from mespace.platform.rows import found

PAGE = 50
UNCLEAR = "unclear"  # in place of a state: bounces that fit no mail, and that nobody has looked at
TO_BE_LOOKED_AT = Q(outcome=Outcome.UNCLEAR_BOUNCE, looked_at=None)


@dataclass(frozen=True)
class InboundFilter:
    """Which mails are wanted; empty means any. Lives in the address."""

    state: str = ""
    outcome: str = ""
    q: str = ""


@dataclass(frozen=True)
class InboundPage:
    """Mails, the newest first, and where the next page begins (None: this is the last)."""

    rows: Sequence[Inbound]
    before: int | None


def inbound_list(*, actor: Actor, wanted: InboundFilter, before: int | None = None) -> InboundPage:
    """The log of mails that came in. Raises Refused."""
    actor.require(Permission.MAIL_IN_READ)
    rows = Inbound.objects.select_related("ticket").annotate(copies=Count("arrivals"))
    if wanted.state == UNCLEAR:
        rows = rows.filter(TO_BE_LOOKED_AT)
    elif wanted.state in set(State):
        rows = rows.filter(state=wanted.state)
    if wanted.outcome in set(Outcome):
        rows = rows.filter(outcome=wanted.outcome)
    for word in wanted.q.split()[:4]:
        rows = rows.filter(Q(sender__icontains=word) | Q(subject__icontains=word) | Q(message_id__icontains=word))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    got = list(rows.order_by("-pk")[: PAGE + 1])
    return InboundPage(got[:PAGE], got[PAGE - 1].pk if len(got) > PAGE else None)


def to_be_seen(*, actor: Actor) -> dict[str, int]:
    """How many mails wait for a person: in quarantine, and bounces that fit no mail. Two statements. Raises Refused."""
    actor.require(Permission.MAIL_IN_READ)
    return {
        State.QUARANTINED.value: Inbound.objects.filter(state=State.QUARANTINED).count(),
        UNCLEAR: Inbound.objects.filter(TO_BE_LOOKED_AT).count(),
    }


def inbound(*, actor: Actor, inbound_id: int) -> Inbound:
    """A mail with its arrivals and answers. Raises Refused or RowNotFound."""
    actor.require(Permission.MAIL_IN_READ)
    rows: Any = Inbound.objects.select_related("ticket", "contact", "looked_by").prefetch_related("arrivals", "answers")
    row: Inbound = found(rows, inbound_id)
    return row
