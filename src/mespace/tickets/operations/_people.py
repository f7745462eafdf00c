"""Finding the customer's person whom an act names."""

from django.utils.translation import gettext as _

from mespace.accounts.models import User
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Ticket


def customer_person(ticket: Ticket, user_id: int | None, *, field: str) -> User:
    """The person of the ticket's customer; raises Invalid on `field` when there is none."""
    person = User.objects.filter(pk=user_id or 0, membership__customer_id=ticket.customer_id).first()
    if person is None:
        raise Invalid({field: _("Choose a person of this customer.")})
    return person
