"""Noting a call or a mail that reached support outside the tracker (clause 3.3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.files import Received
from mespace.platform.idempotency import once
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Channel, Contact, ContactFile
from mespace.tickets.operations._contacts import Caller, caller_columns, checked_said, index, one_line

CLOCKS_APART = timedelta(minutes=1)  # a form opened on a machine whose clock is a little ahead


@dataclass(frozen=True)
class NewContact:
    """A call or a mail. `whole`, `remarks`, `about_id` and `files` are for mails taken in by the product."""

    channel: str
    at: datetime
    said: str
    caller: Caller = field(default_factory=Caller)
    subject: str = ""
    whole: str = ""
    remarks: Sequence[str] = ()
    about_id: int | None = None
    files: Sequence[Received] = ()


def log_contact(*, actor: Actor, now: datetime, new: NewContact, key: str | None = None) -> Contact:
    """The contact, waiting to be registered, attached or dismissed; it starts no clock.

    The timer logs mails. With `key`, the same form logs one contact however often it is sent. Raises Refused, Invalid.
    """
    if actor.is_person:
        actor.require(Permission.CONTACT_LOG)
    with transaction.atomic():
        claim = once(actor=actor.log_name, key=key, act="log_contact", content=new, now=now) if key else None
        if claim is not None and not claim.first:
            return Contact.objects.get(pk=claim.answer["contact"])
        contact = _logged(actor=actor, now=now, new=new)
        if claim is not None:
            claim.keep({"contact": contact.pk})
    return contact


def _logged(*, actor: Actor, now: datetime, new: NewContact) -> Contact:
    if new.channel not in set(Channel):
        raise Invalid({"channel": _("Choose how they reached support.")})
    if new.at > now + CLOCKS_APART:
        raise Invalid({"at": _("The contact cannot lie ahead.")})
    contact = Contact.objects.create(
        channel=new.channel,
        at=min(new.at, now),
        logged_at=now,
        logged_by_id=actor.user_id,
        subject=one_line(new.subject)[:250],
        said=checked_said(new.said),
        whole=new.whole.replace("\x00", ""),
        remarks=list(new.remarks),
        about_id=new.about_id,
        search="",
        **caller_columns(new.caller),
    )
    index(contact)
    ContactFile.objects.bulk_create(
        ContactFile(
            contact=contact,
            name=file.name,
            size=file.blob.size,
            media_type=file.media_type,
            is_image=file.is_image,
            sha256=file.blob.sha256,
            blob=file.blob.name,
        )
        for file in new.files
    )
    return contact
