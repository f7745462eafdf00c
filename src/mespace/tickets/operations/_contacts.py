"""What the operations on contacts share: who it was, the row under its lock, and how it is found."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.customers.models import Customer, Membership
from mespace.platform.search import vector
from mespace.tickets.errors import ContactNotFound, Invalid
from mespace.tickets.models import Contact

LONGEST_SAID = 100_000
_LENGTHS = {"caller_name": 200, "caller_phone": 50, "caller_address": 254}
_HANDLED = ("outcome", "rank", "handled_at", "handled_by")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Caller:
    """Who called or wrote: a person whom the product knows, a customer alone, or what they said of themselves."""

    person_id: int | None = None
    customer_id: int | None = None
    name: str = ""
    phone: str = ""
    address: str = ""


def caller_columns(caller: Caller) -> dict[str, object]:
    """The columns that say who it was; a person brings their customer. Raises Invalid by field."""
    columns: dict[str, object] = {
        "caller_name": one_line(caller.name),
        "caller_phone": one_line(caller.phone),
        "caller_address": one_line(caller.address),
    }
    for name, most in _LENGTHS.items():
        if len(str(columns[name])) > most:
            raise Invalid({name: _("At most %(most)d characters.") % {"most": most}})
    customer_id, person_id = caller.customer_id, caller.person_id
    if person_id is not None:
        membership = Membership.objects.filter(user_id=person_id).first()
        if membership is None:
            raise Invalid({"who": _("This person is not there any more. Choose again.")})
        customer_id = membership.customer_id
    elif customer_id is not None and not Customer.objects.filter(pk=customer_id).exists():
        raise Invalid({"who": _("This customer is not there any more. Choose again.")})
    return {**columns, "person_id": person_id, "customer_id": customer_id}


def one_line(text: str) -> str:
    """The text on one line, without control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def checked_said(text: str) -> str:
    """What was said, without NULs and trailing blanks. Raises Invalid when it is missing or too long."""
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not text:
        raise Invalid({"said": _("Write down what was said.")})
    if len(text) > LONGEST_SAID:
        raise Invalid(
            {
                "said": _("This text has %(count)d characters; %(most)d fit.")
                % {"count": len(text), "most": LONGEST_SAID}
            }
        )
    return text


def index(contact: Contact) -> None:
    """Make the contact findable by who it was and what was said."""
    person = contact.person
    known = [person.full_name, person.email, person.phone, digits(person.phone)] if person is not None else []
    given = [contact.caller_name, contact.caller_address, contact.caller_phone, digits(contact.caller_phone)]
    who = " ".join(filter(None, [contact.subject, *known, *given, str(contact.customer or "")]))
    Contact.objects.filter(pk=contact.pk).update(search=vector(a=who, b=f"{contact.said}\n{contact.whole}"))


def digits(phone: str) -> str:
    """The digits of a phone number that tell it from others: the last ten, so that +7 and 8 are the same."""
    return "".join(letter for letter in phone if letter.isascii() and letter.isdigit())[-10:]


def lock_contact(*, actor: Actor, contact_id: int) -> Contact:
    """The contact under its row lock. Raises ContactNotFound unless the actor sees it."""
    row = Contact.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=contact_id).first()
    if row is None:
        raise ContactNotFound(contact_id)
    return row


def handle(contact: Contact, *, outcome: str, actor: Actor, now: datetime, **columns: object) -> None:
    """Write what became of the contact."""
    contact.outcome, contact.rank = outcome, 1
    contact.handled_at, contact.handled_by_id = now, actor.user_id
    for name, value in columns.items():
        setattr(contact, name, value)
    contact.save(update_fields=[*_HANDLED, *(name.removesuffix("_id") for name in columns)])


def refuse_registered(contact: Contact) -> None:
    """Raise Invalid, naming the ticket, when the contact belongs to one already."""
    if contact.ticket is not None:
        raise Invalid({"": _("This contact already belongs to %(key)s.") % {"key": contact.ticket.key}})
