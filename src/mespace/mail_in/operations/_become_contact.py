"""A mail that is no answer to a notification of its sender's own: a contact for support (clause 3.3)."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from mespace.accounts.actor import TIMER
from mespace.customers.models import Membership
from mespace.mail_in.mime.letter import Letter
from mespace.mail_in.mime.reply_text import cut_reply
from mespace.mail_in.models import Inbound
from mespace.mail_in.operations._take_reply import NotTaken
from mespace.notifications.channels.mail.reply import MARK
from mespace.platform.addresses import spellings
from mespace.platform.files import FileRefused, NoRoom, Received, TooLarge, receive
from mespace.tickets.models import Contact
from mespace.tickets.operations._contacts import LONGEST_SAID, Caller
from mespace.tickets.operations.log_contact import NewContact, log_contact

MOST_FILES = 20


def become_contact(inbound: Inbound, letter: Letter, *, hint: NotTaken, now: datetime) -> Contact:
    """The contact, with what its sender is known as, the text, the files that can be kept, and what to know of it."""
    remarks = list(hint.remarks)
    files = _files(letter, remarks)
    if letter.has_tnef:
        remarks.append("tnef")
    if letter.is_signed_envelope and not letter.text:
        remarks.append("signed_envelope")
    if not inbound.is_whole:
        remarks.append("cut_short")
    said, whole = _texts(letter)
    new = NewContact(
        channel="mail",
        at=inbound.arrived_at,
        said=said,
        caller=_caller(letter),
        subject=letter.subject,
        whole=whole,
        remarks=remarks,
        about_id=hint.ticket_id,
        files=files,
    )
    return log_contact(actor=TIMER, now=now, new=new)


def _caller(letter: Letter) -> Caller:
    sender = letter.sender
    if sender is None:
        return Caller(address=", ".join(each.address for each in letter.senders)[:254])
    known = Membership.objects.filter(user__email__in=spellings(sender.address), user__is_active=True).values_list(
        "user_id", flat=True
    )
    return Caller(person_id=known.first(), name=sender.name, address=sender.address)


def _texts(letter: Letter) -> tuple[str, str]:
    """What was written, and the whole text where that is more."""
    whole = letter.text.strip()
    said = cut_reply(whole, mark=MARK).text or whole
    if not said:
        with override(settings.LANGUAGE_CODE):
            said = _("(a mail without text)")
    said = said[:LONGEST_SAID]
    return said, (whole if whole != said else "")


def _files(letter: Letter, remarks: list[str]) -> list[Received]:
    kept: list[Received] = []
    for file in letter.files:
        if len(kept) >= MOST_FILES:
            remarks.append("files_refused")
            break
        try:
            kept.append(receive(name=file.name, chunks=file.chunks(), limit=settings.MAX_FILE_BYTES))
        except (FileRefused, TooLarge):
            if "files_refused" not in remarks:
                remarks.append("files_refused")
        except NoRoom:
            raise
    return kept
