"""Every event of the log has its words, in both languages, and the clock's rows add up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from mespace.products.models import FixChange
from mespace.regulation.models import CalendarEdition
from mespace.tickets.events import Kind
from mespace.tickets.models import Message, Ticket
from mespace.tickets.operations._place import Place
from mespace.tickets.operations._steps import Closing, Plan, Proposal, Question
from mespace.tickets.operations._work import Work
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.accept_solution import accept_solution
from mespace.tickets.operations.ask_customer import ask_customer
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.cancel_session import cancel_session
from mespace.tickets.operations.close import close
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.consent_to_session import consent_to_session
from mespace.tickets.operations.correct_message import correct_message
from mespace.tickets.operations.correct_work import correct_work
from mespace.tickets.operations.customer_reacts import Reaction, customer_reacts
from mespace.tickets.operations.edit_details import Details, edit_details
from mespace.tickets.operations.end_session import Report, end_session
from mespace.tickets.operations.hand_over import hand_over
from mespace.tickets.operations.join import join
from mespace.tickets.operations.link import link, unlink
from mespace.tickets.operations.link_known_error import link_known_error, unlink_known_error
from mespace.tickets.operations.log_work import log_work
from mespace.tickets.operations.mark_outside_support import mark_outside_support, mark_within_support
from mespace.tickets.operations.propose_criticality import propose_criticality
from mespace.tickets.operations.propose_session import Terms, propose_session
from mespace.tickets.operations.propose_solution import propose_solution
from mespace.tickets.operations.reclassify import reclassify
from mespace.tickets.operations.record_customer_reaction import record_customer_reaction
from mespace.tickets.operations.record_no_show import record_no_show
from mespace.tickets.operations.record_receipt import record_receipt
from mespace.tickets.operations.record_session_answer import Answer, record_session_answer
from mespace.tickets.operations.refuse_session import refuse_session
from mespace.tickets.operations.remove_message import remove_file, remove_message
from mespace.tickets.operations.reopen import reopen
from mespace.tickets.operations.resume_analysis import resume_analysis
from mespace.tickets.operations.retract import retract
from mespace.tickets.operations.schedule import schedule
from mespace.tickets.operations.settle import settle_ticket
from mespace.tickets.operations.start_session import Beginning, start_session
from mespace.tickets.operations.start_work import start_work
from mespace.tickets.operations.suspend import Suspension, suspend
from mespace.tickets.operations.tell_fix_changed import tell_fix_changed
from mespace.tickets.operations.undo_duplicate import undo_duplicate
from mespace.tickets.operations.uploads import upload
from mespace.tickets.operations.withdraw import withdraw
from mespace.tickets.operations.withdraw_work import withdraw_work
from mespace.tickets.queries.ticket import ticket_view
from mespace.web.acts.clock import clock_context
from mespace.web.acts.course import course
from mespace.web.acts.summary import expectation, reaction_summary, term_summaries
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def lived(cast: Cast) -> Ticket:
    """A ticket to which nearly everything has happened."""
    file = upload(actor=cast.engineer, now=WEDNESDAY, name="a.txt", chunks=[b"x"]).pk
    ticket = cast.file(type="incident", attachment_ids=[file])
    other = cast.file(by="colleague")
    now = [WEDNESDAY]

    def do(operation: Any, actor: Any = cast.agent, **arguments: Any) -> None:
        now[0] += timedelta(minutes=1)
        operation(ticket_id=ticket.pk, actor=actor, now=now[0], **arguments)

    do(propose_criticality, cast.engineer, criticality="critical", reason="Встал склад")
    do(accept)
    do(propose_criticality, cast.engineer, criticality="non_critical", reason="Склад пошёл")
    do(reclassify, ticket_type="bug", criticality="non_critical", reason="Это ошибка")
    _of_software(cast, do, ticket)
    for number in (None, cast.users["second_agent"].pk):
        do(assign, to_user_id=number)
    do(start_work)
    do(resume_analysis)
    do(schedule, plan=Plan("4.13.0", (WEDNESDAY + 30 * DAY).date(), "Починим"))
    do(schedule, plan=Plan("4.14.0", (WEDNESDAY + 60 * DAY).date()))
    do(ask_customer, question=Question("Какой драйвер?"))
    do(record_receipt, cast.engineer)
    do(retract, reason="Уже знаем")
    do(propose_solution, proposal=Proposal("Обновите", "solution"))
    do(customer_reacts, cast.engineer, reaction=Reaction("Не помогло", rejected=True))
    do(ask_customer, question=Question("А теперь?"))
    do(record_customer_reaction, by_person_id=cast.users["engineer"].pk, said="Всё так же")
    do(suspend, suspension=Suspension("customer", "Просили подождать", cast.users["engineer"].pk))
    do(customer_reacts, cast.colleague, reaction=Reaction("Продолжаем"))
    do(suspend, suspension=Suspension("third_party", "Ждём поставщика", None))
    do(retract, reason="Дождались")
    do(hand_over, cast.engineer, to_user_id=cast.users["colleague"].pk)
    do(join, cast.far_colleague, note="И у нас")
    do(link, other_key=other.key)
    do(unlink, link_id=ticket.links.get().pk)
    details = Details(Place(site_id=cast.site.pk, area_id=cast.area.pk), "Меняли", "Ждали")
    do(edit_details, cast.engineer, details=details)
    do(comment, remark=Remark("Только для своих", internal=True))
    do(comment, remark=Remark("Всем"))
    last = Message.objects.get(body="Всем")
    do(correct_message, message_id=last.pk, body="Всем привет")
    do(remove_message, message_id=last.pk)
    do(remove_file, cast.engineer, attachment_id=file)
    do(close, closing=Closing("duplicate", "", (), None, other.key))
    do(undo_duplicate, reason="Ошиблись")
    do(propose_solution, proposal=Proposal("Статья", "article"))
    do(accept_solution, cast.colleague)
    do(reopen, cast.engineer, reason="Опять")
    do(ask_customer, question=Question("Сейчас?"))
    settle_ticket(ticket_id=ticket.pk, now=now[0] + 12 * DAY)
    now[0] += 13 * DAY
    do(withdraw, cast.engineer, reason="Хватит")
    return ticket


def _of_services(cast: Cast, do: Callable[..., None], ticket: Ticket) -> None:
    """Work, and a remote session of each kind of end."""
    work = Work("remote_analysis", 45, WEDNESDAY.date())
    do(log_work, work=work, note="Только для своих")
    do(correct_work, work_id=ticket.work.latest("pk").pk, work=replace(work, minutes=30), reason="Было меньше")
    do(withdraw_work, work_id=ticket.work.latest("pk").pk, reason="Не то обращение")
    terms = Terms(WEDNESDAY, WEDNESDAY + timedelta(hours=20), "RuDesktop", "Сервер печати", "Посмотреть очередь")

    def propose() -> dict[str, int]:
        do(propose_session, terms=terms)
        return {"session_id": ticket.sessions.latest("number").pk}

    done, refused, withdrawn, cancelled, missed = (propose() for _ in range(5))
    do(consent_to_session, cast.engineer, **done)
    do(start_session, cast.second_agent, **done, beginning=Beginning(tool="AnyDesk", reason="Так решили"))
    do(end_session, **done, report=Report("partly", "Перезапустили очередь", cast.build.pk, cast.build.pk))
    do(refuse_session, cast.engineer, **refused, reason="Не сейчас")
    for session in (withdrawn, missed):
        do(record_session_answer, **session, answer=Answer(True, cast.users["engineer"].pk, "Да"))
    do(refuse_session, cast.colleague, **withdrawn)
    do(cancel_session, **cancelled, reason="Не нужно")
    do(record_no_show, **missed, absent="customer")


def _of_software(cast: Cast, do: Callable[..., None], ticket: Ticket) -> None:
    """What is said of the software's errors, of what is supported, and of what was done."""
    _of_services(cast, do, ticket)
    do(link_known_error, known_error_id=cast.known_error.pk)
    do(tell_fix_changed, cast.manager, change=_planned(cast))
    do(unlink_known_error, reason="Дело в настройках")
    do(mark_outside_support, reason="Неизвестный принтер")
    do(mark_within_support, reason="Принтер поддержан")


def _planned(cast: Cast) -> FixChange:
    """The known error's fix is planned for a build."""
    return FixChange.objects.create(
        known_error=cast.known_error,
        state_before="planned",
        state="planned",
        target="4.13.0",
        on=date(2027, 2, 1),
        by=cast.users["manager"],
        at=WEDNESDAY,
    )


KINDS_ELSEWHERE = {Kind.REPINNED}


def test_every_kind_of_event_is_told_in_words(cast: Cast) -> None:
    view = ticket_view(actor=cast.agent, key=lived(cast).key, now=WEDNESDAY + 20 * DAY)
    assert {entry.event.kind for entry in view.entries} == set(Kind) - KINDS_ELSEWHERE
    for language in ("ru", "en"):
        with translation.override(language):
            entries = course(view)
            told = "".join(render_to_string("web/kit/timeline_entry.html", {"entry": entry}) for entry in entries)
        for raw in ("%(", "{}", "info_requested", "third_party", "non_critical", "None"):
            assert raw not in told
    assert len({entry.anchor for entry in entries}) == len(entries)
    assert {entry.kind for entry in entries} == {"message", "internal", "event", "tombstone"}


def test_a_customer_is_told_everything_but_internal_notes(cast: Cast) -> None:
    ticket = lived(cast)
    entries = course(ticket_view(actor=cast.engineer, key=ticket.key, now=WEDNESDAY + 20 * DAY))
    assert {entry.kind for entry in entries} == {"message", "event", "tombstone"}
    told = " ".join(f"{entry.text} {entry.html}" for entry in entries)
    assert "Только для своих" not in told
    for words in (
        "Заказчик предложил: Инцидент, критический",
        "Исполнитель снят",
        "План изменён: 4.14.0",
        "Вопрос отозван",
        "Решение отклонено",
        "Реакция по телефону: Engineer",
        "Приостановлено по просьбе: Engineer",
        "Приостановлено: ход другого поставщика",
        "Связано с",
        "Больше не связано с",
        "Дополнены сведения: цех, сборка, что ожидали, что делали",
        "Текст удалён",
        "Файл удалён",
        "Закрыто: дубликат",
        "Оказалось не дубликатом",
        "Решение принято",
        "Открыто снова",
        "Ответа в срок не было (пункт 5.5)",
        "Напоминание",
        "Отозвано заказчиком",
    ):
        assert words in told, words


def test_a_calendar_correction_tells_both_deadlines(cast: Cast) -> None:
    from mespace.ledger.append import Fact, append
    from mespace.tickets.operations._steps import pin

    ticket = cast.file()
    calendar = CalendarEdition.objects.order_by("adopted_at").first()
    assert calendar is not None
    payload = {
        "subject": "reaction",
        "calendar": pin(calendar),
        "old": "2026-11-18T14:00:00Z",
        "new": "2026-11-19T14:00:00Z",
    }
    append(
        stream=ticket.stream,
        facts=[Fact(Kind.REPINNED, "timer", WEDNESDAY + HOUR, payload)],
        recorded_at=WEDNESDAY + HOUR,
    )
    view = ticket_view(actor=cast.engineer, key=ticket.key, now=WEDNESDAY + HOUR)
    text = course(view)[-1].text
    assert "Производственный календарь исправлен" in text
    assert "18.11.2026 17:00" in text
    assert "19.11.2026 17:00" in text


def test_what_is_new_is_marked_but_never_one_s_own(cast: Cast) -> None:
    ticket = cast.file()
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, remark=Remark("От поддержки"))
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + HOUR, remark=Remark("От меня"))
    view = ticket_view(actor=cast.engineer, key=ticket.key, now=WEDNESDAY + HOUR)
    new = [str(entry.html) for entry in course(view, read_seq=1) if entry.unread]
    assert len(new) == 1
    assert "От поддержки" in new[0]
    assert not any(entry.unread for entry in course(view))


@pytest.mark.parametrize(
    ("hours", "state", "words"),
    [
        (1, "kept", "Реакция в срок: через 1\xa0ч рабочего времени, обещано: 8 рабочих часов"),
        (9, "broken", "Реакция опоздала на 0\xa0мин рабочего времени"),
        (24, "broken", "Реакция опоздала на 1\xa0ч рабочего времени"),
    ],
)
def test_the_reaction_in_a_sentence(cast: Cast, hours: int, state: str, words: str) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + hours * HOUR)
    given = reaction_summary(ticket_view(actor=cast.agent, key=ticket.key, now=WEDNESDAY + 30 * HOUR))
    assert given.state == state
    assert words in given.words


def test_a_running_reaction_tells_the_working_time_left_and_when_the_clock_stands(cast: Cast) -> None:
    ticket = cast.file(now=WEDNESDAY + 7 * HOUR)  # an hour before the day's end
    view = ticket_view(actor=cast.engineer, key=ticket.key, now=WEDNESDAY + 10 * HOUR)
    given = expectation(view)
    assert (given.party, given.left) == ("vendor", 7 * 3600)
    assert any("Часы стоят до 19.11.2026 08:00" in note for note in given.notes)


def test_a_late_reaction_is_late_also_at_night(cast: Cast) -> None:
    ticket = cast.file()
    view = ticket_view(actor=cast.agent, key=ticket.key, now=WEDNESDAY + 12 * HOUR)
    given = expectation(view)
    assert given.tone == "bad"
    assert given.left is not None
    assert given.left < 0


def test_terms_tell_how_receipt_is_known_and_how_they_ended(cast: Cast) -> None:
    ticket = lived(cast)
    given = term_summaries(ticket_view(actor=cast.agent, key=ticket.key, now=WEDNESDAY + 20 * DAY))
    assert [one.outcome.split(" · ")[0] for one in given] == [
        "отозвано поддержкой",
        "ответ получен",
        "ответ получен",
        "ответ получен",
        "ответа не было: услуга считается оказанной своевременно, обращение приостановлено",
    ]
    assert "страница с текстом открыта получателем" in given[0].received
    assert "самим ответом" in given[1].received
    assert "по правилу" in given[-1].received


def test_the_same_clock_for_both_sides_and_its_rows_add_up(cast: Cast) -> None:
    ticket = lived(cast)
    when = WEDNESDAY + 20 * DAY
    ours, theirs = (
        clock_context(ticket_view(actor=actor, key=ticket.key, now=when)) for actor in (cast.agent, cast.engineer)
    )
    assert render_to_string("web/acts/clock.html", ours) == render_to_string("web/acts/clock.html", theirs)
    assert sum(seconds for _party, seconds in ours["split"]) == ours["split_total"]
    for rows in (ours["reaction_rows"], *(rows for _term, rows in ours["terms"])):
        for before, after in pairwise(rows):
            assert before.end == after.start


def test_the_deadline_moves_if_is_said_while_the_reaction_runs(cast: Cast) -> None:
    ticket = cast.file(type="incident")
    view = ticket_view(actor=cast.engineer, key=ticket.key, now=WEDNESDAY + HOUR)
    assert clock_context(view)["moves_if"] == ["если сейчас сделать критическим — до 18.11.2026 11:00\xa0МСК"]
