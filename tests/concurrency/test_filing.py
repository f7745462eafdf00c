"""Filing from many sides at once: keys without a gap, and one ticket per form (clause 4.5)."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from mespace.tickets.errors import Invalid
from mespace.tickets.models import Ticket
from mespace.tickets.operations._place import Place
from mespace.tickets.operations.file_ticket import file_ticket
from tests.cast import WEDNESDAY, make_cast
from tests.concurrency.parallel import at_once, no_differences

MISSING_FILE = [999_999]  # found out only after the number was taken


def test_fifty_filings_in_eight_threads_leave_no_gap_though_some_fail(own_database: Any) -> None:
    cast = make_cast()
    form = cast.new()

    def file(number: int) -> str:
        new = replace(form, attachment_ids=MISSING_FILE if number % 6 == 0 else [], subject=f"Обращение {number}")
        return file_ticket(actor=cast.engineer, now=WEDNESDAY, new=new).key

    answers = at_once([lambda number=number: file(number) for number in range(60)])  # type: ignore[misc]
    keys = [answer for answer in answers if isinstance(answer, str)]
    assert [type(answer) for answer in answers if not isinstance(answer, str)] == [Invalid] * 10
    assert sorted(keys, key=lambda key: int(key.partition("-")[2])) == [f"ZAVOD-{number}" for number in range(1, 51)]
    cast.factory.refresh_from_db()
    assert cast.factory.project.last_number == 50
    no_differences()


def test_two_customers_do_not_wait_for_each_other_s_numbers(own_database: Any) -> None:
    cast = make_cast()
    theirs = cast.new(type="consultation", place=Place())
    calls = [
        lambda: file_ticket(actor=cast.engineer, now=WEDNESDAY, new=cast.new()).key,
        lambda: file_ticket(actor=cast.stranger, now=WEDNESDAY, new=theirs).key,
    ]
    keys = at_once(calls * 5)
    assert sorted(keys) == sorted(f"{code}-{number}" for code in ("ZAVOD", "RIVAL") for number in range(1, 6))


def test_the_same_form_twenty_times_at_once_files_one_ticket(own_database: Any) -> None:
    cast = make_cast()
    new = cast.new()
    calls = [lambda: file_ticket(actor=cast.engineer, now=WEDNESDAY, new=new, key="form").key] * 20
    assert Counter(at_once(calls)) == {"ZAVOD-1": 20}
    assert Ticket.objects.count() == 1
    no_differences()


def test_a_form_that_fails_at_once_with_itself_takes_no_number(own_database: Any) -> None:
    cast = make_cast()
    new = cast.new(attachment_ids=MISSING_FILE)
    answers = at_once([lambda: file_ticket(actor=cast.engineer, now=WEDNESDAY, new=new, key="form")] * 8)
    assert {type(answer) for answer in answers} == {Invalid}
    assert file_ticket(actor=cast.engineer, now=WEDNESDAY, new=cast.new(), key="form").key == "ZAVOD-1"


@pytest.mark.long
def test_a_thousand_filings_leave_no_gap(own_database: Any) -> None:
    cast = make_cast()
    form = cast.new()
    at_once([lambda: file_ticket(actor=cast.engineer, now=WEDNESDAY, new=form)] * 1000)
    assert sorted(Ticket.objects.values_list("number", flat=True)) == list(range(1, 1001))
    no_differences()
