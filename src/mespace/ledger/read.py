"""Reading a stream."""

from uuid import UUID

from mespace.ledger.models import Event
from mespace.platform.prepared import Given, Prepared

_EVENTS = Prepared(lambda: Event.objects.filter(stream_id=Given("stream")).order_by("seq"))


def events_of(stream_id: UUID) -> list[Event]:
    """A stream's events in order; one statement."""
    return _EVENTS.rows(stream=stream_id)
