"""Events of the log, read as news."""

from mespace.accounts.models import User
from mespace.ledger.models import Event
from mespace.notifications.recipients import News
from mespace.tickets.events import Kind, is_public
from mespace.tickets.models import Audience, Message, Ticket


def actor_id(event: Event) -> int | None:
    """The person who acted; None for the timer."""
    kind, _, number = event.actor.partition(":")
    return int(number) if kind == "user" and number.isdigit() else None


def message_of(event: Event, ticket: Ticket) -> Message | None:
    """The message that the event published, as it is now."""
    number = event.payload.get("message")
    return Message.objects.filter(pk=number, ticket=ticket).first() if isinstance(number, int) else None


def is_for_staff(event: Event, message: Message | None) -> bool:
    """Whether only staff may hear of it: by the event's word or by the message's, whichever is stricter."""
    return not is_public(event.kind, event.payload) or (message is not None and message.audience == Audience.STAFF)


def news_of(event: Event, ticket: Ticket) -> News:
    """The event as `recipients` takes it."""
    person = actor_id(event)
    author = User.objects.filter(pk=person).first() if person is not None else None
    return News(
        kind=Kind(event.kind),
        actor=person,
        by_customer=author is not None and author.is_customer,
        staff_only=is_for_staff(event, message_of(event, ticket)),
        payload=event.payload,
    )
