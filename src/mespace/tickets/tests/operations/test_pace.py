"""How fast a customer's people may write, and that nobody else is slowed down."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mespace.platform.models import Pace as Bucket
from mespace.platform.pace import Pace, TooFast, keep_pace
from mespace.tickets.models import Ticket
from mespace.tickets.operations._pace import FILING, UPLOADING, WRITING
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.file_ticket import file_ticket
from mespace.tickets.operations.uploads import upload
from tests.cast import WEDNESDAY, Cast
from tests.concurrency.parallel import at_once

SMALL = Pace("try", most=3, most_together=5, per_minute=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _ordinary_pace(settings: Any) -> None:
    settings.RATE_LIMIT_FACTOR = 1


def tries(person: str = "user:1", company: str = "customer:1", after: timedelta = timedelta(0)) -> int:
    """How many are let through of ten at one instant."""
    passed = 0
    for _ in range(10):
        try:
            keep_pace(SMALL, person=person, company=company, now=WEDNESDAY + after)
        except TooFast:
            pass
        else:
            passed += 1
    return passed


@pytest.mark.django_db
def test_a_full_bucket_drains_by_the_minute_and_refused_tries_do_not_fill_it() -> None:
    assert tries() == 3
    assert tries(after=MINUTE * 0.9) == 0
    assert tries(after=MINUTE) == 1
    assert tries(after=MINUTE * 60) == 3


@pytest.mark.django_db
def test_a_refusal_says_when_to_come_again() -> None:
    tries()
    with pytest.raises(TooFast) as refusal:
        keep_pace(SMALL, person="user:1", company="customer:1", now=WEDNESDAY)
    assert refusal.value.retry_after == 60


@pytest.mark.django_db
def test_a_company_has_a_bucket_for_all_its_people_and_other_companies_another() -> None:
    assert [tries(person=f"user:{number}") for number in range(3)] == [3, 2, 0]
    assert tries(person="user:9", company="customer:2") == 3


@pytest.mark.django_db
def test_a_clock_that_goes_back_refills_nothing() -> None:
    assert tries(after=MINUTE * 10) == 3
    assert tries() == 0


def test_of_many_at_once_no_more_are_let_through(own_database: Any, settings: Any) -> None:
    settings.RATE_LIMIT_FACTOR = 1

    def once() -> int:
        keep_pace(SMALL, person="user:1", company="customer:1", now=WEDNESDAY)
        return 1

    answers = at_once([once] * 24)
    assert sum(answer for answer in answers if answer == 1) == 3
    assert {type(answer) for answer in answers} == {int, TooFast}


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [FILING, WRITING, UPLOADING])
def test_filing_writing_and_sending_files_are_counted(cast: Cast, limit: Pace) -> None:
    ticket = cast.file()
    act: dict[str, Callable[[str], object]] = {
        "file": lambda who: file_ticket(actor=cast.actors[who], now=WEDNESDAY, new=_new(cast, who)),
        "write": lambda who: comment(
            ticket_id=ticket.pk, actor=cast.actors[who], now=WEDNESDAY, remark=Remark("Пишу"), key=f"k-{who}"
        ),
        "upload": lambda who: upload(actor=cast.actors[who], now=WEDNESDAY, name="a.txt", chunks=[b"x"]),
    }
    Bucket.objects.filter(person=cast.engineer.log_name).delete()
    Bucket.objects.create(
        person=cast.engineer.log_name, company="customer:0", act=limit.act, level=limit.most, at=WEDNESDAY
    )
    before = Ticket.objects.count()
    with pytest.raises(TooFast):
        act[limit.act]("engineer")
    assert Ticket.objects.count() == before
    act[limit.act]("agent")  # the vendor's people are not counted
    act[limit.act]("responsible")  # nor is a colleague stopped by one person's haste


def _new(cast: Cast, who: str) -> Any:
    return cast.new(requester_id=cast.engineer.user_id) if who == "agent" else cast.new()


def test_buckets_are_not_logged_so_no_disk_is_waited_for(db: None) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select relpersistence from pg_class where relname = 'platform_pace'")
        assert cursor.fetchone() == ("u",)
