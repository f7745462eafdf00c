"""Telling people of what was written on a ticket: lines behind the bell, and mails planned in the ledger."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from mespace.ledger.models import Event
from mespace.notifications.audience import hearers, people_of
from mespace.notifications.news import news_of
from mespace.notifications.operations._tell import OUTDATED_AFTER, Told, tell
from mespace.notifications.recipients import recipients, weightier
from mespace.tickets.models import Ticket
from mespace.tickets.subject import TICKET

if TYPE_CHECKING:
    from mespace.notifications.kinds import Kind


def notify(*, ticket_id: int, first_seq: int, last_seq: int, now: datetime) -> int:
    """How many people were told of the events `first_seq`…`last_seq` of one act; each hears the weightiest once.

    Rights are those of this moment. Running it again tells nobody twice.
    """
    with transaction.atomic():
        ticket = Ticket.objects.get(pk=ticket_id)
        events = {
            event.seq: event
            for event in Event.objects.filter(stream_id=ticket.stream_id, seq__range=(first_seq, last_seq)).order_by(
                "seq"
            )
        }
        if not events:
            return 0
        people = people_of(ticket, at=events[max(events)].recorded_at)
        heard: dict[int, tuple[int, Kind]] = {}
        for_staff = set()
        for seq, event in events.items():
            news = news_of(event, ticket)
            if news.staff_only:
                for_staff.add(seq)
            weightier(heard, seq, recipients(news, people))
        told = []
        for staff_only in (False, True):
            users = {user for user, (seq, _) in heard.items() if (seq in for_staff) is staff_only}
            for user, _actor in hearers(ticket, users, staff_only=staff_only):
                seq, kind = heard[user.pk]
                event, relation = events[seq], people.relation(user.pk, kind)
                if relation is None:
                    continue
                told.append(
                    Told(user, relation, kind, event.at, seq, outdated=event.recorded_at < now - OUTDATED_AFTER)
                )
        return tell(subject_kind=TICKET, subject_id=ticket.pk, told=told, now=now)
