"""The queue, the customer's list and the search: order, cursors, counts, and who sees what."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mespace.tickets.models import Ticket
from mespace.tickets.operations._place import Place
from mespace.tickets.operations._steps import Closing, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.queries.lists import (
    BadCursor,
    ListFilter,
    Page,
    QueueFilter,
    customer_list,
    queue,
    queue_counts,
    search,
)
from tests.cast import WEDNESDAY, Cast, narrowed

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
ALL = QueueFilter(view="all")


def keys(page: Page) -> list[str]:
    return [ticket.key for ticket in page.rows]


def theirs(cast: Cast, **more: Any) -> Ticket:
    return cast.file(by="stranger", type="consultation", place=Place(), **more)


# --- the queue


def test_the_queue_is_ordered_by_working_time_left_then_work_then_what_waits(cast: Cast) -> None:
    slow = cast.file()
    urgent = cast.file(now=WEDNESDAY + HOUR, type="incident", critical=True, stopped_process="Отгрузка")
    waiting, working, done = cast.file(), cast.file(), cast.file()
    accept(ticket_id=waiting.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая?"))
    accept(ticket_id=working.pk, actor=cast.agent, now=WEDNESDAY)
    accept(ticket_id=done.pk, actor=cast.agent, now=WEDNESDAY, then=Closing("solved", "Готово."))
    assert keys(queue(actor=cast.agent, wanted=ALL)) == [urgent.key, slow.key, working.key, waiting.key]
    by_view = {
        view: keys(queue(actor=cast.agent, wanted=QueueFilter(view=view)))
        for view in ("todo", "unaccepted", "mine", "unassigned", "waiting")
    }
    assert by_view == {
        "todo": [urgent.key, slow.key, working.key],
        "unaccepted": [urgent.key, slow.key],
        "mine": [working.key, waiting.key],
        "unassigned": [urgent.key, slow.key],
        "waiting": [waiting.key],
    }
    assert queue_counts(actor=cast.agent) == {
        "todo": 3, "unaccepted": 2, "mine": 2, "unassigned": 2, "waiting": 1, "all": 4, "contacts": 0,
    }  # fmt: skip


def test_a_page_goes_on_where_the_one_before_it_ended_whatever_the_size(cast: Cast) -> None:
    made = [cast.file(now=WEDNESDAY + timedelta(minutes=number % 3)).key for number in range(7)]
    for limit in (1, 2, 3, 7, 50):
        found: list[str] = []
        cursor = None
        while True:
            page = queue(actor=cast.agent, wanted=ALL, cursor=cursor, limit=limit)
            found += keys(page)
            cursor = page.next_cursor
            if cursor is None:
                break
        assert (sorted(found), len(found)) == (sorted(made), 7)


def test_filters_narrow_and_junk_in_them_means_nothing(cast: Cast) -> None:
    bug, incident = cast.file(), cast.file(type="incident")
    foreign = theirs(cast)
    assert keys(queue(actor=cast.agent, wanted=QueueFilter(view="all", customer=cast.rival.pk))) == [foreign.key]
    assert keys(queue(actor=cast.agent, wanted=QueueFilter(view="all", type="incident"))) == [incident.key]
    assert keys(queue(actor=cast.agent, wanted=QueueFilter(view="all", site=cast.site.pk))) == [bug.key, incident.key]
    assert len(keys(queue(actor=cast.agent, wanted=QueueFilter(view="all", type="rumour", status="lost")))) == 3


@pytest.mark.parametrize("cursor", ["x", "1~2~3", "0~2026-11-18~1", "0~2026-11-18T06:00:00+00:00~" + "9" * 30, "~~"])
def test_a_made_up_cursor_is_refused(cast: Cast, cursor: str) -> None:
    with pytest.raises(BadCursor):
        queue(actor=cast.agent, wanted=ALL, cursor=cursor)


MOST_STATEMENTS = 3


def test_a_page_takes_few_statements_however_many_rows(cast: Cast) -> None:
    def statements() -> list[int]:
        counts = []
        for call in (
            lambda: queue(actor=cast.agent, wanted=ALL),
            lambda: queue_counts(actor=cast.agent),
            lambda: customer_list(actor=cast.engineer, wanted=ListFilter()),
            lambda: search(actor=cast.engineer, text="принтер"),
        ):
            with CaptureQueriesContext(connection) as captured:
                answer = call()
                if isinstance(answer, Page):
                    assert all(
                        row.customer.name and row.requester.full_name and row.product.name for row in answer.rows
                    )
            counts.append(len(captured))
        return counts

    cast.file()
    with_one = statements()
    for _ in range(6):
        cast.file(by="colleague")
    assert statements() == with_one
    assert max(with_one) <= MOST_STATEMENTS


# Clause 7.1.
def test_a_contractor_s_queue_holds_what_is_assigned_to_them(cast: Cast) -> None:
    mine, _other = cast.file(), cast.file()
    assign(ticket_id=mine.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=cast.contractor.user_id)
    assert keys(queue(actor=cast.contractor, wanted=ALL)) == [mine.key]
    assert queue_counts(actor=cast.contractor)["all"] == 1
    assert keys(search(actor=cast.contractor, text="принтер")) == [mine.key]
    assert keys(queue(actor=cast.administrator, wanted=ALL)) == []


# --- the customer's list


def test_the_list_shows_the_most_recently_active_first_and_only_the_own_customer_s(cast: Cast) -> None:
    first, second = cast.file(), cast.file(now=WEDNESDAY + HOUR)
    theirs(cast)
    assert keys(customer_list(actor=cast.engineer, wanted=ListFilter())) == [second.key, first.key]
    comment(ticket_id=first.pk, actor=cast.agent, now=WEDNESDAY + 2 * HOUR, remark=Remark("Внутри", internal=True))
    assert keys(customer_list(actor=cast.engineer, wanted=ListFilter())) == [second.key, first.key]
    comment(ticket_id=first.pk, actor=cast.agent, now=WEDNESDAY + 2 * HOUR, remark=Remark("Смотрим"))
    assert keys(customer_list(actor=cast.engineer, wanted=ListFilter())) == [first.key, second.key]


def test_what_is_unread_is_what_others_did_in_public(cast: Cast) -> None:
    ticket = cast.file()

    def unread(name: str) -> bool:
        (row,) = customer_list(actor=cast.actors[name], wanted=ListFilter()).rows
        read: int | None = row.read_seq  # type: ignore[attr-defined]
        return row.public_version > (read or 0)

    assert (unread("engineer"), unread("colleague")) == (False, True)
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, remark=Remark("Внутри", internal=True))
    assert not unread("engineer")
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, remark=Remark("Смотрим"))
    assert unread("engineer")
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, remark=Remark("Спасибо"))
    assert not unread("engineer")


def test_mine_the_customer_s_move_closed_and_a_site(cast: Cast) -> None:
    own, other = cast.file(), cast.file(by="far_colleague", place=Place(site_id=cast.other_site.pk))
    accept(ticket_id=own.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая?"))
    accept(ticket_id=other.pk, actor=cast.agent, now=WEDNESDAY, then=Closing("solved", "Готово."))

    def listed(name: str = "engineer", **wanted: Any) -> list[str]:
        return keys(customer_list(actor=cast.actors[name], wanted=ListFilter(**wanted)))

    assert listed(whose="mine", state="all") == [own.key]
    assert (listed(state="ours"), listed(state="closed")) == ([own.key], [other.key])
    assert listed(state="all", site=cast.other_site.pk) == [other.key]
    assert keys(customer_list(actor=narrowed(cast, "engineer"), wanted=ListFilter(state="all"))) == [own.key]


# --- search


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Станок не запускается", "станки"),
        ("Остановились станки", "станок"),
        ("Ошибка E-1042 на принтере", "E-1042"),
        ("Принтер ZT410", "zt410"),
        ("Ёмкость бака", "емкости"),
        ("Сменили ролики подачи", "ролик подача"),
    ],
)
def test_words_are_found_in_any_form(cast: Cast, written: str, asked: str) -> None:
    ticket = cast.file(subject="Вопрос", description=written)
    cast.file(subject="Другое", description="Совсем о другом")
    assert keys(search(actor=cast.engineer, text=asked)) == [ticket.key]


def test_search_reads_keys_subjects_details_and_messages_of_what_one_sees(cast: Cast) -> None:
    ticket = cast.file(subject="Сканер", what_was_done="Меняли кабель")
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, remark=Remark("Проверьте прошивку"))
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, remark=Remark("Скандалят", internal=True))
    for text in (ticket.key, ticket.key.lower(), "сканеры", "кабели", "прошивка"):
        assert keys(search(actor=cast.engineer, text=text)) == [ticket.key], text
        assert keys(search(actor=cast.stranger, text=text)) == [], text
    assert keys(search(actor=cast.engineer, text="скандалить")) == []
    assert keys(search(actor=cast.agent, text="скандалить")) == [ticket.key]
    assert keys(search(actor=cast.engineer, text="сканер прошивка отсутствует")) == []


@pytest.mark.parametrize("text", ["", "   ", "'", "((", "a & | !", "и в на", "\x00", "<->", ":*", "«»", "🙂" * 200])
def test_whatever_is_typed_search_answers(cast: Cast, text: str) -> None:
    cast.file()
    assert isinstance(search(actor=cast.engineer, text=text), Page)


def test_search_pages_by_the_newest(cast: Cast) -> None:
    made = [cast.file().key for _ in range(5)]
    first = search(actor=cast.engineer, text="принтер", limit=3)
    second = search(actor=cast.engineer, text="принтер", limit=3, cursor=first.next_cursor)
    assert keys(first) + keys(second) == list(reversed(made))
    assert second.next_cursor is None
    with pytest.raises(BadCursor):
        search(actor=cast.engineer, text="принтер", cursor="x")
