"""A released build fixes the known error of a ticket: its people are asked to confirm that it is solved (4.7)."""

from collections.abc import Collection
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.products.models import Build, FixChange
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import BY_VERB, Verb
from mespace.tickets.models import AskOutcome, MessageKind, ReleaseAsk, Ticket
from mespace.tickets.operations._act import Act, acting
from mespace.tickets.operations._messages import write_message
from mespace.tickets.operations._steps import Proposal, step_propose
from mespace.tickets.operations.tell_fix_changed import fix_payload, was_told


def tickets_to_ask(*, build: Build) -> list[int]:
    """The tickets linked to a known error that the build fixes and not asked yet, oldest first."""
    asked = ReleaseAsk.objects.filter(build=build).exclude(outcome=AskOutcome.FAILED)
    rows = Ticket.objects.filter(known_error__in=build.resolves.all()).exclude(pk__in=asked.values("ticket"))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def ask_about_release(
    *, ticket_id: int, actor: Actor, now: datetime, build: Build, changes: Collection[FixChange]
) -> AskOutcome:
    """How the ticket was asked: by a proposal where its status allows one, else by a message; once, however often.

    `actor` published the release; `changes` are the fixes that it brought. Raises TicketNotFound, Refused.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now) as act:
        actor.require(Permission.PRODUCTS_MANAGE)
        ticket = act.ticket
        known = ReleaseAsk.objects.filter(build=build, ticket=ticket).exclude(outcome=AskOutcome.FAILED).first()
        if known is not None:
            return AskOutcome(known.outcome)
        for change in changes:
            if change.known_error_id == ticket.known_error_id and not was_told(act, change.pk):
                act.record(Kind.FIX_CHANGED, fix_payload(change))
        body = _words(act, build)
        if ticket.status in BY_VERB[Verb.PROPOSE_SOLUTION].sources:
            step_propose(act, Proposal(body))
            outcome = AskOutcome.PROPOSED
        else:
            written = write_message(act, body=body, kind=MessageKind.COMMENT)
            act.record(Kind.COMMENTED, {**written.payload, "audience": "customer"})
            outcome = AskOutcome.WRITTEN
        keep_outcome(ticket_id=ticket_id, build=build, outcome=outcome, now=act.now)
    return outcome


def keep_outcome(*, ticket_id: int, build: Build, outcome: AskOutcome, now: datetime) -> None:
    """Write down what was done on the ticket; a later try replaces a failed one."""
    said = {"outcome": outcome, "at": now}
    ReleaseAsk.objects.update_or_create(build=build, ticket_id=ticket_id, defaults=said)


def _words(act: Act, build: Build) -> str:
    """The text, in the language of the person who is to answer."""
    ticket = act.ticket
    with translation.override(ticket.holder.language):
        values = {
            "build": f"{build.version.product.name} {build.full_number}",
            "code": ticket.known_error.code if ticket.known_error is not None else "",
            "title": ticket.known_error.title if ticket.known_error is not None else "",
        }
        first = _("%(build)s is released. It fixes %(code)s “%(title)s”, the cause of this request.") % values
        if ticket.is_open_work:
            second = _("Please install it and confirm that the request is solved, or write what remains.")
        else:
            second = _("If anything remains after installing it, reopen the request or continue in a new one.")
    return f"{first}\n\n{second}"
