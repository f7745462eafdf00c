"""An obligation's evidence bundle: what anyone needs to recompute its verdict (docs/mechanisms/obligations.md)."""

from datetime import datetime
from typing import Any

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.ledger.bundle import event_json
from mespace.ledger.canonical import instant_text
from mespace.ledger.models import Event
from mespace.obligations.clocks import calendar_codes, verdict_of
from mespace.obligations.errors import ObligationNotFound
from mespace.obligations.facts import facts_of
from mespace.obligations.models import Obligation
from mespace.regulation.models import CalendarEdition


def bundle(*, actor: Actor, obligation_id: int, as_of: datetime) -> dict[str, Any]:
    """The bundle as a JSON object: the whole log (it holds no text), the editions and the verdict at `as_of`.

    Raises ObligationNotFound, Refused.
    """
    rows = Obligation.objects.visible_to(actor).select_related("regulation_edition")
    obligation = rows.filter(pk=obligation_id).first()
    if obligation is None:
        raise ObligationNotFound(obligation_id)
    actor.require(Permission.BUNDLE_EXPORT)
    return bundle_of(obligation, as_of=as_of)


def bundle_of(obligation: Obligation, *, as_of: datetime) -> dict[str, Any]:
    """The bundle of an obligation whose edition is joined."""
    events = list(Event.objects.filter(stream_id=obligation.stream_id).order_by("seq"))
    as_of = max(as_of, events[-1].at)
    edition = obligation.regulation_edition
    calendars = CalendarEdition.objects.filter(code__in=calendar_codes(facts_of(events)))
    return {
        "format": "mespace-bundle/1",
        "kind": "obligation",
        "obligation": obligation.key,
        "stream": str(obligation.stream_id),
        "as_of": instant_text(as_of),
        "regulation": {"edition": edition.code, "digest": edition.digest, "parameters": edition.parameters},
        "calendars": {row.code: {"digest": row.digest, "content": row.content} for row in calendars},
        "events": [event_json(event) for event in events],
        "head": {"seq": events[-1].seq, "hash": events[-1].hash},
        "verdict": verdict_of(events, regulation_code=edition.code, as_of=as_of).as_json(),
    }
