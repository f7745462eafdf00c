"""Re-deriving obligations from their logs: chain, legality of moves, and every projected column."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mespace.ledger.chain import first_broken_link
from mespace.ledger.models import Event
from mespace.obligations.clocks import PROJECTED, project, verdict_of
from mespace.obligations.lifecycle import Kind
from mespace.obligations.models import Obligation
from mespace.regulation.core.errors import RegulationError

if TYPE_CHECKING:
    from uuid import UUID

BATCH = 500


@dataclass(frozen=True)
class Difference:
    """Where an obligation is not what its log says."""

    key: str
    where: str
    stored: object
    derived: object

    def __str__(self) -> str:
        return f"{self.key}: {self.where}: stored {self.stored!s}, by the log {self.derived!s}"


def differences() -> Iterator[Difference | str]:
    """Yield the key of each obligation examined, before it each difference found; in order of opening, in batches."""
    rows = Obligation.objects.select_related("stream", "regulation_edition", "calendar_edition").order_by("pk")
    rows = rows.defer("calendar_edition__content")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        events: dict[UUID, list[Event]] = {row.stream_id: [] for row in batch}
        for event in Event.objects.filter(stream_id__in=events).order_by("stream_id", "seq"):
            events[event.stream_id].append(event)
        for row in batch:
            yield from _of(row, events[row.stream_id])
            yield row.key
        last = batch[-1].pk


def _of(obligation: Obligation, events: list[Event]) -> Iterator[Difference]:
    key = obligation.key
    broken = first_broken_link(obligation.stream, events)
    if broken is not None:
        yield Difference(key, f"event {broken.seq}", broken.what, "an unbroken chain")
        return
    if not events or events[0].kind != Kind.OPENED:
        yield Difference(key, "event 1", events[0].kind if events else "no event", Kind.OPENED.value)
        return
    code = obligation.regulation_edition.code
    opened = events[0].payload
    derived: dict[str, object] = {
        "kind": opened["what"],
        "clause": opened["clause"],
        "whom_kind": opened["whom"]["kind"],
        "whom_id": opened["whom"]["id"],
        "owed_to": opened.get("customer"),
        "opened_at": events[0].at,
    }
    stored: dict[str, object] = {name: getattr(obligation, name) for name in (*derived, *PROJECTED)}
    try:
        project(obligation, events, regulation_code=code)
        calendar = verdict_of(events, regulation_code=code, as_of=events[-1].at).calendar
    except RegulationError as refusal:
        yield Difference(key, "the course", "what the log holds", str(refusal))
        return
    derived |= {name: getattr(obligation, name) for name in PROJECTED}
    for name, value in derived.items():
        if stored[name] != value:
            yield Difference(key, name, stored[name], value)
    if obligation.calendar_edition.code != calendar:
        yield Difference(key, "calendar_edition", obligation.calendar_edition.code, calendar)
