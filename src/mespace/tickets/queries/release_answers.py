"""What customers answered when a release asked them whether it solved their request."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from mespace.ledger.models import Event
from mespace.tickets.events import Kind
from mespace.tickets.models import AskOutcome, Message, ReleaseAsk

if TYPE_CHECKING:
    from uuid import UUID


class Answer(StrEnum):
    """What was answered."""

    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    WROTE = "wrote"  # neither yes nor no: a message


@dataclass(frozen=True)
class ReleaseAnswer:
    """The first answer after the asking; `said` is the customer's text, "" for a confirmation or a removed one."""

    answer: Answer
    at: datetime
    said: str = ""
    message_id: int | None = None


_ANSWERS = (Kind.SOLUTION_ACCEPTED, Kind.CUSTOMER_REACTED, Kind.REACTION_RECORDED)


def release_answers(asks: Collection[ReleaseAsk]) -> Mapping[int, ReleaseAnswer]:
    """The answers by ticket, of those asked by a proposal; the asks have their tickets fetched. Two statements."""
    asked = {ask.ticket.stream_id: ask for ask in asks if ask.outcome == AskOutcome.PROPOSED}
    since = min((ask.at for ask in asked.values()), default=None)
    if since is None:
        return {}
    events: defaultdict[UUID, list[Event]] = defaultdict(list)
    rows = Event.objects.filter(stream__in=list(asked), kind__in=_ANSWERS, at__gte=since).order_by("stream", "seq")
    for event in rows:
        if event.at >= asked[event.stream_id].at:
            events[event.stream_id].append(event)
    first = {asked[stream].ticket_id: found[0] for stream, found in events.items()}
    texts = _texts([event.payload["message"] for event in first.values() if "message" in event.payload])
    return {ticket_id: _answer(event, texts) for ticket_id, event in first.items()}


def _texts(message_ids: Collection[int]) -> dict[int, str]:
    rows = Message.objects.filter(pk__in=message_ids, audience="customer", removed_at__isnull=True)
    return dict(rows.values_list("pk", "body"))


def _answer(event: Event, texts: Mapping[int, str]) -> ReleaseAnswer:
    if event.kind == Kind.SOLUTION_ACCEPTED:
        return ReleaseAnswer(Answer.SOLVED, event.at)
    message_id = event.payload.get("message")
    answer = Answer.NOT_SOLVED if event.payload.get("rejected") else Answer.WROTE
    return ReleaseAnswer(answer, event.at, texts.get(message_id, ""), message_id)
