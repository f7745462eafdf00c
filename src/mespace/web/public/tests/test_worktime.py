"""The calculator as a page: the same answers as the command, errors at their field, nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client

from mespace.cli.worktime import main

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


QUESTIONS = [
    (
        {"op": "due", "start": "2024-12-27T16:30+03:00", "hours": "2"},
        ["due", "2024-12-27T16:30+03:00", "--hours", "2"],
    ),
    (
        {"op": "due", "start": "2024-12-28T16:30+03:00", "hours": "8"},
        ["due", "2024-12-28T16:30+03:00", "--hours", "8"],
    ),
    (
        {"op": "between", "start": "2024-12-27T16:30+03:00", "end": "2025-01-09T09:00+03:00"},
        ["between", "2024-12-27T16:30+03:00", "2025-01-09T09:00+03:00"],
    ),
    (
        {"op": "day_end", "received": "2026-11-21T23:00Z", "days": "1"},
        ["day-end", "2026-11-21T23:00Z", "--days", "1"],
    ),
]


@pytest.mark.parametrize(("question", "command"), QUESTIONS)
def test_the_page_answers_as_the_command_does(
    client: Client, question: dict[str, str], command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 0
    answer = capsys.readouterr().out.strip()
    assert answer in text(client.get("/worktime/", question))


def test_a_worked_saturday_names_its_source(client: Client) -> None:
    page = text(client.get("/worktime/", {"op": "due", "start": "2024-12-27T16:30+03:00", "hours": "2"}))
    assert "28.12.2024 сб: рабочий выходной" in page
    assert "Вне рабочего дня (08:00–17:00 по Москве)" in page


def test_the_rows_of_a_long_span_are_summed_up(client: Client) -> None:
    question = {"op": "between", "start": "2024-01-09T08:00+03:00", "end": "2025-12-30T17:00+03:00"}
    page = text(client.get("/worktime/", question))
    assert "Несколько дней вместе" in page
    assert page.count("<tr class=") == 41


@pytest.mark.parametrize(
    ("question", "field", "message"),
    [
        ({"op": "due", "start": "2024-12-27T16:30", "hours": "2"}, "start", "Не указано смещение"),
        ({"op": "due", "start": "завтра", "hours": "2"}, "start", "Запишите момент так"),
        ({"op": "due", "start": "2024-02-30T16:30Z", "hours": "2"}, "start", "Такой даты или времени нет"),
        ({"op": "due", "start": "2018-12-27T16:30Z", "hours": "2"}, "start", "нет производственного календаря"),
        ({"op": "due", "start": "2024-12-27T16:30Z", "hours": "-1"}, "hours", "положительное число часов"),
        ({"op": "due", "start": "2024-12-27T16:30Z", "hours": "0.0001"}, "hours", "целое число секунд"),
        ({"op": "due", "start": "2024-12-27T16:30Z", "hours": "99999999"}, "hours", "Столько часов"),
        ({"op": "due", "start": "2024-12-27T16:30Z"}, "hours", "Обязательное поле"),
        ({"op": "between", "start": "2024-12-27T16:30Z", "end": "2024-12-27T16:29Z"}, "end", "раньше начала"),
        ({"op": "between", "start": "2018-12-27T16:30Z", "end": "2024-12-27T16:29Z"}, "start", "нет производственного"),
        ({"op": "day_end", "received": "2024-12-27T16:30Z", "days": "1.5"}, "days", "целое число дней"),
        ({"op": "day_end", "received": "2024-12-27T16:30Z", "days": "90000"}, "received", "нет производственного"),
    ],
)
def test_a_bad_question_is_named_at_its_field_and_kept(
    client: Client, question: dict[str, str], field: str, message: str
) -> None:
    answer = client.get("/worktime/", question)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert message in text(answer)
    for value in question.values():
        assert value in text(answer)


def test_both_wrong_fields_are_named_at_once(client: Client) -> None:
    answer = client.get("/worktime/", {"op": "between", "start": "2024-12-28T16:30", "end": "2024"})
    assert list(answer.context["form"].errors) == ["start", "end"]


def test_it_opens_for_everybody_with_the_present_instant(client: Client) -> None:
    for op in ("due", "between", "day_end", "nonsense"):
        answer = client.get("/worktime/", {"op": op})
        assert answer.status_code == 200
        assert "+03:00" in text(answer)


def test_a_deadline_in_a_year_without_adopted_calendar_says_so(client: Client) -> None:
    question = {"op": "due", "start": "2028-12-27T16:30+03:00", "hours": "2"}
    page = text(client.get("/worktime/", question))
    assert "ещё не утверждён" in page
