"""Leavers: their open tickets go on with a named colleague, and nothing of their history changes."""

from typing import Any

import pytest

from mespace.accounts.actor import Refused
from mespace.accounts.errors import LastAdministrator, PersonNotFound
from mespace.accounts.models import User
from mespace.accounts.operations.enable_user import enable_user
from mespace.accounts.responsible import LastResponsible
from mespace.ledger.models import Event
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Ticket, Watcher
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.disable_person import disable_person
from mespace.tickets.operations.join import join
from mespace.tickets.operations.watch import watch
from mespace.tickets.operations.withdraw import withdraw
from mespace.tickets.queries.leaving import leaving
from mespace.tickets.queries.verification import differences
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


def leave(cast: Cast, whom: str, by: str = "responsible", **more: Any) -> Any:
    return disable_person(actor=cast.actors[by], now=WEDNESDAY, user_id=cast.users[whom].pk, **more)


def kinds(ticket: Ticket) -> list[str]:
    return list(Event.objects.filter(stream=ticket.stream_id).order_by("seq").values_list("kind", flat=True))


@pytest.mark.parametrize("by", ["responsible", "manager", "administrator"])
def test_open_requests_go_on_with_a_colleague_and_the_past_stays(cast: Cast, by: str) -> None:
    first, second, closed = (cast.file(subject=name) for name in ("Первое", "Второе", "Закрытое"))
    accept(ticket_id=second.pk, actor=cast.agent, now=WEDNESDAY)
    withdraw(ticket_id=closed.pk, actor=cast.engineer, now=WEDNESDAY, reason="Нашли сами")
    before = kinds(closed)
    left = leave(cast, "engineer", by, successor_id=cast.users["colleague"].pk)
    assert (left.handed_over, left.successor, left.person.is_active) == (2, cast.users["colleague"], False)
    for ticket in (first, second):
        ticket.refresh_from_db()
        assert (ticket.holder, ticket.requester) == (cast.users["colleague"], cast.users["engineer"])
        event = Event.objects.filter(stream=ticket.stream_id).latest("seq")
        assert (event.kind, event.actor) == ("handed_over", cast.actors[by].log_name)
        assert event.payload == {"to_user": cast.users["colleague"].pk}
    closed.refresh_from_db()
    assert (closed.holder, kinds(closed)) == (cast.users["engineer"], before)
    assert [item for item in differences() if not isinstance(item, str)] == []
    enable_user(actor=cast.actors[by], user_id=cast.users["engineer"].pk)
    assert Ticket.objects.get(pk=first.pk).holder == cast.users["colleague"]


@pytest.mark.parametrize("successor", [None, "engineer", "stranger", "agent"])
def test_without_a_colleague_who_goes_on_nothing_happens(cast: Cast, successor: str | None) -> None:
    ticket = cast.file()
    chosen = cast.users[successor].pk if successor else None
    for more in ({}, {"to_queue": True}):
        with pytest.raises(Invalid) as refusal:
            leave(cast, "engineer", successor_id=chosen, **more)
        assert set(refusal.value.errors) == {"successor"}
    assert User.objects.get(pk=cast.users["engineer"].pk).is_active
    assert kinds(ticket) == ["filed"]


def test_a_disabled_colleague_cannot_go_on(cast: Cast) -> None:
    cast.file()
    leave(cast, "colleague")
    with pytest.raises(Invalid):
        leave(cast, "engineer", successor_id=cast.users["colleague"].pk)


def test_staff_s_requests_are_reassigned_or_go_back_to_the_queue(cast: Cast) -> None:
    ticket = cast.file()
    assign(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=cast.users["agent"].pk)
    with pytest.raises(Invalid):
        leave(cast, "agent", "administrator")
    with pytest.raises(Invalid):
        leave(cast, "agent", "administrator", successor_id=cast.users["manager"].pk)
    leave(cast, "agent", "administrator", successor_id=cast.users["second_agent"].pk)
    assert Ticket.objects.get(pk=ticket.pk).assignee == cast.users["second_agent"]
    left = leave(cast, "second_agent", "administrator", to_queue=True)
    assert (left.handed_over, Ticket.objects.get(pk=ticket.pk).assignee) == (1, None)
    assert kinds(ticket) == ["filed", "assigned", "assigned", "assigned"]


def test_watching_goes_on_where_the_successor_sees_the_request(cast: Cast) -> None:
    ticket, other = cast.file(by="colleague"), cast.file(by="far_colleague", place=cast.new().place)
    for each in (ticket, other):
        watch(ticket_id=each.pk, actor=cast.engineer, now=WEDNESDAY, on=True)
    joined = cast.file(by="colleague")
    join(ticket_id=joined.pk, actor=cast.engineer, now=WEDNESDAY)
    leave(cast, "engineer", successor_id=cast.users["colleague"].pk)
    assert set(Watcher.objects.filter(user=cast.users["engineer"]).values_list("ticket", flat=True)) == {joined.pk}
    watched = set(Watcher.objects.filter(user=cast.users["colleague"]).values_list("ticket", flat=True))
    assert {ticket.pk, other.pk, joined.pk} <= watched


def test_a_successor_does_not_come_to_watch_what_they_do_not_see(cast: Cast) -> None:
    type(cast.factory).objects.filter(pk=cast.factory.pk).update(narrow_to_sites=True)
    ticket = cast.file(by="colleague")
    watch(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, on=True)
    leave(cast, "engineer", successor_id=cast.users["far_colleague"].pk)
    assert not Watcher.objects.filter(user=cast.users["far_colleague"]).exists()


def test_a_customer_keeps_a_responsible_employee_and_the_desk_an_administrator(cast: Cast) -> None:
    with pytest.raises(LastResponsible):
        leave(cast, "responsible", "manager")
    User.objects.filter(pk=cast.users["colleague"].pk).update(roles=["responsible"])
    leave(cast, "responsible", "manager")
    with pytest.raises(LastAdministrator):
        leave(cast, "administrator", "administrator")


@pytest.mark.parametrize(
    ("by", "whom", "refusal"),
    [
        ("responsible", "responsible", Refused),
        ("responsible", "stranger", PersonNotFound),
        ("responsible", "agent", PersonNotFound),
        ("manager", "agent", Refused),
        ("engineer", "colleague", Refused),
        ("agent", "engineer", Refused),
        ("contractor", "engineer", Refused),
        ("director", "engineer", Refused),
        ("auditor", "engineer", Refused),
    ],
)
def test_who_may_not(cast: Cast, by: str, whom: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        leave(cast, whom, by)
    with pytest.raises(refusal):
        leaving(actor=cast.actors[by], user_id=cast.users[whom].pk)
    assert User.objects.get(pk=cast.users[whom].pk).is_active


def test_the_page_knows_what_is_left_behind(cast: Cast, django_assert_num_queries: Any) -> None:
    cast.file()
    with django_assert_num_queries(7):
        left_behind = leaving(actor=cast.responsible, user_id=cast.users["engineer"].pk)
    names = [user.full_name for user in left_behind.successors]
    assert (left_behind.open_tickets, names) == (1, ["Colleague", "Far Colleague", "Responsible"])
