"""A contract runs out, day by day: what both sides are shown beforehand, and that exactly this comes about."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from mespace.customers.models import SupportContract
from mespace.customers.operations.warn_of_ends import warn_of_ends
from mespace.notifications.models import Notification
from mespace.notifications.tasks import announce_to_people
from mespace.notifications.tests.jobs import queued
from mespace.platform.clock import SteppedClock
from mespace.platform.jobs import Job
from mespace.tickets.operations._steps import Closing
from mespace.tickets.operations.accept import accept
from tests.cast import Cast
from tests.flows.person import Person

pytestmark = pytest.mark.django_db
END = date(2027, 3, 26)
MIDNIGHT = datetime(2027, 3, 26, 21, 0, tzinfo=UTC)  # the day after begins in Moscow
NUMBER = "ТП-ZAVOD-1"
AHEAD = "После этого дня нельзя подать обращение"


@pytest.fixture(autouse=True)
def ending(cast: Cast) -> None:
    SupportContract.objects.filter(customer=cast.rival).delete()
    SupportContract.objects.filter(pk=cast.contract.pk).update(valid_until=END)


@pytest.fixture
def days_before(clock: SteppedClock) -> Callable[[int], None]:
    """Noon in Moscow, so many days before the last one; the worker has done what it does each hour."""

    def step(days: int) -> None:
        noon = datetime(2027, 3, 26, 9, 0, tzinfo=UTC) - timedelta(days=days)
        clock.set(noon)
        warn_of_ends(now=noon)
        for job in queued(Job.ANNOUNCE):
            announce_to_people(**job)

    return step


def told() -> list[str]:
    rows = Notification.objects.filter(kind="contract_ends").order_by("user__email")
    return list(rows.values_list("user__email", flat=True))


def test_nothing_is_said_before_sixty_days_but_the_pages_say_what_would_end(
    cast: Cast, enter: Callable[[str], Person], days_before: Callable[[int], None]
) -> None:
    days_before(61)
    responsible, manager = enter("responsible"), enter("manager")
    assert told() == []
    assert AHEAD not in responsible.open("/tickets/").text
    assert NUMBER not in manager.open("/manage/contracts/?shown=ending").text
    for page in (
        responsible.open(reverse("contract", args=[cast.contract.pk])).text,
        manager.open(reverse("manage:contract", args=[cast.contract.pk])).text,
    ):
        for words in ("Что закончится вместе с ним", "новые обращения по", "MES Линия", "26.03.2027", "за 60, 30 и 7"):
            assert words in page, words


def test_both_sides_are_told_three_times_and_shown_what_will_be_refused(
    cast: Cast, enter: Callable[[str], Person], days_before: Callable[[int], None]
) -> None:
    both = ["manager@example.org", "responsible@example.org"]
    for times, days in enumerate((60, 30, 7), start=1):
        days_before(days)
        assert told() == sorted(both * times), days
        responsible, manager = enter("responsible"), enter("manager")
        above = responsible.open("/tickets/").text
        for words in (AHEAD, NUMBER, "26.03.2027", "MES Линия"):
            assert words in above, (days, words)
        assert AHEAD not in enter("engineer").open("/tickets/").text
        listed = manager.open("/manage/contracts/?shown=ending").text
        assert NUMBER in listed
        assert "MES Линия" in listed
        assert "/manage/contracts/?shown=ending" in manager.open(reverse("oversight:today")).text
        for person in (responsible, manager):
            news = person.open("/notifications/").text
            assert NUMBER in news
            assert "26.03.2027" in news


def test_what_was_announced_comes_about_and_nothing_else(
    cast: Cast, enter: Callable[[str], Person], clock: SteppedClock
) -> None:
    last = MIDNIGHT - timedelta(seconds=1)
    clock.set(last)
    waiting, closed = cast.file(now=last, subject="Ждёт"), cast.file(now=last, subject="Решено")
    accept(ticket_id=closed.pk, actor=cast.agent, now=last, then=Closing("solved", "Готово."))
    engineer = enter("engineer")
    assert engineer.open("/tickets/new/").status == 200
    reopening = f"/t/{closed.key}/act/reopen/"
    drawn = engineer.open(f"/t/{closed.key}/").filled(reopening, reason="Снова молчит")
    clock.set(MIDNIGHT)
    again = engineer.post(drawn, reopening)
    assert again.status == 403
    assert NUMBER in again.text
    refused = engineer.open("/tickets/new/")
    assert refused.status == 403
    for words in (NUMBER, "26.03.2027"):
        assert words in refused.text
    engineer.act(waiting.key, "comment", body="Ещё молчит")
    assert engineer.status == 200
    assert "Ещё молчит" in engineer.text
    accepted = accept(ticket_id=waiting.pk, actor=cast.agent, now=MIDNIGHT + timedelta(hours=60))
    assert (accepted.status, accepted.reaction_state) == ("analysis", "kept")
    for who, name in (("responsible", "contract"), ("manager", "manage:contract")):
        page = enter(who).open(reverse(name, args=[cast.contract.pk])).text
        assert "Что закончилось вместе с ним" in page
        assert "MES Линия" in page
