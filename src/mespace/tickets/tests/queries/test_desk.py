"""What the desk is told of a ticket's clock, of news and of choices."""

from datetime import UTC, datetime, timedelta

import pytest

from mespace.platform import clock
from mespace.tickets.lifecycle import Criticality, TicketType
from mespace.tickets.models import Ticket
from mespace.tickets.operations._steps import Closing, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.queries.deadline_if import deadline_if_reclassified
from mespace.tickets.queries.desk_clock import DeskClock, clock_of
from mespace.tickets.queries.desk_options import editor_options, filter_options, person_options
from mespace.tickets.queries.desk_ticket import contact_delay, known_errors_of, news_since
from mespace.tickets.queries.ticket import ticket_view
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2024, 12, 27, 13, 30, tzinfo=UTC)  # 16:30 in Moscow, before a worked Saturday


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_time_left_is_working_time_over_a_worked_saturday(cast: Cast) -> None:
    ticket = cast.file(now=FRIDAY, type="incident", critical=True, stopped_process="Отгрузка")
    due = datetime(2024, 12, 28, 6, 30, tzinfo=UTC)
    assert clock_of(ticket, now=FRIDAY) == DeskClock(due=due, left=2 * 3600)
    assert clock_of(ticket, now=FRIDAY + timedelta(hours=5)).left == 90 * 60
    assert clock_of(ticket, now=due).left == 0
    assert clock_of(ticket, now=due + timedelta(hours=1)).left == -3600


def test_after_the_acceptance_it_says_how_long_support_holds_it_or_until_when_the_customer(cast: Cast) -> None:
    held, asked = cast.file(now=WEDNESDAY), cast.file(now=WEDNESDAY)
    at = WEDNESDAY + timedelta(hours=1)
    accept(ticket_id=held.pk, actor=cast.agent, now=at)
    accept(ticket_id=asked.pk, actor=cast.agent, now=at, then=Question("Какая модель?"))
    assert clock_of(fresh(held), now=at + timedelta(hours=24)).held == 9 * 3600
    assert clock_of(fresh(asked), now=at) == DeskClock(answer_due=fresh(asked).term_due_at)


def test_a_deadline_in_a_year_without_an_adopted_calendar_is_marked_until_it_has_passed(cast: Cast) -> None:
    before_new_year = datetime(2027, 12, 30, 13, 0, tzinfo=UTC)  # the last working day of the years that are adopted
    ticket = cast.file(now=before_new_year)
    assert ticket.reaction_due_at.year == 2028
    assert clock_of(ticket, now=before_new_year).is_provisional
    assert not clock_of(ticket, now=ticket.reaction_due_at + timedelta(seconds=1)).is_provisional
    assert not clock_of(cast.file(now=WEDNESDAY), now=WEDNESDAY).is_provisional


def test_the_deadline_that_a_change_would_bring(cast: Cast) -> None:
    ticket = cast.file(now=WEDNESDAY, type="incident")
    now = WEDNESDAY + timedelta(hours=1)
    view = ticket_view(actor=cast.agent, key=ticket.key, now=now)
    kind = TicketType.INCIDENT
    raised = deadline_if_reclassified(view, ticket_type=kind, criticality=Criticality.CRITICAL, now=now)
    assert raised == WEDNESDAY + timedelta(hours=2)
    same = deadline_if_reclassified(view, ticket_type=kind, criticality=Criticality.NON_CRITICAL, now=now)
    assert same is None


def test_news_are_what_others_did(cast: Cast) -> None:
    ticket = cast.file(now=WEDNESDAY)
    seen = ticket.version
    with clock.stepped(WEDNESDAY):
        comment(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, remark=Remark("Ещё"))
        comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, remark=Remark("Своё"))
    found = news_since(actor=cast.agent, ticket_id=ticket.pk, seq=seen)
    assert (found.events, found.messages) == (1, 1)


def test_choices_come_in_one_statement(cast: Cast, django_assert_num_queries: object) -> None:
    original, duplicate = cast.file(now=WEDNESDAY), cast.file(now=WEDNESDAY)
    then = Closing("duplicate", duplicate_of=original.key)
    accept(ticket_id=duplicate.pk, actor=cast.agent, now=WEDNESDAY, then=then)
    with django_assert_num_queries(3):  # type: ignore[operator]
        editor, people, filters = (
            editor_options(original, actor=cast.agent),
            person_options(original),
            filter_options(customer_id=cast.factory.pk),
        )
    assert [option.label for option in editor["duplicate"]] == [duplicate.key]
    assert [option.pk for option in editor["vendor"]] == [cast.vendor.pk]
    assert {option.pk for option in people["assignee"]} == {
        cast.users[name].pk for name in ("agent", "second_agent", "contractor")
    }
    assert cast.users["stranger"].pk not in {option.pk for option in people["person"]}
    assert {option.pk for option in filters["site"]} == {cast.site.pk, cast.other_site.pk}


def test_known_errors_of_the_build_come_first(cast: Cast) -> None:
    later = type(cast.known_error).objects.create(product=cast.product, code="KE-2", title="Другая")
    cast.known_error.affected_builds.add(cast.build)
    assert known_errors_of(cast.file()) == [cast.known_error, later]


def test_a_contact_after_the_registration_has_no_delay() -> None:
    assert contact_delay(WEDNESDAY, WEDNESDAY + timedelta(minutes=5)) == 300
    assert contact_delay(WEDNESDAY + timedelta(minutes=5), WEDNESDAY) == 0
