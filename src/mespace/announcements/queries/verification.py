"""Whether every announcement is what its log says."""

from collections.abc import Iterator, Sequence

from mespace.announcements.lifecycle import Kind, OutageKind, State
from mespace.announcements.models import Entry, MaintenanceWindow, Outage
from mespace.announcements.texts import digest_of
from mespace.ledger.canonical import instant_text
from mespace.ledger.chain import first_broken_link
from mespace.ledger.models import Event

_STATE = {Kind.STARTED: State.RUNNING, Kind.RESTORED: State.RESTORED, Kind.CANCELLED: State.CANCELLED}


def differences() -> Iterator[str]:
    """Every difference between rows and logs in words; texts are held against their digests."""
    for window in MaintenanceWindow.objects.select_related("stream").iterator(chunk_size=200):
        events = _events(window)
        yield from _chain(window, events)
        yield from _maintenance(window, events)
    for outage in Outage.objects.select_related("stream").iterator(chunk_size=200):
        events = _events(outage)
        yield from _chain(outage, events)
        yield from _outage(outage, events)


def _events(notice: MaintenanceWindow | Outage) -> list[Event]:
    return list(Event.objects.filter(stream_id=notice.stream_id).order_by("seq"))


def _chain(notice: MaintenanceWindow | Outage, events: Sequence[Event]) -> Iterator[str]:
    broken = first_broken_link(notice.stream, events)
    if broken is not None:
        yield f"{_name(notice)}: event {broken.seq}: {broken.what}"
    digests = {event.seq: event.payload.get("digest") for event in events}
    for entry in Entry.objects.filter(stream_id=notice.stream_id):
        if digest_of(entry) != digests.get(entry.seq):
            yield f"{_name(notice)}: the text of event {entry.seq} is not the one that was published"


def _maintenance(window: MaintenanceWindow, events: Sequence[Event]) -> Iterator[str]:
    state, overrun = State.ANNOUNCED, None
    said = {"starts": "", "restore": "", "restored": None, "lead": 0}
    for event in events:
        said |= {name: value for name, value in event.payload.items() if name in said}
        state = _STATE.get(Kind(event.kind), state)
        overrun = instant_text(event.at) if event.kind == Kind.OVERRUN else overrun
    shown = {
        "state": window.state,
        "starts": instant_text(window.starts_at),
        "restore": instant_text(window.restore_at),
        "restored": instant_text(window.restored_at) if window.restored_at else None,
        "lead": window.lead_seconds,
        "overrun": instant_text(window.overrun_at) if window.overrun_at else None,
    }
    for name, value in {**said, "state": state, "overrun": overrun}.items():
        if shown[name] != value:
            yield f"{_name(window)}: {name} is {shown[name]}, and the log says {value}"


def _outage(outage: Outage, events: Sequence[Event]) -> Iterator[str]:
    said = {"began": "", "impact": "", "ended": None}
    for event in events:
        said |= {name: value for name, value in event.payload.items() if name in said}
    shown = {
        "began": instant_text(outage.began_at),
        "impact": outage.impact,
        "ended": instant_text(outage.ended_at) if outage.ended_at else None,
    }
    for name, value in said.items():
        if shown[name] != value:
            yield f"{_name(outage)}: {name} is {shown[name]}, and the log says {value}"
    if events and OutageKind(events[0].kind) != OutageKind.REPORTED:
        yield f"{_name(outage)}: its log does not begin with its report"


def _name(notice: MaintenanceWindow | Outage) -> str:
    return f"{notice._meta.model_name} {notice.pk}"  # noqa: SLF001 - Django's public name
