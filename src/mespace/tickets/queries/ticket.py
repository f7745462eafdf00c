"""One ticket with all that its pages show, in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission
from mespace.accounts.prepared_gate import PreparedFor
from mespace.ledger.models import Event
from mespace.ledger.read import events_of
from mespace.platform.prepared import Given, Prepared
from mespace.regulation.core.verdict import Verdict
from mespace.regulation.queries import edition_of, parameters_of
from mespace.tickets.clocks import verdict_of
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.events import SESSIONS, WORK, Kind, is_public
from mespace.tickets.lifecycle import Move, Resolution, Side, Status, Verb, moves_from
from mespace.tickets.models import (
    Attachment,
    Audience,
    Link,
    MailedMessage,
    Message,
    MessageRevision,
    ReadMark,
    Ticket,
    Watcher,
)
from mespace.tickets.operations._steps import may_withdraw, proposal_expired, reopen_until
from mespace.tickets.queries.articles_named import articles_named
from mespace.tickets.queries.neighbours import fetch_rarely_set, people_of, set_people, users_of
from mespace.tickets.queries.window import Window, hidden_range

# Few on purpose: a statement of eighteen joins took ten times as long to plan as to run. People come in one statement
# of their own, editions from the process, what is rarely set from `neighbours`.
_JOINS = ("customer", "contract", "contract_revision", "product", "site")
_TICKET = Given("ticket")
_MESSAGES = Prepared(lambda: Message.objects.filter(ticket=_TICKET).select_related("mailed"))
_SOME_MESSAGES = Prepared(lambda: Message.objects.filter(ticket=_TICKET, pk__any=Given("ids")).select_related("mailed"))
_PUBLIC_MESSAGES = Prepared(
    lambda: Message.objects.filter(ticket=_TICKET, audience=Audience.CUSTOMER).select_related("mailed")
)
_FILES = Prepared(lambda: Attachment.objects.filter(ticket=_TICKET))
_LINKS = Prepared(lambda: Link.objects.filter(Q(ticket=_TICKET) | Q(other=_TICKET)).order_by("pk"))
_WATCHERS = Prepared(lambda: Watcher.objects.filter(ticket=_TICKET).order_by("since", "pk"))

_READ = Prepared(lambda: ReadMark.objects.filter(ticket=_TICKET, user_id=Given("user")).values_list("seq", flat=True))


_BY_KEY = PreparedFor(lambda actor: Ticket.objects.visible_to(actor).filter(key=Given("key")))
_BY_KEY_JOINED = PreparedFor(
    lambda actor: Ticket.objects.visible_to(actor).select_related(*_JOINS).filter(key=Given("key"))
)
_ID_BY_KEY = PreparedFor(
    lambda actor: Ticket.objects.visible_to(actor).filter(key=Given("key")).values_list("pk", flat=True)
)


@dataclass
class Entry:
    """One event of the course, with the message that it published, if any."""

    event: Event
    person: User | None
    message: Message | None = None
    files: list[Attachment] = field(default_factory=list)
    other_person: User | None = None  # whom the event names: assigned, handed over, reacted by phone

    @property
    def mailed(self) -> MailedMessage | None:
        """The mail that the message came by."""
        return getattr(self.message, "mailed", None)

    @property
    def is_internal(self) -> bool:
        """For staff only."""
        return self.message is not None and self.message.audience == Audience.STAFF


@dataclass
class TicketView:
    """A ticket as one actor sees it at `now`."""

    ticket: Ticket
    actor: Actor
    now: datetime
    entries: list[Entry]
    verdict: Verdict
    moves: list[Move]
    links: list[Link]
    back_links: list[Link]
    watchers: list[Watcher]
    reopen_until: datetime | None
    events: Sequence[Event] = ()
    files: Sequence[Attachment] = ()  # of all messages that the actor may read, those of left-out ones, too
    read_seq: int | None = None  # the last event that the actor was shown before; None when they never opened it
    hidden: Sequence[Event] = ()  # what a long course leaves out between its first entry and the others
    people: Mapping[int, User] = field(default_factory=dict)  # everybody whom the page names, by row
    articles: Mapping[int, str] = field(default_factory=dict)  # titles by number, of those that the actor may read

    @property
    def description(self) -> Entry:
        """The first entry: what was filed."""
        return self.entries[0]

    @property
    def is_watching(self) -> bool:
        """Whether the actor watches the ticket."""
        return any(watcher.user_id == self.actor.user_id for watcher in self.watchers)

    @property
    def has_referral(self) -> bool:
        """Whether it was closed with a referral to another vendor's support."""
        return any("referral" in event.payload for event in self.events)

    def can(self, verb: Verb) -> bool:
        """Whether the move is offered now."""
        return any(move.verb == verb for move in self.moves)


def find_ticket(*, actor: Actor, key: str) -> Ticket:
    """The ticket by key; raises TicketNotFound unless the actor sees it."""
    return _found(_BY_KEY, actor, key)


def _found(statement: PreparedFor[Ticket], actor: Actor, key: str) -> Ticket:
    ticket = statement.first(actor, key=key.upper())
    if ticket is None:
        raise TicketNotFound(key)
    ticket.regulation_edition = edition_of(ticket.regulation_edition_id)
    return ticket


def ticket_id_of(*, actor: Actor, key: str) -> int:
    """The row id of a ticket by key, for operations; raises TicketNotFound unless the actor sees it."""
    pk = _ID_BY_KEY.first(actor, key=key.upper())
    if pk is None:
        raise TicketNotFound(key)
    return pk


def ticket_view(
    *, actor: Actor, key: str, now: datetime, as_customer: bool = False, window: Window | None = None
) -> TicketView:
    """Everything that the ticket's page shows to the actor; with `as_customer`, only what the customer would see.

    With a `window`, the entries of a long course are that part of it. Raises TicketNotFound.
    """
    ticket = _found(_BY_KEY_JOINED, actor, key)
    fetch_rarely_set(ticket)
    with_internal = actor.can(Permission.TICKET_READ_INTERNAL) and not as_customer
    events = events_of(ticket.stream_id)
    links, back_links = _links(ticket, actor)
    watchers = _WATCHERS.rows(ticket=ticket.pk)
    read_seq = last_read(actor=actor, ticket=ticket) if actor.is_person else None
    shown = [event for event in events if with_internal or is_public(event.kind, event.payload)]
    cut = slice(1, 1)
    if window is not None:
        cut = slice(*hidden_range(shown, window, ticket=ticket, read_seq=read_seq, reader=actor.log_name))
    hidden = shown[cut]
    del shown[cut]
    readable = {pk for event in (*shown, *hidden) if (pk := _message_id(event))}
    files = [file for file in _FILES.rows(ticket=ticket.pk) if file.message_id in readable]
    messages = _messages(ticket, shown, whole=not hidden, with_internal=with_internal)
    served = {pk for event in hidden if event.kind in _SERVED for pk in _people_named(event)}
    entries, people = _entries(
        ticket, shown, watchers, files, messages=messages, with_internal=with_internal, also=served
    )
    set_people([ticket], people)
    for watcher in watchers:
        watcher.user = people[watcher.user_id]
    return TicketView(
        ticket=ticket,
        actor=actor,
        now=now,
        entries=entries,
        verdict=verdict_of(events, regulation_code=ticket.regulation_edition.code, as_of=max(now, events[-1].at)),
        moves=[] if as_customer else moves_of(ticket, actor, now, events),
        links=links,
        back_links=back_links,
        watchers=watchers,
        reopen_until=_reopen_until(ticket),
        events=events,
        files=files,
        read_seq=read_seq,
        hidden=hidden,
        people=people,
        articles=articles_named(shown, actor=actor),
    )


def moves_of(ticket: Ticket, actor: Actor, now: datetime, events: Sequence[Event]) -> list[Move]:
    """The moves that the actor has on the ticket at `now`: what buttons are made of."""
    if actor.can(Permission.TICKET_WORK):
        moves = moves_from(ticket.status, Side.STAFF)
        return [
            move for move in moves if move.verb is not Verb.UNDO_DUPLICATE or ticket.resolution == Resolution.DUPLICATE
        ]
    if actor.can(Permission.TICKET_REACT):
        moves = moves_from(ticket.status, Side.CUSTOMER)
        until = _reopen_until(ticket)
        if ticket.status == Status.SUSPENDED and not proposal_expired(events):
            moves = [move for move in moves if move.verb is not Verb.ACCEPT_SOLUTION]
        if not may_withdraw(actor, ticket):
            moves = [move for move in moves if move.verb is not Verb.WITHDRAW]
        return [move for move in moves if move.verb is not Verb.REOPEN or (until is not None and now <= until)]
    return []


def _reopen_until(ticket: Ticket) -> datetime | None:
    if ticket.status != Status.CLOSED:
        return None
    return reopen_until(ticket, parameters_of(ticket.regulation_edition.code).reopen_seconds)


def _messages(ticket: Ticket, shown: Sequence[Event], *, whole: bool, with_internal: bool) -> list[Message]:
    """The messages of the entries; a shown event's message is one that the reader may read, whatever part is shown."""
    if whole:
        return (_MESSAGES if with_internal else _PUBLIC_MESSAGES).rows(ticket=ticket.pk)
    ids = [pk for event in shown if (pk := _message_id(event))]
    rows = _SOME_MESSAGES.rows(ticket=ticket.pk, ids=ids)
    return [row for row in rows if with_internal or row.audience == Audience.CUSTOMER]


def _message_id(event: Event) -> int | None:
    """The message that the event published."""
    return event.payload.get("message") if event.kind not in _ABOUT_A_MESSAGE else None


def _entries(
    ticket: Ticket,
    shown: Sequence[Event],
    watchers: Sequence[Watcher],
    attachments: Sequence[Attachment],
    *,
    messages: Sequence[Message],
    with_internal: bool,
    also: AbstractSet[int],
) -> tuple[list[Entry], dict[int, User]]:
    """The entries of the events, and everybody whom the page names, by id."""
    by_id = {message.pk: message for message in messages}
    files: dict[int, list[Attachment]] = {}
    for file in attachments:
        files.setdefault(file.message_id or 0, []).append(file)
    named = also | {pk for event in shown for pk in _people_named(event)}
    named |= people_of([ticket]) | {watcher.user_id for watcher in watchers}
    named |= {message.author_id for message in messages} | {file.uploaded_by_id for file in attachments}
    rows_shown: list[Message | Attachment] = [*messages, *attachments]
    removed = [row for row in rows_shown if row.removed_by_id]
    people = users_of(named | {row.removed_by_id or 0 for row in removed})
    for each in messages:
        each.author = people[each.author_id]
        if not with_internal and not each.author.is_customer and hasattr(each, "mailed"):
            each.mailed.whole = ""  # an employee's mail may quote what only staff read
    for file in attachments:
        file.uploaded_by = people[file.uploaded_by_id]
    for row in removed:
        row.removed_by = people[row.removed_by_id or 0]
    entries = []
    for event in shown:
        message = by_id.get(_message_id(event) or 0)
        entries.append(
            Entry(
                event=event,
                person=people.get(_actor_id(event) or 0),
                message=message,
                files=files.get(message.pk, []) if message is not None else [],
                other_person=people.get(_other_id(event.payload) or 0),
            )
        )
    return entries, people


_SERVED = WORK | SESSIONS  # shown in panels of their own, whatever part of the course is shown
_ABOUT_A_MESSAGE = frozenset({Kind.MESSAGE_CORRECTED, Kind.MESSAGE_REMOVED})


def _actor_id(event: Event) -> int | None:
    return int(event.actor.removeprefix("user:")) if event.actor.startswith("user:") else None


def _other_id(payload: dict[str, Any]) -> int | None:
    named = ("to_user", "by_person", "requested_by", "person")
    return next((payload[name] for name in named if payload.get(name)), None)


def _people_named(event: Event) -> list[int]:
    return [pk for pk in (_actor_id(event), _other_id(event.payload)) if pk]


def _links(ticket: Ticket, actor: Actor) -> tuple[list[Link], list[Link]]:
    """Links to and from tickets that the actor sees too; one statement, and a second one when there are any."""
    rows = _LINKS.rows(ticket=ticket.pk)
    if not rows:
        return [], []
    others = {row.ticket_id for row in rows} | {row.other_id for row in rows}
    seen = Ticket.objects.visible_to(actor).in_bulk(others)
    shown = [row for row in rows if row.ticket_id in seen and row.other_id in seen]
    for row in shown:
        row.ticket, row.other = seen[row.ticket_id], seen[row.other_id]
    return [row for row in shown if row.ticket_id == ticket.pk], [row for row in shown if row.other_id == ticket.pk]


def last_read(*, actor: Actor, ticket: Ticket) -> int | None:
    """The last event of the ticket that a page has shown the actor; None when they never opened it."""
    return _READ.first(ticket=ticket.pk, user=actor.person_id)


def former_texts(*, actor: Actor, message_id: int) -> list[MessageRevision]:
    """The former texts of a message that the actor may read, oldest first; nothing of a removed one."""
    from mespace.tickets.queries.messages import messages_for

    if not messages_for(actor).filter(pk=message_id, removed_at__isnull=True).exists():
        return []
    return list(MessageRevision.objects.filter(message_id=message_id).select_related("replaced_by"))
