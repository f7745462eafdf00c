"""Work logged on a ticket: by whom, what the customer sees of it, and how it is put right."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from mespace.accounts.actor import Refused
from mespace.ledger.canonical import canonical
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import Message, WorkEntry
from mespace.tickets.operations._steps import Closing, Question
from mespace.tickets.operations._work import Work
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.correct_work import correct_work
from mespace.tickets.operations.log_work import log_work
from mespace.tickets.operations.withdraw_work import withdraw_work
from mespace.tickets.queries.ticket import ticket_view
from mespace.tickets.services_log import readings
from mespace.tickets.tests.operations.logs import fresh, kinds, last, log, refused, sound
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)
HOUR = timedelta(hours=1)
WORK = Work("remote_analysis", 45, TODAY)
SECRET = "тайнопись"


def common(cast: Cast, ticket: Any, by: str = "agent", now: Any = WEDNESDAY + HOUR) -> dict[str, Any]:
    return {"ticket_id": ticket.pk, "actor": cast.actors[by], "now": now}


def test_work_is_a_fact_that_moves_no_clock_and_is_no_reaction(cast: Cast) -> None:
    ticket = cast.file()
    logged = log_work(**common(cast, ticket), work=WORK, key="form")
    again = log_work(**common(cast, ticket), work=WORK, key="form")
    assert (again.version, WorkEntry.objects.count()) == (logged.version, 1)
    entry = WorkEntry.objects.get()
    assert last(ticket).payload == {
        "work": entry.pk,
        "service": "remote_analysis",
        "person": cast.agent.user_id,
        "minutes": 45,
        "on": "2026-11-18",
    }
    before, after = ticket, fresh(ticket)
    assert (after.status, after.reaction_state, after.reacted_at) == ("open", "running", None)
    assert (after.reaction_due_at, after.time_to) == (before.reaction_due_at, before.time_to)
    assert after.public_version == before.public_version  # no news: nobody is told of it, nothing becomes unread
    assert sound()


def test_a_running_term_runs_on(cast: Cast) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая модель?"))
    before = fresh(ticket)
    log_work(**common(cast, ticket), work=WORK)
    after = fresh(ticket)
    assert (after.status, after.term_due_at, after.wake_at) == ("info_requested", before.term_due_at, before.wake_at)


def test_the_note_is_internal_and_reaches_no_customer(cast: Cast) -> None:
    ticket = cast.file()
    log_work(**common(cast, ticket), work=WORK, note=f"{SECRET} в журнале")
    assert kinds(ticket)[-2:] == ["commented", "work_logged"]
    assert Message.objects.get(kind="note").audience == "staff"
    assert not any(SECRET.encode() in canonical(event.payload) for event in log(ticket))
    seen = ticket_view(actor=cast.engineer, key=ticket.key, now=WEDNESDAY + HOUR)
    assert [entry.event.kind for entry in seen.entries] == ["filed", "work_logged"]
    assert not any(entry.is_internal for entry in seen.entries)
    assert [line.minutes for line in readings(seen.events)] == [45]


def test_a_correction_and_a_withdrawal_keep_both_readings(cast: Cast) -> None:
    ticket = cast.file()
    log_work(**common(cast, ticket), work=WORK)
    first = WorkEntry.objects.get()
    better = Work("remote_upgrade", 50, TODAY)
    correct_work(**common(cast, ticket), work_id=first.pk, work=better, reason="Это было обновление")
    second = WorkEntry.objects.get(replaces=first)
    assert Message.objects.get(body="Это было обновление").audience == "customer"
    assert list(WorkEntry.objects.counting()) == [second]
    withdraw_work(**common(cast, ticket), work_id=second.pk, reason="Не то обращение")
    assert not WorkEntry.objects.counting().exists()
    told = [(each.service, each.minutes, each.later, each.is_withdrawn) for each in readings(log(ticket))]
    assert told == [
        ("remote_analysis", 45, "corrected", False),
        ("remote_upgrade", 50, "withdrawn", False),
        ("remote_upgrade", 50, "", True),
    ]
    assert sound()


def test_what_was_corrected_or_withdrawn_is_corrected_no_second_time(cast: Cast) -> None:
    ticket, other = cast.file(), cast.file()
    log_work(**common(cast, ticket), work=WORK)
    first = WorkEntry.objects.get()
    fix: dict[str, Any] = {"work": Work("improvement", 5, TODAY), "reason": "Так"}
    refused(ticket, lambda: correct_work(**common(cast, ticket), work_id=first.pk, **{**fix, "reason": " "}), "reason")
    refused(other, lambda: correct_work(**common(cast, other), work_id=first.pk, **fix), "")
    count = len(log(ticket))
    correct_work(**common(cast, ticket), work_id=first.pk, work=WORK, reason="То же самое")
    assert len(log(ticket)) == count
    withdraw_work(**common(cast, ticket), work_id=first.pk, reason="Лишнее")
    refused(ticket, lambda: correct_work(**common(cast, ticket), work_id=first.pk, **fix), "")
    refused(ticket, lambda: withdraw_work(**common(cast, ticket), work_id=first.pk, reason="Снова"), "")


def test_every_field_is_judged_at_once(cast: Cast) -> None:
    ticket = cast.file()

    def log_(work: Work) -> Any:
        return lambda: log_work(**common(cast, ticket), work=work)

    wrong = Work("tea", 0, TODAY + timedelta(days=1), cast.users["engineer"].pk)
    refused(ticket, log_(wrong), "service", "minutes", "worked_on", "person")
    refused(ticket, log_(Work("improvement", 1441, TODAY)), "minutes")
    refused(ticket, log_(Work("improvement", 60, TODAY - timedelta(days=1))), "worked_on")
    refused(ticket, log_(Work("improvement", 60, TODAY, cast.users["contractor"].pk)), "person")
    log_(Work("improvement", 60, TODAY, cast.users["second_agent"].pk))()
    assert last(ticket).payload["person"] == cast.second_agent.user_id


def test_a_closed_request_takes_late_work(cast: Cast) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Closing("solved", "Готово."))
    log_work(**common(cast, ticket, now=WEDNESDAY + timedelta(days=3)), work=WORK)
    after = fresh(ticket)
    assert (after.status, kinds(ticket)[-1]) == ("closed", "work_logged")
    assert sound()


@pytest.mark.parametrize("name", ["engineer", "responsible", "manager", "director", "auditor"])
def test_those_who_only_read_log_nothing(cast: Cast, name: str) -> None:
    ticket = cast.file()
    log_work(**common(cast, ticket), work=WORK)
    entry = WorkEntry.objects.get()
    by = common(cast, ticket, name)
    for call in (
        lambda: log_work(**by, work=WORK),
        lambda: correct_work(**by, work_id=entry.pk, work=WORK, reason="Так"),
        lambda: withdraw_work(**by, work_id=entry.pk, reason="Так"),
    ):
        with pytest.raises(Refused):
            call()


def test_a_contractor_logs_own_work_on_what_is_assigned(cast: Cast) -> None:
    ticket = cast.file()
    with pytest.raises(TicketNotFound):
        log_work(**common(cast, ticket, "contractor"), work=WORK)
    with pytest.raises(TicketNotFound):
        log_work(**common(cast, ticket, "stranger"), work=WORK)
    log_work(**common(cast, ticket), work=WORK)
    by_agent = WorkEntry.objects.get()
    assign(**common(cast, ticket), to_user_id=cast.contractor.user_id)
    by = common(cast, ticket, "contractor")
    log_work(**by, work=WORK)
    assert last(ticket).payload["person"] == cast.contractor.user_id
    refused(ticket, lambda: log_work(**by, work=Work("improvement", 5, TODAY, cast.users["agent"].pk)), "person")
    with pytest.raises(Refused):
        withdraw_work(**by, work_id=by_agent.pk, reason="Чужое")
    own = WorkEntry.objects.exclude(pk=by_agent.pk).get()
    withdraw_work(**by, work_id=own.pk, reason="Ошибся обращением")
    withdraw_work(**common(cast, ticket), work_id=by_agent.pk, reason="И это")
    assert WorkEntry.objects.visible_to(cast.contractor).count() == 4
    assert not WorkEntry.objects.visible_to(cast.stranger).exists()
    assert not WorkEntry.objects.visible_to(cast.administrator).exists()


def test_nothing_of_it_can_be_edited_or_deleted_in_the_database(cast: Cast) -> None:
    ticket = cast.file()
    log_work(**common(cast, ticket), work=WORK)
    rows = WorkEntry.objects.filter(ticket=ticket)
    for change in (lambda: rows.update(minutes=1), lambda: rows._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert sound()


def test_a_stored_row_that_is_not_what_the_log_says_is_found(cast: Cast) -> None:
    ticket = cast.file()
    columns = {"person_id": cast.users["agent"].pk, "logged_by_id": cast.users["agent"].pk, "logged_at": WEDNESDAY}
    WorkEntry.objects.create(ticket=ticket, service="improvement", minutes=5, worked_on=TODAY, **columns)
    assert not sound()
