"""What holds for every act, whichever verb it is."""

from datetime import timedelta

import pytest

from mespace.ledger.models import Event
from mespace.platform.idempotency import KeyReused
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import Message
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.withdraw import withdraw
from mespace.tickets.queries.verification import Difference, differences
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_an_act_by_a_server_whose_clock_is_behind_is_no_earlier_than_the_one_before_it(cast: Cast) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + 5 * MINUTE)
    withdraw(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + 4 * MINUTE)
    ticket.refresh_from_db()
    assert ticket.closed_at == ticket.status_since == WEDNESDAY + 5 * MINUTE
    assert [item for item in differences() if isinstance(item, Difference)] == []


def test_a_comment_on_a_request_whose_reaction_is_late_is_no_difference(cast: Cast) -> None:
    ticket = cast.file()
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + timedelta(days=2), remark=Remark("Ау?"))
    assert [item for item in differences() if isinstance(item, Difference)] == []
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + timedelta(days=3))
    ticket.refresh_from_db()
    assert ticket.reaction_state == "broken"
    assert [item for item in differences() if isinstance(item, Difference)] == []


def test_the_same_form_acts_once_and_other_content_under_its_key_is_a_mistake(cast: Cast) -> None:
    ticket = cast.file()
    for at in (WEDNESDAY, WEDNESDAY + MINUTE):
        comment(ticket_id=ticket.pk, actor=cast.engineer, now=at, remark=Remark("Ау?"), key="form-1")
    assert Message.objects.filter(ticket=ticket).count() == 2
    with pytest.raises(KeyReused):
        comment(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, remark=Remark("Другое"), key="form-1")
    comment(ticket_id=ticket.pk, actor=cast.colleague, now=WEDNESDAY, remark=Remark("Ау?"), key="form-1")
    assert Event.objects.filter(stream_id=ticket.stream_id, kind="commented").count() == 2


def test_a_request_that_is_not_there_is_not_found(cast: Cast) -> None:
    with pytest.raises(TicketNotFound):
        accept(ticket_id=0, actor=cast.agent, now=WEDNESDAY)
