"""The mail ledger as people read it: all of it for administrators and auditors, a ticket's mails for staff."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy

from django.db.models import Q

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Permission
from mespace.accounts.subjects import subject_of
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, State, StatusReport
from mespace.notifications.operations.resend import CAN_BE_RESENT, MailNotFound
from mespace.platform.mail_folder import kept_mail
from mespace.tickets.models import Ticket
from mespace.tickets.subject import TICKET

PAGE = 50
MOST_OF_A_TICKET = 200
FILTERS = {
    "failures": Q(state__in=[State.FAILED, State.RETURNED, State.UNCERTAIN]),
    "under_way": Q(state__in=[State.PLANNED, State.SENDING]),
    "sent": Q(state=State.SENT),
    "kept": Q(state=State.KEPT),
    "not_sent": Q(state=State.NOT_SENT),
    "all": Q(),
}


@dataclass(frozen=True)
class MailLine:
    """One mail of the ledger: never what it says."""

    delivery: Delivery
    kind: str
    about: str  # the ticket's key; empty for mails about other things
    can_be_resent: bool
    can_be_read: bool  # it lies in the folder, and the actor sees what it is about
    reports: tuple[StatusReport, ...] = ()

    @property
    def answer(self) -> str:
        """The server's last answer as it gave it: code and words."""
        return " ".join(filter(None, [str(self.delivery.reply_code or ""), self.delivery.reply_text]))

    @property
    def is_trouble(self) -> bool:
        """Whether somebody should look at it."""
        return self.delivery.state in {State.FAILED, State.RETURNED, State.UNCERTAIN}


def all_mails(actor: Actor, *, which: str, words: str = "", before: int | None = None) -> list[MailLine]:
    """A page of the ledger and one line more, newest first; `which` is one of FILTERS. Raises Refused.

    Two statements, and one for each kind of thing that mails of the folder are about. `words` narrows by address,
    `before` is the id of the last line of the page before.
    """
    if not (actor.can(Permission.ACCOUNTS_MANAGE) or actor.can(Permission.AUDIT_READ)):
        raise Refused(Permission.ACCOUNTS_MANAGE)
    rows = Delivery.objects.select_related("recipient", "resent_by").filter(FILTERS[which])
    if words:
        rows = rows.filter(address__icontains=words)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    keys = _keys(found)
    may = actor.can(Permission.ACCOUNTS_MANAGE)
    readable = _readable(actor, found)
    return [_line(each, keys, may_resend=may, may_read=each.pk in readable) for each in found]


def mails_of(actor: Actor, ticket: Ticket) -> list[MailLine]:
    """The mails about a ticket that the actor sees, newest first, with what servers reported of them; two statements.

    For staff who read internal notes, as some of the mails are about such. Raises Refused.
    """
    actor.require(Permission.TICKET_READ_INTERNAL)
    rows = Delivery.objects.filter(subject_kind=TICKET, subject_id=ticket.pk).select_related("recipient", "resent_by")
    found = list(rows.prefetch_related("reports").order_by("-pk")[:MOST_OF_A_TICKET])
    keys = {ticket.pk: ticket.key}
    return [_line(each, keys, may_resend=False, may_read=True, reports=tuple(each.reports.all())) for each in found]


@dataclass(frozen=True)
class KeptMail:
    """A mail that lies in the folder."""

    subject: str
    to: str
    at: datetime
    text: str


def kept(actor: Actor, delivery_id: int) -> KeptMail:
    """A mail of the folder as text, for those who see what it is about. Raises MailNotFound, also when it has gone."""
    delivery = Delivery.objects.filter(pk=delivery_id).first()
    if delivery is None or not actor.is_staff or delivery.pk not in _readable(actor, [delivery]):
        raise MailNotFound(delivery_id)
    raw = kept_mail(delivery.kept_as)
    if raw is None:
        raise MailNotFound(delivery_id)
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    return KeptMail(
        subject=str(message["Subject"]),
        to=str(message["To"]),
        at=delivery.created_at,
        text=body.get_content() if body is not None else "",
    )


def _readable(actor: Actor, found: Iterable[Delivery]) -> set[int]:
    """Those of the mails about something that the actor sees: one statement for each kind of thing.

    What a mail says is not for administrators by that role alone; a digest is nobody's but its reader's.
    """
    kept_ones = [each for each in found if each.kept_as]
    readable = {each.pk for each in kept_ones if each.is_digest and each.recipient_id == actor.user_id}
    about: dict[str, list[Delivery]] = defaultdict(list)
    for each in kept_ones:
        if not each.is_digest:
            about[each.subject_kind].append(each)
    for kind, mails in about.items():
        if kind == TICKET and not actor.can(Permission.TICKET_READ_INTERNAL):
            continue
        subjects = subject_of(kind).visible_to(actor).filter(pk__in={each.subject_id for each in mails})
        seen = set(subjects.values_list("pk", flat=True))
        readable |= {each.pk for each in mails if each.subject_id in seen}
    return readable


def _keys(found: list[Delivery]) -> dict[int, str]:
    tickets = [each.subject_id for each in found if each.subject_kind == TICKET]
    return dict(Ticket.objects.filter(pk__in=tickets).values_list("pk", "key"))


def _line(
    delivery: Delivery,
    keys: dict[int, str],
    *,
    may_resend: bool,
    may_read: bool,
    reports: tuple[StatusReport, ...] = (),
) -> MailLine:
    return MailLine(
        delivery=delivery,
        kind=str(Kind(delivery.kind).label),
        about=keys.get(delivery.subject_id, "") if delivery.subject_kind == TICKET else "",
        can_be_resent=may_resend and delivery.state in CAN_BE_RESENT,
        can_be_read=may_read and bool(delivery.kept_as),
        reports=reports,
    )
