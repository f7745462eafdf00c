"""Remote sessions: nothing without consent, nothing but what was agreed unless it is said, everything in the log."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from mespace.accounts.actor import Refused
from mespace.customers.models import Installation, InstallationRecord
from mespace.ledger.canonical import canonical, salted_digest
from mespace.products.models import Build
from mespace.tickets.errors import Invalid, SessionNotFound, TicketNotFound
from mespace.tickets.models import Message, RemoteSession, Watcher
from mespace.tickets.operations._place import Place
from mespace.tickets.operations._steps import Closing, Proposal, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.cancel_session import cancel_session
from mespace.tickets.operations.close import close
from mespace.tickets.operations.consent_to_session import consent_to_session
from mespace.tickets.operations.correct_message import correct_message
from mespace.tickets.operations.end_session import Report, end_session
from mespace.tickets.operations.propose_session import propose_session
from mespace.tickets.operations.record_no_show import record_no_show
from mespace.tickets.operations.record_session_answer import Answer, record_session_answer
from mespace.tickets.operations.refuse_session import refuse_session
from mespace.tickets.operations.reopen import reopen
from mespace.tickets.operations.start_session import Beginning, start_session
from mespace.tickets.operations.suspend import Suspension, suspend
from mespace.tickets.queries.sessions import coming_sessions
from mespace.tickets.session_lifecycle import IllegalSessionMove, SessionVerb
from mespace.tickets.tests.operations.logs import fresh, kinds, last, log, refused, sound
from mespace.tickets.tests.operations.session_story import ENDS, HOUR, STARTS, TERMS, Story, state
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


def test_the_whole_way(cast: Cast, story: Story) -> None:
    session = story.propose()
    assert (session.number, session.state, session.person_id) == (1, "proposed", cast.agent.user_id)
    payload = last(story.ticket).payload
    assert payload["terms_digest"] == salted_digest(session.salt, "RuDesktop\nСервер печати, цех 1")
    assert (payload["starts"], payload["ends"]) == ("2026-11-18T10:00:00Z", "2026-11-18T12:00:00Z")
    consent_to_session(**story.by("colleague"), session_id=session.pk, key="click")
    consent_to_session(**story.by("colleague"), session_id=session.pk, key="click")
    consent_to_session(**story.by("engineer"), session_id=session.pk)
    assert kinds(story.ticket).count("session_consented") == 1
    session.refresh_from_db()
    assert (session.state, session.consented_by_id, session.recorded_by_id) == ("agreed", cast.colleague.user_id, None)
    start_session(**story.by("agent", STARTS), session_id=session.pk)
    report = Report("done", "Очередь перезапущена", cast.build.pk, cast.build.pk)
    end_session(**story.by("agent", STARTS + HOUR), session_id=session.pk, report=report)
    session.refresh_from_db()
    assert (session.state, session.outcome, session.deviates) == ("ended", "done", False)
    assert kinds(story.ticket)[1:] == ["session_proposed", "session_consented", "session_started", "session_ended"]
    assert Message.objects.get(body="Очередь перезапущена").audience == "customer"
    assert not InstallationRecord.objects.exists()
    for secret in ("RuDesktop", "Сервер", "Очередь", "очередь"):
        assert not any(secret.encode() in canonical(event.payload) for event in log(story.ticket))
    assert sound()


def test_no_clock_moves_and_nothing_of_it_is_a_reaction(cast: Cast, story: Story) -> None:
    before = fresh(story.ticket)
    session = story.running()
    end_session(**story.by("agent", STARTS + HOUR), session_id=session.pk, report=Report("done", "Ничего"))
    second = story.propose(replace(TERMS, starts_at=STARTS + HOUR))
    cancel_session(**story.by("agent", STARTS + HOUR), session_id=second.pk, reason="Не нужно")
    after = fresh(story.ticket)
    for name in ("status", "reaction_state", "reaction_due_at", "reacted_at", "time_to", "wake_at", "term"):
        assert getattr(after, name) == getattr(before, name), name
    assert sound()


@pytest.mark.parametrize("waits", ["info_requested", "solution_proposed", "suspended"])
@pytest.mark.parametrize("answer", ["consent", "refusal", "by phone", "withdrawal"])
def test_an_answer_in_a_waiting_status_is_a_reaction(cast: Cast, story: Story, waits: str, answer: str) -> None:
    session = story.agreed() if answer == "withdrawal" else story.propose()
    then = {"info_requested": Question("Какая модель?"), "solution_proposed": Proposal("Так")}.get(waits)
    accept(**story.by("agent"), then=then)
    if waits == "suspended":
        suspend(**story.by("agent"), suspension=Suspension("customer", "Просили", cast.engineer.user_id))
    assert fresh(story.ticket).status == waits
    now = WEDNESDAY + 2 * HOUR
    match answer:
        case "consent":
            consent_to_session(**story.by("engineer", now), session_id=session.pk)
            wanted = ["session_consented", "customer_reacted"]
        case "refusal":
            refuse_session(**story.by("engineer", now), session_id=session.pk, reason="Смена не закрыта")
            wanted = ["session_refused", "customer_reacted"]
        case "withdrawal":
            refuse_session(**story.by("engineer", now), session_id=session.pk)
            wanted = ["session_consent_withdrawn", "customer_reacted"]
        case _:
            said = Answer(True, cast.engineer.user_id, "Подключайтесь", now - timedelta(minutes=5))
            record_session_answer(**story.by("agent", now), session_id=session.pk, answer=said)
            wanted = ["session_consented", "reaction_recorded"]
    assert kinds(story.ticket)[-2:] == wanted
    after = fresh(story.ticket)
    assert (after.status, after.term_due_at) == ("analysis", None)
    assert sound()


def test_by_phone_it_is_said_who_said_what_and_when(cast: Cast, story: Story) -> None:
    session = story.propose()
    on: dict[str, Any] = {**story.by("agent", WEDNESDAY + 2 * HOUR), "session_id": session.pk}
    engineer = cast.engineer.user_id

    def record(answer: Answer) -> Any:
        return lambda: record_session_answer(**on, answer=answer)

    refused(story.ticket, record(Answer(True, None, "Да")), "by_person")
    refused(story.ticket, record(Answer(True, cast.stranger.user_id, "Да")), "by_person")
    refused(story.ticket, record(Answer(True, engineer, " ")), "said")
    refused(story.ticket, record(Answer(True, engineer, "Да", WEDNESDAY)), "said_at")
    refused(story.ticket, record(Answer(True, engineer, "Да", WEDNESDAY + 3 * HOUR)), "said_at")
    record(Answer(True, engineer, "Да, подключайтесь", WEDNESDAY + HOUR + timedelta(minutes=30)))()
    session.refresh_from_db()
    assert (session.consented_by_id, session.recorded_by_id) == (engineer, cast.agent.user_id)
    payload = last(story.ticket).payload
    assert (payload["by_person"], payload["said_at"]) == (engineer, "2026-11-18T07:30:00Z")
    record(Answer(False, engineer, "Передумали"))()
    assert state(session) == "withdrawn"
    assert sound()


def test_without_consent_it_cannot_begin(cast: Cast, story: Story) -> None:
    session = story.propose()
    with pytest.raises(IllegalSessionMove) as refusal:
        start_session(**story.by("agent", STARTS), session_id=session.pk)
    assert refusal.value.allowed == [SessionVerb.CONSENT, SessionVerb.REFUSE, SessionVerb.CANCEL]
    consent_to_session(**story.by("engineer"), session_id=session.pk)
    refuse_session(**story.by("engineer"), session_id=session.pk)
    refuse_session(**story.by("colleague"), session_id=session.pk)
    assert (state(session), kinds(story.ticket)[-1]) == ("withdrawn", "session_consent_withdrawn")
    with pytest.raises(IllegalSessionMove):
        start_session(**story.by("agent", STARTS), session_id=session.pk, beginning=Beginning(reason="Очень надо"))
    with pytest.raises(IllegalSessionMove):
        consent_to_session(**story.by("engineer"), session_id=session.pk)


@pytest.mark.parametrize(
    ("at", "name", "tool", "differs"),
    [
        (STARTS - timedelta(seconds=1), "agent", "", ["window"]),
        (ENDS, "agent", "", ["window"]),
        (STARTS, "second_agent", "", ["person"]),
        (STARTS, "agent", "AnyDesk", ["tool"]),
        (ENDS, "second_agent", "AnyDesk", ["window", "person", "tool"]),
    ],
)
def test_otherwise_than_agreed_it_begins_with_a_reason_alone(
    cast: Cast, story: Story, at: datetime, name: str, tool: str, differs: list[str]
) -> None:
    session = story.agreed()
    on: dict[str, Any] = {**story.by(name, at), "session_id": session.pk}
    refused(story.ticket, lambda: start_session(**on, beginning=Beginning(tool=tool)), "reason")
    start_session(**on, beginning=Beginning(tool=tool, reason="Договорились по телефону"))
    payload = last(story.ticket).payload
    assert payload["outside"] == differs
    assert ("terms_digest" in payload) is ("tool" in differs)
    assert Message.objects.get(body="Договорились по телефону").audience == "customer"
    session.refresh_from_db()
    assert (session.state, session.deviates, session.connected_id) == ("running", True, cast.actors[name].user_id)
    assert sound()


def test_the_last_second_of_the_window_is_within_it(story: Story) -> None:
    session = story.agreed()
    start_session(**story.by("agent", ENDS - timedelta(seconds=1)), session_id=session.pk)
    assert "outside" not in last(story.ticket).payload


def test_the_consent_holds_for_what_was_agreed_alone(cast: Cast, story: Story) -> None:
    session = story.propose()
    purpose = {"message_id": session.purpose_id}
    correct_message(**story.by("agent"), **purpose, body="Посмотреть очередь и журналы")
    consent_to_session(**story.by("engineer"), session_id=session.pk)
    refused(story.ticket, lambda: correct_message(**story.by("agent"), **purpose, body="И ещё кое-что"), "")
    instead = replace(TERMS, starts_at=STARTS + HOUR)
    cancel_session(**story.by("agent"), session_id=session.pk, reason="Позже", instead=instead)
    assert kinds(story.ticket)[-2:] == ["session_cancelled", "session_proposed"]
    second = RemoteSession.objects.get(number=2)
    assert (state(session), second.state) == ("cancelled", "proposed")
    for change in ({"starts_at": STARTS + 2 * HOUR}, {"tool": "AnyDesk"}, {"person": cast.users["second_agent"]}):
        with pytest.raises(DatabaseError), transaction.atomic():
            RemoteSession.objects.filter(pk=session.pk).update(**change)


def test_a_build_that_differs_updates_the_passport_in_the_same_act(cast: Cast, story: Story) -> None:
    assign(**story.by("agent"), to_user_id=cast.contractor.user_id)  # who has no right to passports
    session = story.propose(replace(TERMS, person_id=cast.contractor.user_id))
    consent_to_session(**story.by("engineer"), session_id=session.pk)
    start_session(**story.by("contractor", STARTS), session_id=session.pk)
    newer = Build.objects.create(version=cast.build.version, major=13, minor=0)
    report = Report("done", "Обновлено до 4.13.0", cast.build.pk, newer.pk)
    end_session(**story.by("contractor", STARTS + HOUR), session_id=session.pk, report=report)
    running = Installation.objects.get(site=cast.site, product=cast.product)
    record = InstallationRecord.objects.get()
    assert running.build_id == newer.pk
    assert (record.source, record.source_name) == ("session", f"{story.ticket.key} № 1")
    assert (record.by_id, record.at) == (cast.contractor.user_id, STARTS + HOUR)
    payload = last(story.ticket).payload
    assert (payload["build_before"], payload["build_after"]) == (cast.build.pk, newer.pk)
    assert sound()


def test_a_passport_needs_a_site_and_a_build_of_this_software(cast: Cast) -> None:
    story = Story(cast, type="consultation", place=Place())
    session = story.running()
    other = Build.objects.create(version=cast.other_product.versions.create(number=1), major=0, minor=1)

    def end(report: Report) -> Any:
        return lambda: end_session(**story.by("agent", STARTS + HOUR), session_id=session.pk, report=report)

    refused(story.ticket, end(Report("done", "Обновлено", None, cast.build.pk)), "build_after")
    refused(story.ticket, end(Report("done", "Обновлено", other.pk, None)), "build_before")
    refused(story.ticket, end(Report("well", "Обновлено")), "outcome")
    refused(story.ticket, end(Report("done", " ")), "changed")
    assert state(session) == "running"
    end(Report("not_done", "Связь прервалась"))()
    assert state(session) == "ended"


def test_a_session_that_nobody_came_to(cast: Cast, story: Story) -> None:
    session = story.agreed()

    def miss(at: datetime, absent: str) -> Any:
        return lambda: record_no_show(**story.by("agent", at), session_id=session.pk, absent=absent, note="Ждали")

    refused(story.ticket, miss(STARTS - timedelta(seconds=1), "customer"), "")
    refused(story.ticket, miss(STARTS, "nobody"), "absent")
    miss(STARTS, "customer")()
    assert (state(session), last(story.ticket).payload["absent"]) == ("missed", "customer")
    assert sound()


def test_the_proposed_time_can_be_over(story: Story) -> None:
    session = story.propose()
    refused(story.ticket, lambda: consent_to_session(**story.by("engineer", ENDS), session_id=session.pk), "")
    refuse_session(**story.by("engineer", ENDS), session_id=session.pk)
    assert state(session) == "refused"


def test_every_field_of_a_proposal_is_judged_at_once(cast: Cast, story: Story) -> None:
    def propose(**changes: Any) -> Any:
        return lambda: propose_session(**story.by("agent"), terms=replace(TERMS, **changes))

    wrong = {"tool": " ", "target": "х" * 201, "purpose": "", "person_id": cast.engineer.user_id}
    refused(story.ticket, propose(ends_at=STARTS, **wrong), "ends_at", "tool", "target", "purpose", "person")
    refused(story.ticket, propose(starts_at=WEDNESDAY - HOUR, ends_at=WEDNESDAY), "ends_at")
    refused(story.ticket, propose(ends_at=STARTS + 25 * HOUR), "ends_at")
    far = {"starts_at": STARTS + timedelta(days=200), "ends_at": ENDS + timedelta(days=200)}
    refused(story.ticket, propose(**far), "starts_at")
    refused(story.ticket, propose(person_id=cast.contractor.user_id), "person")
    session = story.propose(replace(TERMS, person_id=cast.second_agent.user_id))
    assert Watcher.objects.filter(ticket=story.ticket, user_id=cast.second_agent.user_id).exists()
    assert session.person_id == cast.second_agent.user_id


def test_sessions_of_a_closed_request_rest_until_it_is_reopened(cast: Cast, story: Story) -> None:
    session, second = story.propose(), story.agreed()
    running = story.agreed()
    start_session(**story.by("agent", STARTS), session_id=running.pk)
    accept(**story.by("agent", STARTS))
    close(**story.by("agent", STARTS), closing=Closing("solved", "Готово."))
    on = {"session_id": session.pk}
    refused(story.ticket, lambda: consent_to_session(**story.by("engineer", STARTS), **on), "")
    refused(story.ticket, lambda: start_session(**story.by("agent", STARTS), session_id=second.pk), "")
    refused(story.ticket, lambda: propose_session(**story.by("agent", STARTS), terms=TERMS), "")
    assert coming_sessions(actor=cast.agent) == []
    end_session(**story.by("agent", STARTS), session_id=running.pk, report=Report("done", "Готово"))
    reopen(**story.by("engineer", STARTS), reason="Снова")
    consent_to_session(**story.by("engineer", STARTS), **on)
    assert [each.pk for each in coming_sessions(actor=cast.agent)] == [session.pk, second.pk]
    assert sound()


STAFF_ACTS: list[tuple[str, Any]] = [
    ("propose", lambda by, _pk: propose_session(**by, terms=TERMS)),
    ("record", lambda by, pk: record_session_answer(**by, session_id=pk, answer=Answer(True, 1, "Да"))),
    ("start", lambda by, pk: start_session(**by, session_id=pk)),
    ("end", lambda by, pk: end_session(**by, session_id=pk, report=Report("done", "Да"))),
    ("cancel", lambda by, pk: cancel_session(**by, session_id=pk, reason="Да")),
    ("miss", lambda by, pk: record_no_show(**by, session_id=pk, absent="customer")),
]
CUSTOMER_ACTS: list[tuple[str, Any]] = [
    ("consent", lambda by, pk: consent_to_session(**by, session_id=pk)),
    ("refuse", lambda by, pk: refuse_session(**by, session_id=pk)),
]


@pytest.mark.parametrize(("what", "call"), [*STAFF_ACTS, *CUSTOMER_ACTS])
def test_who_may_what(story: Story, what: str, call: Any) -> None:
    session = story.propose()
    others = ["agent"] if (what, call) in CUSTOMER_ACTS else ["engineer", "responsible"]
    before = kinds(story.ticket)
    for name in (*others, "manager", "director", "auditor"):
        with pytest.raises(Refused):
            call(story.by(name), session.pk)
    for name in ("stranger", "contractor", "administrator"):
        with pytest.raises(TicketNotFound):
            call(story.by(name), session.pk)
    assert kinds(story.ticket) == before


@pytest.mark.parametrize(("what", "call"), [*STAFF_ACTS[1:], *CUSTOMER_ACTS])
def test_a_session_of_another_request_is_not_there(cast: Cast, story: Story, what: str, call: Any) -> None:
    other = Story(cast).propose()
    with pytest.raises(SessionNotFound):
        call(story.by("engineer" if (what, call) in CUSTOMER_ACTS else "agent", STARTS), other.pk)


def test_who_sees_which(cast: Cast, story: Story) -> None:
    story.propose()
    seen = {
        name: len(coming_sessions(actor=cast.actors[name]))
        for name in ("agent", "auditor", "contractor", "stranger", "administrator", "engineer")
    }
    assert seen == {"agent": 1, "auditor": 1, "contractor": 0, "stranger": 0, "administrator": 0, "engineer": 1}
    assert coming_sessions(actor=cast.second_agent, mine=True) == []


def test_coming_sessions_are_one_statement(cast: Cast, django_assert_num_queries: Any) -> None:
    for _ in range(4):
        Story(cast).propose()
    with django_assert_num_queries(1):
        rows = coming_sessions(actor=cast.agent)
        assert {(row.person.full_name, row.ticket.customer.short_name) for row in rows} == {("Agent", "Завод")}


def test_a_purpose_without_words_is_refused_and_the_rest_is_kept(story: Story) -> None:
    with pytest.raises(Invalid):
        propose_session(**story.by("agent"), terms=replace(TERMS, purpose="\x00 "))
