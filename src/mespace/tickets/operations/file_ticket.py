"""Filing a ticket: entitlement, key, clocks and the first event, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import entitling_revision
from mespace.customers.models import Customer, Membership
from mespace.ledger.canonical import new_salt, salted_digest
from mespace.ledger.models import Stream
from mespace.platform.idempotency import once
from mespace.platform.markdown import RENDERER, render
from mespace.platform.prepared import Given, Prepared, run
from mespace.platform.writing import insert
from mespace.products.models import Product
from mespace.regulation.core.outlook import promise
from mespace.regulation.queries import calendar_at, compiled, edition_in_force, parameters_of
from mespace.tickets.clocks import instant
from mespace.tickets.errors import Invalid, TicketNotFound
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Criticality, Status, TicketType
from mespace.tickets.models import Contact, Link, Message, MessageKind, Outcome, Ticket
from mespace.tickets.models.links import Relation
from mespace.tickets.operations._act import Act, mark_read
from mespace.tickets.operations._contacts import handle, lock_contact, refuse_registered
from mespace.tickets.operations._messages import claim_files, clean_text
from mespace.tickets.operations._pace import FILING, pace
from mespace.tickets.operations._place import Place, checked_place
from mespace.tickets.operations._sent_again import comparable
from mespace.tickets.operations._steps import pin
from mespace.tickets.search import index_new

LONGEST_SUBJECT = 250
LONGEST_DETAIL = 10_000
LONGEST_PROCESS = 300
_MEMBERSHIP = Prepared(
    lambda: Membership.objects.select_related("customer", "user").filter(user_id=Given("user"), user__is_active=True)
)
_PRODUCT = Prepared(lambda: Product.objects.filter(pk=Given("pk")).values_list("pk"))


@dataclass(frozen=True)
class NewTicket:
    """The filing form (Appendix 1 and clause 3.2).

    `requester_id`, `contact_at` and `contact_id` are for staff who register for a customer; a contact brings its own
    instant.
    """

    type: str
    subject: str
    description: str
    product_id: int | None
    place: Place = field(default_factory=Place)
    critical: bool = False
    stopped_process: str = ""
    what_was_done: str = ""
    expected: str = ""
    attachment_ids: Sequence[int] = ()
    continues: str = ""
    requester_id: int | None = None
    contact_at: datetime | None = None
    contact_id: int | None = None


def file_ticket(*, actor: Actor, now: datetime, new: NewTicket, key: str | None = None) -> Ticket:
    """The registered ticket, in `open`, with the reaction clock running from `now`.

    Raises Refused, NotEntitled (clause 2.2), Invalid (by field), TooFast. With `key`, the same form files one ticket
    however often it is sent.
    """
    pace(FILING, actor=actor, now=now)
    with transaction.atomic():
        same = comparable(new, actor_id=actor.user_id)
        claim = once(actor=actor.log_name, key=key, act="file_ticket", content=same, now=now) if key else None
        if claim is not None and not claim.first:
            return Ticket.objects.get(pk=claim.answer["ticket"])
        requester_id, membership = _requester(actor, new)
        ticket = _register(actor=actor, now=now, new=new, requester_id=requester_id, membership=membership)
        if claim is not None:
            claim.keep({"ticket": ticket.pk})
    return ticket


def _requester(actor: Actor, new: NewTicket) -> tuple[int, Membership]:
    if actor.is_customer:
        actor.require(Permission.TICKET_FILE)
        if new.requester_id not in {None, actor.user_id} or new.contact_at or new.contact_id:
            raise Invalid({"requester": _("You file requests in your own name.")})
        requester_id = actor.user_id
    else:
        actor.require(Permission.TICKET_FILE_FOR_OTHERS)
        requester_id = new.requester_id
    membership = _MEMBERSHIP.first(user=requester_id or 0)
    if membership is None or requester_id is None:
        raise Invalid({"requester": _("Choose the customer's person for whom you register the request.")})
    return requester_id, membership


def _register(*, actor: Actor, now: datetime, new: NewTicket, requester_id: int, membership: Membership) -> Ticket:
    customer = membership.customer
    contact = _contact(actor, new.contact_id, customer)
    if contact is not None:
        new = replace(new, contact_at=contact.at)
    _check(new, customer=customer, now=now)
    product_id = new.product_id or 0
    entitled_by = entitling_revision(customer_id=customer.pk, product_id=product_id, at=now)
    place = checked_place(new.place, customer_id=customer.pk, product_id=product_id, ticket_type=new.type)
    continued = _continued(actor, customer, new.continues)
    criticality = Criticality.CRITICAL if new.critical and new.type == TicketType.INCIDENT else Criticality.NON_CRITICAL
    edition, calendar = edition_in_force(now), calendar_at(now)
    promised = promise(
        compiled(calendar.code, edition.code),
        parameters_of(edition.code),
        ticket_type=new.type,
        criticality=criticality,
        at=int(now.timestamp()),
    )
    due = instant(promised.due)
    project_id, code, number = _next_number(customer)
    stream = Stream(subject="ticket")
    insert(stream)
    ticket = Ticket(
        stream=stream,
        project_id=project_id,
        number=number,
        key=f"{code}-{number}",
        customer=customer,
        contract=entitled_by.contract,
        contract_revision=entitled_by,
        regulation_edition=edition,
        calendar_edition=calendar,
        registered_at=now,
        registered_by_id=actor.person_id,
        requester_id=requester_id,
        holder_id=requester_id,
        contact_at=new.contact_at,
        continues=continued,
        subject=new.subject.strip(),
        product_id=product_id,
        what_was_done=_plain(new.what_was_done),
        expected=_plain(new.expected),
        stopped_process=_plain(new.stopped_process) if criticality == Criticality.CRITICAL else "",
        type=new.type,
        criticality=criticality,
        status=Status.OPEN,
        reaction_due_at=due,
        status_since=now,
        active_at=now,
        queue_rank=0,
        queue_at=due,
        **place,
    )
    insert(ticket)
    text, salt = clean_text(new.description, field="description"), new_salt()
    message = Message(
        ticket=ticket,
        author_id=actor.person_id,
        audience="customer",
        kind=MessageKind.DESCRIPTION,
        body=text,
        html=render(text),
        renderer=RENDERER,
        salt=salt,
        created_at=now,
    )
    insert(message)
    files = claim_files(message=message, actor_id=actor.user_id, attachment_ids=new.attachment_ids)
    index_new(ticket, text)
    payload: dict[str, Any] = {
        "to": Status.OPEN.value,
        "key": ticket.key,
        "type": str(new.type),
        "criticality": criticality.value,
        "customer": customer.pk,
        "requester": requester_id,
        "registered_by": actor.user_id,
        "product": product_id,
        "contract": entitled_by.contract_id,
        "revision": entitled_by.number,
        "regulation": {"edition": edition.code, "digest": edition.digest},
        "calendar": pin(calendar),
        "subject_digest": salted_digest(salt, ticket.subject),
        "message": message.pk,
        "digest": salted_digest(salt, text),
        "files": files,
    }
    if ticket.build_id:
        payload["build"] = ticket.build_id
    if ticket.site_id:
        payload["site"] = ticket.site_id
    if new.contact_at is not None:
        payload["contact_at"] = new.contact_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    if contact is not None:
        payload["contact"] = contact.pk
        who = {"person_id": contact.person_id or requester_id, "customer_id": customer.pk}
        handle(contact, outcome=Outcome.REGISTERED, actor=actor, now=now, ticket=ticket, reason="", **who)
    if continued is not None:
        payload["continues"] = continued.key
        Link.objects.create(
            ticket=ticket, other=continued, relation=Relation.CONTINUES, created_by_id=actor.person_id, created_at=now
        )
    act = Act(ticket=ticket, actor=actor, now=now)
    act.record(Kind.FILED, payload).write()
    if actor.user_id is not None:
        mark_read(user_id=actor.user_id, ticket_id=ticket.pk, seq=ticket.version)
    return ticket


def _contact(actor: Actor, contact_id: int | None, customer: Customer) -> Contact | None:
    """The contact from which the ticket is registered, locked: of two agents at once one is told whose ticket it is."""
    if contact_id is None:
        return None
    contact = lock_contact(actor=actor, contact_id=contact_id)
    refuse_registered(contact)
    if contact.customer_id not in {None, customer.pk}:
        raise Invalid({"": _("The contact is another customer’s. Say who it was on the contact’s page first.")})
    return contact


def _check(new: NewTicket, *, customer: Customer, now: datetime) -> None:
    errors = {**_form_errors(new, customer), **_detail_errors(new)}
    if not new.product_id or not _PRODUCT.rows(pk=new.product_id):
        errors["product"] = _("Choose the software.")
    if new.contact_at is not None and new.contact_at > now:
        errors["contact_at"] = _("The contact cannot lie ahead.")
    if errors:
        raise Invalid(errors)


def _form_errors(new: NewTicket, customer: Customer) -> dict[str, str]:
    errors: dict[str, str] = {}
    if new.type not in set(TicketType):
        errors["type"] = _("Choose a type.")
    elif customer.ticket_types and new.type not in customer.ticket_types:
        errors["type"] = _("Your company does not use this type of request. Choose another.")
    subject = new.subject.strip()
    if not subject:
        errors["subject"] = _("Say in a line what it is about.")
    elif len(subject) > LONGEST_SUBJECT or "\x00" in subject or "\n" in subject:
        errors["subject"] = _("At most %(most)d characters in one line; put the rest into the description.") % {
            "most": LONGEST_SUBJECT
        }
    if not new.description.strip():
        errors["description"] = _("Describe what happened.")
    return errors


def _detail_errors(new: NewTicket) -> dict[str, str]:
    errors: dict[str, str] = {}
    for name in ("what_was_done", "expected"):
        if len(getattr(new, name)) > LONGEST_DETAIL:
            errors[name] = _("At most %(most)d characters; attach the rest as a file.") % {"most": LONGEST_DETAIL}
    if new.critical and new.type == TicketType.INCIDENT and not new.stopped_process.strip():
        errors["stopped_process"] = _("Say which key process has stopped.")
    if len(new.stopped_process) > LONGEST_PROCESS:
        errors["stopped_process"] = _("At most %(most)d characters.") % {"most": LONGEST_PROCESS}
    return errors


def _plain(text: str) -> str:
    return text.replace("\x00", "").strip()


def _continued(actor: Actor, customer: Customer, key: str) -> Ticket | None:
    if not key.strip():
        return None
    ticket = Ticket.objects.visible_to(actor).filter(key=key.strip().upper(), customer=customer).first()
    if ticket is None:
        raise TicketNotFound(key)
    return ticket


def _next_number(customer: Customer) -> tuple[int, str, int]:
    """The next number of the project, by its row lock: gapless, since a rollback gives it back (clause 4.5)."""
    rows = run(
        "UPDATE customers_project SET last_number = last_number + 1 WHERE customer_id = %s"
        " RETURNING id, code, last_number",
        [customer.pk],
    )
    if not rows:
        raise Invalid({"": _("The company has no project yet. Ask the support manager to create it.")})
    project_id, code, number = rows[0]
    return project_id, code, number
