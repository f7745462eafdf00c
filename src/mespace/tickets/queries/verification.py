"""Re-deriving tickets from their logs: chain, legality of moves, and every projected column."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mespace.ledger.chain import first_broken_link
from mespace.ledger.models import Event
from mespace.tickets.clocks import project
from mespace.tickets.events import QUIET, Kind, is_public
from mespace.tickets.lifecycle import status_changes
from mespace.tickets.models import RemoteSession, Ticket, WorkEntry
from mespace.tickets.services_log import readings, session_states

if TYPE_CHECKING:
    from uuid import UUID

BATCH = 500
_CLOCK_COLUMNS = (
    "reaction_state",
    "reaction_due_at",
    "reacted_at",
    "term",
    "term_opened_at",
    "term_received_at",
    "term_evidence",
    "term_due_at",
    "term_reminded",
    "wake_at",
    "status_since",
    "queue_rank",
    "queue_at",
    "time_vendor",
    "time_customer",
    "time_third_party",
    "time_outside",
    "time_to",
    "time_calendar",
)
_JOINS = ("stream", "regulation_edition", "duplicate_of", "project", "contract_revision")


@dataclass(frozen=True)
class Difference:
    """Where a ticket is not what its log says."""

    key: str
    where: str
    stored: object
    derived: object

    def __str__(self) -> str:
        return f"{self.key}: {self.where}: stored {self.stored!s}, by the log {self.derived!s}"


def differences(*, sample: int | None = None) -> Iterator[Difference | str]:
    """Yield the key of each ticket examined, and before it each difference found; in order of filing, in batches.

    With `sample`, about that many tickets spread over the table by row id; otherwise all, and each project's keys for
    gaps.
    """
    rows = Ticket.objects.select_related(*_JOINS).order_by("pk")
    if sample is not None:
        from django.db.models import Max, Min

        ends = Ticket.objects.aggregate(first=Min("pk"), last=Max("pk"))
        if ends["first"] is None:
            return
        step = max(1, (ends["last"] - ends["first"] + 1) // max(1, sample))
        wanted = range(ends["first"], ends["last"] + 1, step)
        rows = rows.filter(pk__in=list(wanted))
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        events: dict[UUID, list[Event]] = {ticket.stream_id: [] for ticket in batch}
        for event in Event.objects.filter(stream_id__in=events).order_by("stream_id", "seq"):
            events[event.stream_id].append(event)
        services = _Services(batch)
        for ticket in batch:
            yield from _of(ticket, events[ticket.stream_id])
            yield from services.differences(ticket, events[ticket.stream_id])
            yield ticket.key
        last = batch[-1].pk
    if sample is None:
        yield from _gaps()


def _of(ticket: Ticket, events: list[Event]) -> Iterator[Difference]:
    broken = first_broken_link(ticket.stream, events)
    if broken is not None:
        yield Difference(ticket.key, f"event {broken.seq}", broken.what, "an unbroken chain")
        return
    if not events or events[0].kind != Kind.FILED:
        yield Difference(ticket.key, "event 1", events[0].kind if events else "no event", Kind.FILED.value)
        return
    allowed = set(status_changes())
    status = ""
    for event in events:
        to = event.payload.get("to")
        if to is None:
            continue
        before = event.payload.get("from", "")
        if before != status or (status and status != to and (status, to) not in allowed):
            yield Difference(ticket.key, f"event {event.seq}, a move", f"{before} → {to}", f"a move from {status}")
            return
        status = to
    yield from _columns(ticket, events, status)


class _Services:
    """The work and the remote sessions of some tickets, by ticket; two statements."""

    def __init__(self, tickets: list[Ticket]) -> None:
        self.work: dict[int, dict[int, tuple[object, ...]]] = {}
        self.sessions: dict[int, dict[int, str]] = {}
        columns = ("service", "person_id", "minutes", "worked_on", "is_withdrawn", "replaced_by__is_withdrawn")
        for ticket_id, pk, *row in WorkEntry.objects.filter(ticket__in=tickets).values_list(
            "ticket_id", "pk", *columns
        ):
            self.work.setdefault(ticket_id, {})[pk] = tuple(row)
        rows = RemoteSession.objects.filter(ticket__in=tickets).values_list("ticket_id", "pk", "state")
        for ticket_id, pk, state in rows:
            self.sessions.setdefault(ticket_id, {})[pk] = state

    def differences(self, ticket: Ticket, events: list[Event]) -> Iterator[Difference]:
        """Where they are not what the log says."""
        replaced = {"": None, "corrected": False, "withdrawn": True}
        work = {
            each.work: (each.service, each.person, each.minutes, each.on, each.is_withdrawn, replaced[each.later])
            for each in readings(events)
        }
        stored = self.work.get(ticket.pk, {})
        if stored != work:
            yield Difference(ticket.key, "work", stored, work)
        sessions = {pk: state.value for pk, state in session_states(events).items()}
        if self.sessions.get(ticket.pk, {}) != sessions:
            yield Difference(ticket.key, "sessions", self.sessions.get(ticket.pk, {}), sessions)


def _columns(ticket: Ticket, events: list[Event], status: str) -> Iterator[Difference]:
    filed = events[0].payload
    derived: dict[str, object] = {
        "status": status,
        "key": filed["key"],
        "requester_id": filed["requester"],
        "registered_by_id": filed["registered_by"],
        "customer_id": filed["customer"],
        "product_id": filed["product"],
        "contract_id": filed["contract"],
        "registered_at": events[0].at,
        "type": _last(events, "type", filed["type"], Kind.RECLASSIFIED),
        "criticality": _last(events, "criticality", filed["criticality"], Kind.RECLASSIFIED),
        "assignee_id": _last(events, "to_user", None, Kind.ASSIGNED),
        "holder_id": _last(events, "to_user", filed["requester"], Kind.HANDED_OVER),
        "known_error_id": _known_error(events),
        "outside_support": _is_outside(events),
        "version": events[-1].seq,
    }
    last_move = next(event for event in reversed(events) if "to" in event.payload)
    derived["resolution"] = last_move.payload.get("resolution", "")
    derived["closed_at"] = last_move.at if status == "closed" else None
    derived["waiting_for"] = (
        "customer" if last_move.kind == Kind.SUSPENDED_UNANSWERED else last_move.payload.get("waiting_for", "")
    )
    derived["vendor_id"] = last_move.payload.get("vendor")
    public = [event for event in events if is_public(event.kind, event.payload) and event.kind not in QUIET]
    derived["public_version"] = public[-1].seq
    for name, value in derived.items():
        if getattr(ticket, name) != value:
            yield Difference(ticket.key, name, getattr(ticket, name), value)
    revision = ticket.contract_revision
    entitled_by = (revision.contract_id, filed.get("revision", revision.number))  # older tickets name no revision
    if entitled_by != (filed["contract"], revision.number):
        yield Difference(ticket.key, "contract_revision", (revision.contract_id, revision.number), entitled_by)
    if (ticket.duplicate_of.key if ticket.duplicate_of else None) != last_move.payload.get("duplicate_of"):
        yield Difference(ticket.key, "duplicate_of", ticket.duplicate_of, last_move.payload.get("duplicate_of"))
    stored = {name: getattr(ticket, name) for name in _CLOCK_COLUMNS}
    project(ticket, events, regulation_code=ticket.regulation_edition.code)
    for name, value in stored.items():
        if getattr(ticket, name) != value:
            yield Difference(ticket.key, name, value, getattr(ticket, name))


def _known_error(events: list[Event]) -> int | None:
    linked: int | None = None
    for event in events:
        if event.kind == Kind.KNOWN_ERROR_UNLINKED:
            linked = None
        elif event.kind == Kind.KNOWN_ERROR_LINKED or event.payload.get("resolution") == "known_error":
            linked = event.payload["known_error"]
    return linked


def _is_outside(events: list[Event]) -> bool:
    marks = [event.kind for event in events if event.kind in {Kind.OUTSIDE_SUPPORT, Kind.WITHIN_SUPPORT}]
    return bool(marks) and marks[-1] == Kind.OUTSIDE_SUPPORT


def _last(events: list[Event], name: str, first: object, kind: Kind) -> object:
    return next((event.payload[name] for event in reversed(events) if event.kind == kind), first)


def _gaps() -> Iterator[Difference]:
    """Each project whose ticket numbers are not 1 to the last one handed out."""
    from django.db.models import Count, Max, Min

    from mespace.customers.models import Project

    for project_row in Project.objects.annotate(
        first=Min("tickets__number"), top=Max("tickets__number"), count=Count("tickets")
    ):
        top = project_row.top or 0
        if (project_row.count, top) != (project_row.last_number, project_row.last_number) or (
            top and project_row.first != 1
        ):
            yield Difference(
                project_row.code,
                "keys",
                f"{project_row.count} tickets up to {top}",
                f"{project_row.last_number} without a gap",
            )
