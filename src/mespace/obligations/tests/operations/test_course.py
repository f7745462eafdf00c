"""An obligation from its opening to its end, in time, late, moved, withdrawn."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from mespace.accounts.actor import TIMER
from mespace.obligations.clocks import instant
from mespace.obligations.errors import DueInPast, NothingOwed, ObligationNotFound
from mespace.obligations.kinds import ahead_of, by_calendar_days, by_instant, by_working_days
from mespace.obligations.models import Note, Obligation
from mespace.obligations.operations.fulfil import fulfil
from mespace.obligations.operations.miss import GRACE, due_obligations, miss
from mespace.obligations.operations.move_due import move_due
from mespace.obligations.operations.open_obligation import open_obligation
from mespace.obligations.operations.withdraw_obligation import withdraw_obligation
from mespace.obligations.tests.making import DUE, WEDNESDAY, course, name, no_differences, owed, verified
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_three_working_days_end_at_seventeen_of_the_third() -> None:
    obligation = owed()
    assert (obligation.state, obligation.due_at, obligation.first_due_at) == ("open", DUE, DUE)
    assert verified(obligation, WEDNESDAY)["due"] == "2026-11-23T14:00:00Z"


@pytest.mark.parametrize(
    ("promise", "due"),
    [
        (by_working_days(days=1), "2026-11-19T14:00:00Z"),
        (by_calendar_days(parameter="notice_days"), "2026-12-03T21:00:00Z"),  # the end of 3 December
        (ahead_of(date(2026, 12, 10), parameter="notice_days"), "2026-11-25T21:00:00Z"),  # the end of 25 November
        (by_instant(DUE + SECOND), "2026-11-23T14:00:01Z"),
    ],
)
def test_each_form_of_promise(promise, due) -> None:
    assert verified(owed(promise=promise), WEDNESDAY)["due"] == due


def test_opened_twice_it_is_the_same_one() -> None:
    first = owed()
    again = owed(now=WEDNESDAY + SECOND, promise=by_working_days(days=9))
    assert (again.pk, again.due_at, course(again)) == (first.pk, DUE, ["opened"])
    other = open_obligation(actor=TIMER, now=WEDNESDAY, name=name(1, "2027"), promise=by_working_days(days=1))
    assert other.key == "test_promise:thing:1:2027"
    assert other.pk != first.pk


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        open_obligation(
            actor=TIMER, now=WEDNESDAY, name=name().__class__("unheard_of", 1), promise=by_working_days(days=1)
        )


@pytest.mark.parametrize(("at", "state"), [(DUE, "fulfilled"), (DUE + SECOND, "late")])
def test_acting_at_exactly_the_due_instant_is_in_time(cast: Cast, at, state) -> None:
    owed()
    obligation = fulfil(actor=cast.manager, now=at, name=name(), how="mail")
    assert (obligation.state, obligation.ended_at) == (state, at)
    verdict = verified(obligation, at)
    assert (verdict["state"], verdict["fulfilled_at"]) == (state, f"{at:%Y-%m-%dT%H:%M:%SZ}")
    assert course(obligation) == (
        ["opened", "fulfilled"] if state == "fulfilled" else ["opened", "missed", "fulfilled"]
    )
    no_differences()


def test_what_was_done_in_time_and_told_later_is_in_time(cast: Cast) -> None:
    owed()
    obligation = fulfil(actor=cast.manager, now=DUE + timedelta(seconds=40), name=name(), at=DUE - SECOND)
    assert (obligation.state, obligation.ended_at) == ("fulfilled", DUE - SECOND)
    assert verified(obligation, DUE + timedelta(days=1))["state"] == "fulfilled"


def test_fulfilled_again_nothing_happens(cast: Cast) -> None:
    owed()
    fulfil(actor=cast.manager, now=DUE, name=name())
    obligation = fulfil(actor=cast.manager, now=DUE + timedelta(days=1), name=name())
    assert (obligation.ended_at, len(course(obligation))) == (DUE, 2)


def test_nobody_can_fulfil_what_was_never_opened(cast: Cast) -> None:
    with pytest.raises(ObligationNotFound):
        fulfil(actor=cast.manager, now=DUE, name=name(404))


def test_the_sweep_notes_the_miss_at_the_due_instant() -> None:
    obligation = owed()
    assert list(due_obligations(now=DUE + GRACE)) == []
    late = DUE + timedelta(hours=5)
    assert list(due_obligations(now=late)) == [obligation.pk]
    for _ in range(2):
        assert miss(obligation_id=obligation.pk, now=late) is not None
    obligation.refresh_from_db()
    assert (obligation.state, obligation.missed_at, obligation.wake_at) == ("missed", DUE, None)
    event = obligation.stream.events.get(kind="missed")
    assert (event.at, event.recorded_at, event.actor) == (DUE, late, "timer")
    assert verified(obligation, late)["missed_at"] == "2026-11-23T14:00:00Z"
    no_differences()


def test_entered_late_it_is_born_missed_and_says_so(cast: Cast) -> None:
    signed = WEDNESDAY - timedelta(days=30)
    obligation = owed(since=signed, actor=cast.manager)
    assert (obligation.state, obligation.missed_at, obligation.was_entered_late) == ("missed", WEDNESDAY, True)
    assert course(obligation) == ["opened", "missed"]
    done = fulfil(actor=cast.manager, now=WEDNESDAY + SECOND, name=name())
    assert verified(done, DUE)["state"] == done.state == "late"
    no_differences()


def test_a_moved_due_instant_keeps_both_readings(cast: Cast) -> None:
    owed()
    later = DUE + timedelta(days=7)
    obligation = move_due(
        actor=cast.manager, now=WEDNESDAY, name=name(), due=later, reason="later", note="Ждём поставку"
    )
    assert (obligation.due_at, obligation.first_due_at, obligation.was_moved) == (later, DUE, True)
    obligation = fulfil(actor=cast.manager, now=later, name=name())
    verdict = verified(obligation, later)
    assert verdict["state"] == "fulfilled"
    assert [(each["cause"], each["reason"], each["reading"]) for each in verdict["deadlines"]] == [
        ("opened", None, "broken"),
        ("moved", "later", "kept"),
    ]
    assert "Ждём" not in str(obligation.stream.events.get(kind="due_moved").payload)
    assert Note.objects.get(obligation=obligation).text == "Ждём поставку"


def test_what_was_missed_stays_missed_whatever_is_promised_then(cast: Cast) -> None:
    owed()
    now = DUE + timedelta(days=1)
    obligation = move_due(actor=cast.manager, now=now, name=name(), due=now + timedelta(days=3), reason="later")
    assert (obligation.state, obligation.missed_at) == ("missed", DUE)
    obligation = fulfil(actor=cast.manager, now=now + SECOND, name=name())
    assert verified(obligation, now + timedelta(days=9))["state"] == "late"
    no_differences()


def test_a_due_instant_moves_only_ahead_and_only_for_a_known_reason(cast: Cast) -> None:
    owed()
    common = {"actor": cast.manager, "now": WEDNESDAY, "name": name()}
    with pytest.raises(DueInPast):
        move_due(**common, due=WEDNESDAY - SECOND, reason="later")
    with pytest.raises(KeyError):
        move_due(**common, due=DUE + SECOND, reason="because")
    assert course(move_due(**common, due=DUE, reason="later")) == ["opened"]


@pytest.mark.parametrize(("at", "missed_at"), [(WEDNESDAY, None), (DUE + SECOND, DUE)])
def test_withdrawn_it_is_neither_kept_nor_broken_but_a_miss_stays_visible(cast: Cast, at, missed_at) -> None:
    owed()
    for _ in range(2):
        obligation = withdraw_obligation(actor=cast.manager, now=at, name=name(), reason="mistake", note="Опечатка")
    assert (obligation.state, obligation.missed_at, obligation.reason) == ("withdrawn", missed_at, "mistake")
    assert verified(obligation, DUE + timedelta(days=1))["state"] == "withdrawn"
    for verb in (fulfil, lambda **more: move_due(**more, due=DUE + timedelta(days=9), reason="later")):
        with pytest.raises(NothingOwed):
            verb(actor=cast.manager, now=DUE + timedelta(days=2), name=name())
    no_differences()


def test_what_is_fulfilled_cannot_be_withdrawn(cast: Cast) -> None:
    owed()
    fulfil(actor=cast.manager, now=WEDNESDAY, name=name())
    with pytest.raises(NothingOwed):
        withdraw_obligation(actor=cast.manager, now=WEDNESDAY, name=name(), reason="mistake")


@pytest.mark.parametrize(
    "change",
    [
        {"state": "open"},
        {"state": "late", "missed_at": DUE},
        {"owed_to": 5},
        {"first_due_at": DUE + SECOND},
        {"kind": "other"},
    ],
)
def test_the_database_refuses_what_no_move_allows(cast: Cast, change) -> None:
    owed()
    obligation = fulfil(actor=cast.manager, now=WEDNESDAY, name=name())
    with pytest.raises(DatabaseError), transaction.atomic():
        Obligation.objects.filter(pk=obligation.pk).update(**change)


def test_the_database_refuses_an_obligation_born_fulfilled_or_deleted() -> None:
    obligation = owed()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM obligations_obligation WHERE id = %s", [obligation.pk])
    obligation.pk, obligation.key, obligation.state = None, "another", "fulfilled"
    obligation.ended_at, obligation.wake_at = WEDNESDAY, None
    obligation.stream = obligation.stream.__class__.objects.create(subject="obligation")
    with pytest.raises(DatabaseError), transaction.atomic():
        obligation.save(force_insert=True)


def test_a_tampered_row_is_found() -> None:
    from mespace.obligations.queries.verification import Difference, differences

    obligation = owed()
    Obligation.objects.filter(pk=obligation.pk).update(due_at=DUE + SECOND)
    found = [item for item in differences() if isinstance(item, Difference)]
    assert [(item.where, item.stored, item.derived) for item in found] == [("due_at", DUE + SECOND, DUE)]


def test_an_act_takes_a_fixed_number_of_statements(cast: Cast, django_assert_num_queries) -> None:
    owed(number=9)
    with django_assert_num_queries(9):
        owed()
    with django_assert_num_queries(7):
        fulfil(actor=cast.manager, now=WEDNESDAY, name=name())


def test_instants_are_whole_seconds() -> None:
    obligation = owed(now=WEDNESDAY.replace(microsecond=999))
    assert obligation.opened_at == obligation.since == WEDNESDAY
    assert instant(int(WEDNESDAY.timestamp())) == WEDNESDAY
