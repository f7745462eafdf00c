"""The search index of tickets: what is found, and by whom."""

from django.db.models import Expression

from mespace.platform.prepared import change
from mespace.platform.search import SQL_PARAMETERS, Parts, parts, sql_joined, vector
from mespace.tickets.models.messages import Audience, Message
from mespace.tickets.models.search import SearchEntry
from mespace.tickets.models.ticket import Ticket

# The vector is computed once for both columns.
_ADDED = f"(SELECT {SQL_PARAMETERS}) AS new (added)"
_INSERT = f"INSERT INTO tickets_searchentry (ticket_id, public, internal) SELECT %s, added, added FROM {_ADDED}"  # noqa: S608
_ADD_INTERNAL = (
    f"UPDATE tickets_searchentry SET internal = {sql_joined('internal', 'added')} FROM {_ADDED} WHERE ticket_id = %s"  # noqa: S608
)
_ADD = _ADD_INTERNAL.replace(" FROM ", f", public = {sql_joined('public', 'added')} FROM ", 1)


def index_new(ticket: Ticket, description: str) -> None:
    """Make a new ticket findable by its key, subject and description."""
    change(_INSERT, [ticket.pk, *_head_parts(ticket, description)])


def index_message(message: Message) -> None:
    """Add a message's text for the audience that may read it."""
    public = message.audience == Audience.CUSTOMER
    change(_ADD if public else _ADD_INTERNAL, [*parts(b=message.body), message.ticket_id])


def index_again(ticket: Ticket) -> None:
    """Build a ticket's entry anew after a text was corrected, removed or the subject changed."""
    texts = list(Message.objects.filter(ticket=ticket, removed_at=None).values_list("audience", "body"))
    public = "\n".join(body for audience, body in texts if audience == Audience.CUSTOMER)
    everything = "\n".join(body for _, body in texts)
    SearchEntry.objects.filter(ticket=ticket).update(public=_head(ticket, public), internal=_head(ticket, everything))


def _head(ticket: Ticket, text: str) -> Expression:
    return vector(**_head_texts(ticket, text))


def _head_parts(ticket: Ticket, text: str) -> Parts:
    return parts(**_head_texts(ticket, text))


def _head_texts(ticket: Ticket, text: str) -> dict[str, str]:
    details = "\n".join(filter(None, [text, ticket.what_was_done, ticket.expected, ticket.stopped_process]))
    return {"a": f"{ticket.key} {ticket.subject}", "b": details}
