"""The search index of tickets: what is found, and by whom."""

from django.db.models import Expression

from mespace.platform.search import Joined, vector
from mespace.tickets.models.messages import Audience, Message
from mespace.tickets.models.search import SearchEntry
from mespace.tickets.models.ticket import Ticket


def index_new(ticket: Ticket, description: str) -> None:
    """Make a new ticket findable by its key, subject and description."""
    entry = _head(ticket, description)
    SearchEntry.objects.create(ticket=ticket, public=entry, internal=entry)


def index_message(message: Message) -> None:
    """Add a message's text for the audience that may read it."""
    added = vector(b=message.body)
    columns = ["internal", "public"] if message.audience == Audience.CUSTOMER else ["internal"]
    SearchEntry.objects.filter(ticket_id=message.ticket_id).update(
        **{column: Joined(column, added) for column in columns}
    )


def index_again(ticket: Ticket) -> None:
    """Build a ticket's entry anew after a text was corrected, removed or the subject changed."""
    texts = list(Message.objects.filter(ticket=ticket, removed_at=None).values_list("audience", "body"))
    public = "\n".join(body for audience, body in texts if audience == Audience.CUSTOMER)
    everything = "\n".join(body for _, body in texts)
    SearchEntry.objects.filter(ticket=ticket).update(public=_head(ticket, public), internal=_head(ticket, everything))


def _head(ticket: Ticket, text: str) -> Expression:
    details = "\n".join(filter(None, [text, ticket.what_was_done, ticket.expected, ticket.stopped_process]))
    return vector(a=f"{ticket.key} {ticket.subject}", b=details)
