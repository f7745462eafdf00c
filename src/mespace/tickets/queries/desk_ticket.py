"""What the desk's ticket page shows besides the ticket itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from mespace.accounts.actor import Actor
from mespace.ledger.models import Event
from mespace.platform.prepared import Given, Prepared
from mespace.products.affected import FIX_JOINS
from mespace.products.models import KnownError
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.events import QUIET, Kind
from mespace.tickets.models import Attachment, Draft, Ticket

MOST_KNOWN_ERRORS = 200


def known_errors_of(ticket: Ticket) -> list[KnownError]:
    """The known errors of the ticket's product, annotated with `affects` (the ticket's build is named); those first."""
    return _KNOWN_ERRORS.rows(product=ticket.product_id, build=ticket.build_id or 0)


def _known_errors() -> QuerySet[KnownError]:
    build = Given("build")
    named = KnownError.affected_builds.through.objects.filter(knownerror_id=OuterRef("pk"), build_id=build)
    whole = KnownError.affected_versions.through.objects.filter(knownerror_id=OuterRef("pk"), version__builds__id=build)
    return (
        KnownError.objects.filter(product_id=Given("product"), withdrawn_at=None)
        .annotate(affects=Exists(named) | Exists(whole))
        .select_related(*FIX_JOINS)
        .defer("description")
        .order_by("-affects", "-pk")[:MOST_KNOWN_ERRORS]
    )


_KNOWN_ERRORS = Prepared(_known_errors)
_DRAFT = Prepared(lambda: Draft.objects.filter(user_id=Given("user"), ticket_id=Given("ticket"), form=Given("form")))


def draft_of(*, actor: Actor, ticket: Ticket, form: str) -> Draft | None:
    """The actor's unsent text, if there is one."""
    if actor.user_id is None:
        return None
    return _DRAFT.first(user=actor.user_id, ticket=ticket.pk, form=form)


def unsent_files(*, actor: Actor, ids: Iterable[object]) -> list[Attachment]:
    """Those of the ids that are the actor's own uploads and not sent yet: what a refused form still holds."""
    wanted = [int(str(each)) for each in ids if str(each).isdecimal() and len(str(each)) < 18]  # noqa: PLR2004 - bigint
    return list(Attachment.objects.filter(pk__in=wanted, uploaded_by_id=actor.user_id, message=None, removed_at=None))


@dataclass(frozen=True)
class News:
    """What happened on a ticket since a page of it was drawn."""

    events: int
    messages: int


def news_since(*, actor: Actor, ticket_id: int, seq: int) -> News:
    """Other people's events after `seq`, and how many of them brought a text. Raises TicketNotFound."""
    stream_id = Ticket.objects.visible_to(actor).filter(pk=ticket_id).values_list("stream_id", flat=True).first()
    if stream_id is None:
        raise TicketNotFound(ticket_id)
    rows = Event.objects.filter(stream_id=stream_id, seq__gt=seq).exclude(kind__in=QUIET).exclude(actor=actor.log_name)
    found = list(rows.values_list("kind", "payload"))
    told = [
        kind
        for kind, payload in found
        if "message" in payload and kind not in {Kind.MESSAGE_CORRECTED, Kind.MESSAGE_REMOVED}
    ]
    return News(len(found), len(told))


def contact_delay(contact_at: datetime, registered_at: datetime) -> int:
    """Whole seconds from the customer's call or mail to the registration; never negative."""
    return max(0, int((registered_at - contact_at).total_seconds()))
