"""Filing goes on in years for which nobody has adopted a calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mespace.customers.models import SupportContract
from mespace.regulation.operations.extend_calendar import extend_calendar
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.queries.ticket import ticket_view
from mespace.tickets.tests.operations.logs import fresh, sound
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", [2029, 2030, 2031, 2035])
def test_the_last_hour_of_a_year_that_nobody_has_decreed_has_its_deadlines(cast: Cast, year: int) -> None:
    SupportContract.objects.filter(pk=cast.contract.pk).update(valid_until=date(year + 1, 12, 31))
    late = datetime(year, 12, 31, 13, 30, tzinfo=UTC)
    extend_calendar(now=late)
    ticket = cast.file(now=late)
    assert ticket.reaction_due_at > datetime(year + 1, 1, 8, tzinfo=UTC)
    assert ticket_view(actor=cast.engineer, key=ticket.key, now=late).verdict.reaction.rests_on_provisional
    accept(ticket_id=ticket.pk, actor=cast.agent, now=late + timedelta(minutes=1), then=Question("Какая модель?"))
    assert fresh(ticket).status == "info_requested"
    assert sound()
