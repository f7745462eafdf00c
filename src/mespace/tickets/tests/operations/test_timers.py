"""What comes due by itself: a worker that slept, one bad ticket among many, and a calendar that was corrected."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from mespace.ledger.models import Event
from mespace.platform.clock import stepped
from mespace.platform.jobs import Job
from mespace.regulation.models import CalendarEdition
from mespace.regulation.operations.adopt_calendar import adopt_calendar
from mespace.tickets.models import Ticket
from mespace.tickets.operations._steps import Proposal, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.ask_customer import ask_customer
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.record_receipt import record_receipt
from mespace.tickets.operations.repin_calendar import repin_calendar, tickets_to_repin
from mespace.tickets.operations.settle import due_tickets, settle_ticket
from mespace.tickets.tasks import repin_tickets, settle_tickets
from mespace.tickets.tests.operations.logs import fresh, kinds, last, log, sound
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
PRESUMED = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
REMINDED = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
ENDED = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def asked(cast: Cast) -> Ticket:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая модель?"))
    return fresh(ticket)


def queued(job: Job) -> list[Any]:
    return list(ProcrastinateJob.objects.filter(task_name=job.value).order_by("id").values_list("args", flat=True))


@pytest.mark.parametrize(
    ("now", "written"),
    [
        (PRESUMED, []),
        (PRESUMED + SECOND, ["receipt"]),
        (REMINDED, ["receipt"]),
        (REMINDED + SECOND, ["receipt", "reminded"]),
        (ENDED, ["receipt", "reminded"]),
        (ENDED + SECOND, ["receipt", "reminded", "suspended_unanswered"]),
        (ENDED + timedelta(days=90), ["receipt", "reminded", "suspended_unanswered"]),
    ],
)
def test_each_fact_comes_after_its_instant_and_is_stamped_with_it(
    cast: Cast, now: datetime, written: list[str]
) -> None:
    ticket = asked(cast)
    for _ in range(2):
        settle_ticket(ticket_id=ticket.pk, now=now)
    events = log(ticket)[4:]
    assert [event.kind for event in events] == written
    assert [event.at for event in events] == [PRESUMED, REMINDED, ENDED][: len(written)]
    assert all((event.actor, event.recorded_at) == ("timer", now) for event in events)
    assert sound()


# Clause 5.5.
def test_a_term_that_was_read_ends_by_its_own_days(cast: Cast) -> None:
    ticket = asked(cast)
    record_receipt(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + HOUR)
    settle_ticket(ticket_id=ticket.pk, now=ENDED)
    assert [(event.kind, event.at) for event in log(ticket)[5:]] == [
        ("reminded", datetime(2026, 11, 20, 5, 0, tzinfo=UTC)),
        ("suspended_unanswered", datetime(2026, 11, 23, 14, 0, tzinfo=UTC)),
    ]


def test_a_new_question_starts_its_own_term_and_replaces_the_former(cast: Cast) -> None:
    ticket = asked(cast)
    ask_customer(ticket_id=ticket.pk, actor=cast.agent, now=ENDED - HOUR, question=Question("А версия?"))
    settle_ticket(ticket_id=ticket.pk, now=ENDED + HOUR)
    assert (fresh(ticket).status, fresh(ticket).term) == ("info_requested", 2)
    assert sound()


def test_one_ticket_that_cannot_be_settled_does_not_hold_up_the_others(cast: Cast, monkeypatch: Any) -> None:
    tickets = [asked(cast) for _ in range(3)]
    Ticket.objects.filter(pk=tickets[0].pk).update(term_opened_at=None, status="analysis")  # its columns deny its term
    with stepped(ENDED + HOUR), pytest.raises(RuntimeError, match="ticket could not be settled: 1"):
        settle_tickets(timestamp=0)
    assert [fresh(ticket).status for ticket in tickets] == ["analysis", "suspended", "suspended"]
    assert list(due_tickets(now=ENDED + HOUR)) == [tickets[0].pk]


def test_what_is_not_due_is_not_touched(cast: Cast) -> None:
    asked(cast)
    assert list(due_tickets(now=PRESUMED)) == []
    assert len(list(due_tickets(now=PRESUMED + SECOND))) == 1


# --- a corrected calendar


def corrected(cast: Cast, now: datetime, code: str, **days: str) -> CalendarEdition:
    content = json.loads(json.dumps(CalendarEdition.objects.get(code="ru-1").content))
    for on, kind in days.items():
        day = on.removeprefix("d").replace("_", "-")
        content["years"][day[:4]]["days"][day] = {"type": kind, "source": "source not verified"}
    return adopt_calendar(actor=cast.manager, now=now, content={**content, "edition": code}, reason="Поправка")


def test_open_clocks_are_pinned_again_and_given_verdicts_stay(cast: Cast) -> None:
    running, done, waiting = cast.file(), cast.file(), asked(cast)
    accept(ticket_id=done.pk, actor=cast.agent, now=WEDNESDAY + HOUR)
    verdict = fresh(done).reaction_due_at
    edition = corrected(
        cast, WEDNESDAY + 2 * HOUR, "timers-1", d2026_11_18="moved_day_off", d2026_11_20="moved_day_off"
    )
    with stepped(WEDNESDAY + 3 * HOUR):
        repin_tickets(calendar=edition.code)
        repin_tickets(calendar=edition.code)
    assert last(running).payload == {
        "subject": "reaction",
        "calendar": {"edition": "timers-1", "digest": edition.digest},
        "old": "2026-11-18T14:00:00Z",
        "new": "2026-11-19T13:00:00Z",
    }
    assert fresh(running).reaction_due_at == datetime(2026, 11, 19, 13, 0, tzinfo=UTC)
    assert (last(waiting).payload["old"], last(waiting).payload["new"]) == (
        "2026-11-24T14:00:00Z",
        "2026-11-25T14:00:00Z",
    )
    assert kinds(done) == ["filed", "accepted", "assigned"]
    assert (fresh(done).reaction_due_at, kinds(running).count("repinned"), kinds(waiting).count("repinned")) == (
        verdict,
        1,
        1,
    )
    assert tickets_to_repin(edition=edition) == []
    assert sound()


def test_a_breach_that_had_come_is_not_pinned_away(cast: Cast) -> None:
    ticket = cast.file()
    late = WEDNESDAY + timedelta(days=1)
    edition = corrected(cast, late, "timers-2", d2026_11_18="moved_day_off", d2026_11_19="moved_day_off")
    repin_calendar(ticket_id=ticket.pk, now=late, edition=edition)
    assert kinds(ticket) == ["filed"]
    accept(ticket_id=ticket.pk, actor=cast.agent, now=late + HOUR)
    assert fresh(ticket).reaction_state == "broken"
    assert sound()


def test_a_timer_that_the_correction_puts_into_the_past_acts_at_the_correction(cast: Cast) -> None:
    edition = corrected(cast, WEDNESDAY - HOUR, "timers-3", d2026_11_19="moved_day_off", d2026_11_20="moved_day_off")
    assert edition.adopted_at < WEDNESDAY
    ticket = asked(cast)  # presumed on Monday at 17:00
    back = corrected(cast, datetime(2026, 11, 23, 9, 0, tzinfo=UTC), "timers-4")
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    repin_calendar(ticket_id=ticket.pk, now=now, edition=back)
    settle_ticket(ticket_id=ticket.pk, now=now + SECOND)
    assert [(event.kind, event.at) for event in log(ticket)[4:]] == [("repinned", now), ("receipt", now)]
    assert last(ticket).payload["evidence"] == "presumed"
    assert fresh(ticket).term_due_at == datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
    assert log(ticket)[4].payload["new"] == "2026-11-26T14:00:00Z"
    assert sound()


def test_adopting_a_calendar_queues_the_pinning_in_the_same_transaction(cast: Cast) -> None:
    corrected(cast, WEDNESDAY, "timers-5")
    assert queued(Job.REPIN_TICKETS) == [{"calendar": "timers-5"}]


def test_nothing_of_a_customer_s_comment_stops_the_reaction_clock(cast: Cast) -> None:
    ticket = cast.file()
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + HOUR, remark=Remark("Ну что?"))
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, remark=Remark("Смотрим"))
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, remark=Remark("Внутри", internal=True))
    ticket = fresh(ticket)
    assert (ticket.status, ticket.reacted_at) == ("open", None)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + 8 * HOUR, then=Proposal("Так."))
    assert fresh(ticket).reaction_state == "kept"  # exactly due is in time
    assert Event.objects.filter(stream_id=ticket.stream_id, kind="accepted").get().at == WEDNESDAY + 8 * HOUR


def test_a_clock_that_started_while_its_calendar_was_replaced_is_pinned_by_the_second_look(cast: Cast) -> None:
    former = corrected(cast, WEDNESDAY - HOUR, "timers-6")
    edition = corrected(cast, WEDNESDAY, "timers-7", d2026_11_18="moved_day_off")
    with stepped(WEDNESDAY):
        repin_tickets(calendar=edition.code)
    late = cast.file(now=WEDNESDAY - SECOND)  # its transaction ended after the first look
    assert late.calendar_edition == former
    second = queued(Job.REPIN_TICKETS)[-1]
    assert second == {"calendar": "timers-7", "is_last": True}
    with stepped(WEDNESDAY + timedelta(minutes=10)):
        repin_tickets(**second)
    assert fresh(late).calendar_edition == edition
    assert kinds(late) == ["filed", "repinned"]
    assert queued(Job.REPIN_TICKETS)[-1] == second
    assert sound()


def test_a_job_that_comes_after_the_next_correction_pins_nothing_back(cast: Cast) -> None:
    ticket = cast.file()
    first = corrected(cast, WEDNESDAY + HOUR, "timers-8", d2026_11_18="moved_day_off")
    second = corrected(cast, WEDNESDAY + 2 * HOUR, "timers-9")
    with stepped(WEDNESDAY + 2 * HOUR):
        repin_tickets(calendar=second.code)
        repin_tickets(calendar=first.code)
    assert fresh(ticket).calendar_edition == second
    assert kinds(ticket) == ["filed", "repinned"]
