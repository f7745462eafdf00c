"""Steps that more than one verb makes inside its own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.products.models import KnownError, OtherVendor
from mespace.regulation.models import CalendarEdition
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.facts import LogEvent
from mespace.tickets.lifecycle import STAFF_RESOLUTIONS, Criticality, Resolution, Status, TicketType, Verb
from mespace.tickets.models import MessageKind, Ticket
from mespace.tickets.operations._act import Act
from mespace.tickets.operations._messages import write_message
from mespace.tickets.operations._referral import write_referral


@dataclass(frozen=True)
class Question:
    """A question to the customer."""

    body: str
    attachment_ids: Sequence[int] = ()


ANSWER_KINDS = ("solution", "consultation", "article", "change")


@dataclass(frozen=True)
class Proposal:
    """An answer of clause 4.8: a ready solution, a consultation, a link to an article or a proposal for a change."""

    body: str
    answer: str = "solution"
    attachment_ids: Sequence[int] = ()


@dataclass(frozen=True)
class Closing:
    """How staff close a ticket; what a resolution needs besides (another vendor, the other ticket, the known error)."""

    resolution: str
    body: str = ""
    attachment_ids: Sequence[int] = ()
    vendor_id: int | None = None
    duplicate_of: str = ""
    known_error_id: int | None = None
    found: str = ""
    tell: str = ""


@dataclass(frozen=True)
class Plan:
    """What a fix or change is planned for."""

    target: str
    on: date
    body: str = field(default="")


def pin(edition: CalendarEdition) -> dict[str, str]:
    """How the log names a calendar edition."""
    return {"edition": edition.code, "digest": edition.digest}


def step_accept(act: Act) -> None:
    """Открыт → Анализ: the reaction. The one who accepts an unassigned ticket holds it."""
    act.move(Verb.ACCEPT, Kind.ACCEPTED, {})
    if act.ticket.assignee_id is None:
        act.change(assignee_id=act.actor.user_id)
        act.record(Kind.ASSIGNED, {"to_user": act.actor.user_id})


def step_ask(act: Act, question: Question) -> None:
    """Publish a question; its term starts, a former one is replaced."""
    written = write_message(act, body=question.body, kind=MessageKind.QUESTION, attachment_ids=question.attachment_ids)
    act.move(Verb.ASK_CUSTOMER, Kind.ASKED, {**written.payload, **_term(act)})


def step_propose(act: Act, proposal: Proposal) -> None:
    """Publish an answer; its term starts, a former one is replaced."""
    if proposal.answer not in ANSWER_KINDS:
        raise Invalid({"answer": _("Choose what the answer is.")})
    written = write_message(act, body=proposal.body, kind=MessageKind.PROPOSAL, attachment_ids=proposal.attachment_ids)
    act.move(Verb.PROPOSE_SOLUTION, Kind.PROPOSED, {**written.payload, **_term(act), "answer": proposal.answer})


def step_close(act: Act, closing: Closing) -> None:
    """Close with a staff resolution. Answered by consultation, the type becomes Консультация too."""
    ticket = act.ticket
    if closing.resolution not in STAFF_RESOLUTIONS:
        raise Invalid({"resolution": _("Choose how the request ends.")})
    columns: dict[str, Any] = {"resolution": closing.resolution}
    payload: dict[str, Any] = {"resolution": str(closing.resolution)}
    match closing.resolution:
        case Resolution.THIRD_PARTY:
            vendor = OtherVendor.objects.filter(pk=closing.vendor_id or 0).first()
            if vendor is None:
                raise Invalid({"vendor": _("Name the vendor whose support must act.")})
            columns["vendor_id"] = payload["vendor"] = vendor.pk
            payload.update(write_referral(act, vendor=vendor, found=closing.found, tell=closing.tell))
        case Resolution.DUPLICATE:
            other = _original(act, closing.duplicate_of)
            columns["duplicate_of_id"], payload["duplicate_of"] = other.pk, other.key
        case Resolution.KNOWN_ERROR:
            rows = KnownError.objects.filter(product_id=ticket.product_id, withdrawn_at=None)
            error = rows.filter(pk=closing.known_error_id or 0).first()
            if error is None:
                raise Invalid({"known_error": _("Choose a known error of this product.")})
            columns["known_error_id"] = payload["known_error"] = error.pk
        case Resolution.DECLINED if ticket.type != TicketType.CHANGE_REQUEST:
            raise Invalid({"resolution": _("Only a change request can be declined.")})
    needs_words = closing.resolution in {Resolution.SOLVED, Resolution.CONSULTATION, Resolution.DECLINED}
    if closing.body.strip() or needs_words or closing.attachment_ids:
        written = write_message(act, body=closing.body, kind=MessageKind.CLOSING, attachment_ids=closing.attachment_ids)
        payload.update(written.payload)
    if closing.resolution == Resolution.CONSULTATION and ticket.type != TicketType.CONSULTATION:
        act.record(
            Kind.RECLASSIFIED,
            {"type": TicketType.CONSULTATION.value, "criticality": Criticality.NON_CRITICAL.value, "by": "staff"},
        )
        columns.update(type=TicketType.CONSULTATION, criticality=Criticality.NON_CRITICAL)
    act.move(Verb.CLOSE, Kind.CLOSED, payload, **columns)


def step_react(act: Act, *, payload: dict[str, Any] | None = None) -> None:
    """A customer's person reacted in a waiting status: back to analysis, whatever the reaction was."""
    act.move(Verb.CUSTOMER_REACTS, Kind.CUSTOMER_REACTED, payload or {})


def reopen_until(ticket: Ticket, reopen_seconds: int) -> datetime | None:
    """The instant up to which a closed ticket may be reopened (inclusive), or None for one that cannot be.

    A ticket that its customer withdrew while Открыт is continued in a new one instead.
    """
    if ticket.closed_at is None or (ticket.resolution == Resolution.WITHDRAWN and ticket.reacted_at is None):
        return None
    return ticket.closed_at + timedelta(seconds=reopen_seconds)


def may_withdraw(actor: Actor, ticket: Ticket) -> bool:
    """Whether the ticket is the actor's own: filed or held by them, or theirs as a responsible employee's."""
    return actor.can(Permission.COLLEAGUES_MANAGE) or actor.user_id in {ticket.requester_id, ticket.holder_id}


def proposal_expired(events: Sequence[LogEvent]) -> bool:
    """Whether the ticket stands suspended because a proposal's term ended: it can still be accepted."""
    moves = [event for event in events if "to" in event.payload]
    return moves[-1].kind == Kind.SUSPENDED_UNANSWERED and moves[-1].payload["from"] == Status.SOLUTION_PROPOSED


def _term(act: Act) -> dict[str, Any]:
    return {"term": act.ticket.term + 1, "calendar": pin(act.calendar_now())}


def _original(act: Act, key: str) -> Ticket:
    """The same customer's ticket, seen by the actor, that `key` names and that is no duplicate itself; else Invalid."""
    ticket = act.ticket
    pointing = Ticket.objects.filter(duplicate_of=ticket).values_list("key", flat=True).first()
    if pointing is not None:
        raise Invalid(
            {
                "duplicate_of": _("%(key)s is a duplicate of this request, so this one cannot be a duplicate.")
                % {"key": pointing}
            }
        )
    other = Ticket.objects.visible_to(act.actor).filter(key=key.strip().upper(), customer_id=ticket.customer_id).first()
    if other is None or other.pk == ticket.pk:
        raise Invalid({"duplicate_of": _("Give the key of another request of the same customer.")})
    if other.duplicate_of_id is not None:
        raise Invalid(
            {
                "duplicate_of": _("%(key)s is a duplicate itself. Name the request that it points at.")
                % {"key": other.key}
            }
        )
    return other
