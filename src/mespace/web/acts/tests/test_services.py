"""Work and remote sessions on both sides' pages: what each side reads, and one click to agree."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mespace.platform import clock
from mespace.tickets.models import Message, RemoteSession, Ticket, WorkEntry
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations._work import Work
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.consent_to_session import consent_to_session
from mespace.tickets.operations.log_work import log_work
from mespace.tickets.operations.propose_session import Terms, propose_session
from mespace.tickets.operations.start_session import start_session
from mespace.web.acts.service_forms import minutes_of
from mespace.web.desk.tests.pages import form_to, send, signed_in
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOW = WEDNESDAY + HOUR
TERMS = Terms(NOW + HOUR, NOW + 3 * HOUR, "RuDesktop", "Сервер <печати>", "Посмотреть **очередь**")
SECRET = "тайнопись"


@pytest.fixture(autouse=True)
def at_work() -> Any:
    with clock.stepped(NOW):
        yield


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ")


def page(client: Client, ticket: Ticket, query: str = "") -> Any:
    answer = client.get(f"/t/{ticket.key}/{query}")
    assert answer.status_code == 200
    return answer


def proposed(cast: Cast, ticket: Ticket) -> RemoteSession:
    propose_session(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, terms=TERMS)
    return RemoteSession.objects.filter(ticket=ticket).latest("number")


def test_the_engineer_reads_what_is_asked_and_agrees_in_one_click(cast: Cast) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая модель?"))
    session = proposed(cast, ticket)
    client = signed_in(cast, "engineer")
    shown = page(client, ticket)
    for words in ("Нужно ваше согласие", "18.11.2026 11:00–13:00 МСК", "Agent", "RuDesktop", "Сервер &lt;печати&gt;"):
        assert words in text(shown)
    assert "<strong>очередь</strong>" in text(shown)
    form = form_to(shown, "/act/consent-session/")
    assert [send(client, form).status_code for _ in range(2)] == [303, 303]
    session.refresh_from_db()
    ticket.refresh_from_db()
    assert (session.state, session.consented_by_id, ticket.status) == ("agreed", cast.engineer.user_id, "analysis")
    again = page(client, ticket)
    assert "Согласие: Engineer" in text(again)
    assert send(client, form_to(again, "/act/refuse-session/"), reason="Смена").status_code == 303
    session.refresh_from_db()
    assert session.state == "withdrawn"
    gone = send(client, form)  # the first form once more: the same act, done already
    assert gone.status_code == 303
    late = client.post(form.action, {"key": "another", "session": session.pk})
    assert late.status_code == 409
    assert "отозвано" in text(late)


def test_in_another_zone_moscow_stands_beside(cast: Cast) -> None:
    ticket = cast.file()
    proposed(cast, ticket)
    user = cast.users["engineer"]
    user.time_zone = "Asia/Yekaterinburg"
    user.save(update_fields=["time_zone"])
    assert "18.11.2026 13:00–15:00 МСК+2 (18.11.2026 11:00–13:00 МСК)" in text(
        page(signed_in(cast, "engineer"), ticket)
    )


def test_whoever_only_reads_has_no_buttons(cast: Cast) -> None:
    ticket = cast.file()
    proposed(cast, ticket)
    log_work(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, work=Work("improvement", 90, WEDNESDAY.date()))
    for who in ("auditor", "manager", "director"):
        shown = text(page(signed_in(cast, who), ticket))
        assert "RuDesktop" in shown
        assert "1 ч 30 мин" in shown
        assert "/act/" not in shown.split("ticket-aside")[-1]
        assert "do=cancel-session" not in shown


def test_the_desk_goes_the_whole_way_from_its_own_forms(cast: Cast) -> None:
    ticket = cast.file()
    client = signed_in(cast, "agent")
    form = form_to(page(client, ticket, "?do=propose-session"), "/act/propose-session/")
    assert form.values["starts_at"] == ["2026-11-19T08:00"]  # ten in the morning at the site, in the reader's zone
    fields = {"tool": "AnyDesk", "target": "Терминал", "purpose": "Настройка"}
    times = {"starts_at": "2026-11-18T10:00", "ends_at": "2026-11-18T12:00"}
    wrong = send(client, form, **fields, starts_at="2026-11-18T12:00", ends_at="2026-11-18T11:00")
    assert wrong.status_code == 422
    assert "AnyDesk" in text(wrong)
    assert send(client, form_to(wrong, "/act/propose-session/"), **times).status_code == 303
    session = RemoteSession.objects.get()
    query = f"&session={session.pk}"
    assert "do=start-session" not in text(page(client, ticket))
    said = form_to(page(client, ticket, f"?do=session-answer{query}"), "/act/session-answer/")
    assert send(client, said, by_person=str(cast.users["engineer"].pk), said="Да").status_code == 303
    assert send(client, form_to(page(client, ticket), "/act/start-session/")).status_code == 303
    end = form_to(page(client, ticket, f"?do=end-session{query}"), "/act/end-session/")
    assert end.values["build_before"] == [str(cast.build.pk)]
    assert send(client, end, changed="Ничего", build_after=str(cast.build.pk)).status_code == 303
    session.refresh_from_db()
    assert (session.state, session.deviates) == ("ended", False)
    assert "сделано полностью" in text(page(client, ticket))


def test_otherwise_than_agreed_asks_for_the_reason_and_keeps_the_form(cast: Cast) -> None:
    ticket = cast.file()
    session = proposed(cast, ticket)
    consent_to_session(ticket_id=ticket.pk, actor=cast.engineer, now=NOW, session_id=session.pk)
    client = signed_in(cast, "second_agent")
    shown = page(client, ticket)
    assert "Начать не как согласовано" in text(shown)
    form = form_to(page(client, ticket, f"?do=start-session&session={session.pk}"), "/act/start-session/")
    refused = send(client, form)
    assert refused.status_code == 422
    assert "вне согласованного времени" in text(refused)
    assert send(client, form_to(refused, "/act/start-session/"), reason="Договорились").status_code == 303
    assert "не как договорились" in text(page(client, ticket))


def test_a_session_is_moved_by_cancelling_it_and_asking_anew(cast: Cast) -> None:
    ticket = cast.file()
    session = proposed(cast, ticket)
    client = signed_in(cast, "agent")
    form = form_to(page(client, ticket, f"?do=cancel-session&session={session.pk}"), "/act/cancel-session/")
    half = send(client, form, reason="Позже", starts_at="2026-11-19T10:00")
    assert half.status_code == 422
    moved = form_to(half, "/act/cancel-session/")
    assert send(client, moved, ends_at="2026-11-19T11:00").status_code == 303
    assert list(RemoteSession.objects.values_list("number", "state")) == [(1, "cancelled"), (2, "proposed")]
    assert RemoteSession.objects.get(number=2).tool == "RuDesktop"


def test_work_is_logged_corrected_and_withdrawn_from_the_page(cast: Cast) -> None:
    ticket = cast.file()
    client = signed_in(cast, "agent")
    form = form_to(page(client, ticket, "?do=log-work"), "/act/log-work/")
    assert (form.values["service"], form.values["worked_on"]) == (["remote_analysis"], ["2026-11-18"])
    wrong = send(client, form, minutes="долго", note="Тут")
    assert wrong.status_code == 422
    assert "Напишите минуты" in text(wrong)
    assert send(client, form_to(wrong, "/act/log-work/"), minutes="1:30", note=f"{SECRET} в журнале").status_code == 303
    entry = WorkEntry.objects.get()
    assert (entry.minutes, Message.objects.get(kind="note").pk) == (90, entry.note_id)
    shown = text(page(client, ticket))
    assert SECRET in shown
    assert "8. Удалённый анализ специалистами" in shown
    correct = form_to(page(client, ticket, f"?do=correct-work&work={entry.pk}"), "/act/correct-work/")
    assert send(client, correct, minutes="45", reason="Было меньше").status_code == 303
    newer = WorkEntry.objects.get(replaces=entry)
    away = form_to(page(client, ticket, f"?do=withdraw-work&work={newer.pk}"), "/act/withdraw-work/")
    assert send(client, away, reason="Не то обращение").status_code == 303
    assert page(client, ticket, f"?do=withdraw-work&work={newer.pk}").context["shown"] is None
    assert "исправлено позже" in text(page(client, ticket))


def test_the_customer_sees_the_work_and_never_the_note(cast: Cast) -> None:
    ticket = cast.file()
    day = WEDNESDAY.date()
    for minutes, service in ((90, "remote_analysis"), (30, "remote_analysis"), (15, "improvement")):
        work = Work(service, minutes, day)
        log_work(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, work=work, note=f"{SECRET} {minutes}")
    client = signed_in(cast, "engineer")
    panel = page(client, ticket).context["work"]
    assert panel.sums == [("7. Предложения по улучшению", 900), ("8. Удалённый анализ специалистами", 7200)]
    assert panel.total == 8100
    for address in ("", "print/", "clock/", "bundle.json"):
        assert SECRET not in client.get(f"/t/{ticket.key}/{address}").content.decode()
    assert "2 ч 15 мин" in text(client.get(f"/t/{ticket.key}/print/"))


@pytest.mark.parametrize("who", ["engineer", "agent"])
def test_where_there_is_none_of_it_no_statement_is_added_and_else_one(
    cast: Cast, who: str, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def statements(ticket: Ticket) -> int:
        page(client, ticket)
        with CaptureQueriesContext(connection) as caught:
            page(client, ticket)
        return len(caught)

    client = signed_in(cast, who)
    plain, served = cast.file(), cast.file()
    without = statements(plain)
    work = Work("remote_analysis", 90, WEDNESDAY.date())
    log_work(ticket_id=served.pk, actor=cast.agent, now=WEDNESDAY, work=work)
    assert statements(served) == without
    for _ in range(3):
        session = proposed(cast, served)
    consent_to_session(ticket_id=served.pk, actor=cast.engineer, now=NOW, session_id=session.pk)
    assert statements(served) == without + 1


def test_the_list_of_coming_sessions(cast: Cast) -> None:
    ticket = cast.file()
    session = proposed(cast, ticket)
    other = cast.file()
    with clock.stepped(WEDNESDAY):
        propose_session(
            ticket_id=other.pk,
            actor=cast.agent,
            now=WEDNESDAY,
            terms=Terms(WEDNESDAY, NOW, "AnyDesk", "Терминал", "Настройка", cast.second_agent.user_id),
        )
    consent_to_session(ticket_id=ticket.pk, actor=cast.engineer, now=NOW, session_id=session.pk)
    client = signed_in(cast, "agent")
    shown = client.get("/desk/sessions/")
    assert [row.session.ticket.key for row in shown.context["rows"]] == [other.key, ticket.key]
    assert "время прошло" in text(shown)
    assert "на площадке 13:00–15:00 МСК+2" in text(shown)
    mine = client.get("/desk/sessions/?who=mine")
    assert [row.session.ticket.key for row in mine.context["rows"]] == [ticket.key]
    start_session(ticket_id=ticket.pk, actor=cast.agent, now=NOW + HOUR, session_id=session.pk)
    assert "идёт" in text(client.get("/desk/sessions/"))
    assert "Сеансов" in text(signed_in(cast, "contractor").get("/desk/sessions/"))


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("45", 45),
        (" 5 ", 5),
        ("1:30", 90),
        ("1,5 ч", 90),
        ("1.5h", 90),
        ("2 ч", 120),
        ("1 ч 30 мин", 90),
        ("40 минут", 40),
        ("2h 5m", 125),
        ("0", 0),
        ("", None),
        ("-5", None),
        ("1:75", None),
        ("долго", None),
        ("٤٥", None),
        ("9" * 9, None),
    ],
)
def test_time_as_people_type_it(typed: str, minutes: int | None) -> None:
    assert minutes_of(typed) == minutes
