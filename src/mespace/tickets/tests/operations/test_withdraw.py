"""Who may withdraw what."""

import pytest

from mespace.accounts.actor import Refused
from mespace.tickets.lifecycle import Verb
from mespace.tickets.operations.hand_over import hand_over
from mespace.tickets.operations.withdraw import withdraw
from mespace.tickets.queries.ticket import ticket_view
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


def test_a_colleague_does_not_withdraw_what_is_not_theirs_and_is_not_offered_it(cast: Cast) -> None:
    ticket = cast.file()
    with pytest.raises(Refused):
        withdraw(ticket_id=ticket.pk, actor=cast.colleague, now=WEDNESDAY)
    assert not ticket_view(actor=cast.colleague, key=ticket.key, now=WEDNESDAY).can(Verb.WITHDRAW)
    assert ticket_view(actor=cast.engineer, key=ticket.key, now=WEDNESDAY).can(Verb.WITHDRAW)


@pytest.mark.parametrize("name", ["engineer", "colleague", "responsible"])
def test_the_requester_the_holder_and_a_responsible_employee_do(cast: Cast, name: str) -> None:
    ticket = cast.file()
    hand_over(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, to_user_id=cast.colleague.user_id)
    withdraw(ticket_id=ticket.pk, actor=cast.actors[name], now=WEDNESDAY)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.resolution) == ("closed", "withdrawn")
