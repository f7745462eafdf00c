"""An answer template's text for one ticket: names and keys put in where the template has a place for them."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import AnswerTemplate, Ticket
from mespace.tickets.queries.ticket import find_ticket
from mespace.web.desk.door import desk_view
from mespace.web.middleware import ActorRequest

PLACES = (("{имя}", "{name}"), ("{ключ}", "{key}"), ("{сборка}", "{build}"), ("{площадка}", "{site}"))


def filled(body: str, ticket: Ticket) -> str:
    """The text with the places of PLACES filled in; what is not known stays as it is."""
    values = (
        ticket.requester.full_name,
        ticket.key,
        ticket.build.full_number if ticket.build else "",
        ticket.site.name if ticket.site else "",
    )
    for places, value in zip(PLACES, values, strict=True):
        for place in places if value else ():
            body = body.replace(place, value)
    return body


@require_safe
@desk_view
def answer_text(request: ActorRequest, key: str, pk: int) -> HttpResponse:
    """The template's text for the ticket, as plain text."""
    request.actor.require(Permission.TICKET_WORK)
    ticket = find_ticket(actor=request.actor, key=key)
    row = AnswerTemplate.objects.filter(pk=pk, is_active=True).first()
    if row is None:
        raise TicketNotFound(pk)
    return HttpResponse(filled(row.body, ticket), content_type="text/plain; charset=utf-8")
