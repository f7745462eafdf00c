"""A fix planned with a date is owed: it moves with a reason, is kept by publishing, missed, and withdrawn (4.7)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mespace.accounts.actor import Refused
from mespace.obligations.models import Note, Obligation
from mespace.obligations.operations.miss import due_obligations, miss
from mespace.obligations.tests.making import course, no_differences, verified
from mespace.platform.rows import InUse
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import Build, FixChange, KnownError
from mespace.products.operations.add_known_error import add_known_error
from mespace.products.operations.change_known_error import change_known_error
from mespace.products.operations.delete_known_error import delete_known_error
from mespace.products.operations.describe_release import describe_release
from mespace.products.operations.move_planned_fix import move_planned_fix
from mespace.products.operations.publish_release import publish_release
from mespace.products.operations.withdraw_known_error import withdraw_known_error
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
CONFIRMED = Confirmation("Руководство, раздел 2", "Сменить задание", "Повторяется на чистой установке")
PLANNED = date(2026, 12, 20)  # a Sunday: a date is a date
LAST_SECOND = datetime(2026, 12, 20, 20, 59, 59, tzinfo=UTC)
DAY = timedelta(days=1)


def planned(cast: Cast, fix: Fix | None = None, code: str = "KE-9") -> KnownError:
    fix = fix or Fix(planned_for_id=cast.build.pk, planned_on=PLANNED)
    said: dict[str, Any] = {"product_id": cast.product.pk, "code": code, "title": "Ошибка", "confirmation": CONFIRMED}
    return add_known_error(actor=cast.manager, now=WEDNESDAY, fix=fix, **said)


def change(cast: Cast, error: KnownError, fix: Fix, *, now: datetime = WEDNESDAY, reason: str = "Испытания") -> None:
    said: dict[str, Any] = {"code": error.code, "title": error.title, "description": "", "workaround": ""}
    change_known_error(
        actor=cast.manager,
        now=now,
        known_error_id=error.pk,
        affected_ids=[],
        fix=fix,
        confirmation=CONFIRMED,
        reason=reason,
        **said,
    )


def publish(cast: Cast, error: KnownError, now: datetime) -> None:
    describe_release(actor=cast.manager, build_id=cast.build.pk, notes="Исправлено", resolves_ids=[error.pk])
    publish_release(actor=cast.manager, now=now, build_id=cast.build.pk)


def promises(error: KnownError) -> list[Obligation]:
    return list(Obligation.objects.filter(kind="planned_fix", whom_id=error.pk).order_by("pk"))


def test_a_planned_date_is_owed_to_its_last_second(cast: Cast) -> None:
    [owed] = promises(planned(cast))
    assert (owed.key, owed.clause, owed.owed_to, owed.state) == (
        f"planned_fix:known_error:{owed.whom_id}", "4.7", None, "open",
    )  # fmt: skip
    assert (owed.since, owed.due_at) == (WEDNESDAY, LAST_SECOND)
    assert verified(owed, LAST_SECOND)["state"] == "open"
    assert verified(owed, LAST_SECOND + timedelta(seconds=1))["state"] == "missed"


def test_what_is_fixed_already_is_not_owed(cast: Cast) -> None:
    Build.objects.filter(pk=cast.build.pk).update(released_on=WEDNESDAY.date())
    assert promises(planned(cast, Fix(fixed_in_id=cast.build.pk))) == []


@pytest.mark.parametrize(("late", "state"), [(timedelta(), "fulfilled"), (timedelta(seconds=1), "late")])
def test_publishing_the_build_that_contains_the_fix_does_it(cast: Cast, late: timedelta, state: str) -> None:
    error = planned(cast)
    publish(cast, error, LAST_SECOND + late)
    publish(cast, error, LAST_SECOND + DAY)
    [owed] = promises(error)
    assert (owed.state, owed.ended_at) == (state, LAST_SECOND + late)
    assert verified(owed, owed.ended_at)["state"] == state
    no_differences()


def test_a_build_without_the_fix_does_not_do_it(cast: Cast) -> None:
    error, other = planned(cast), planned(cast, code="KE-10")
    publish(cast, other, WEDNESDAY)
    assert [promises(each)[0].state for each in (error, other)] == ["open", "fulfilled"]


def test_an_available_build_named_later_does_it_then(cast: Cast) -> None:
    error = planned(cast)
    Build.objects.filter(pk=cast.build.pk).update(released_on=WEDNESDAY.date())
    change(cast, error, Fix(fixed_in_id=cast.build.pk), now=WEDNESDAY + DAY)
    [owed] = promises(error)
    assert (owed.state, owed.ended_at, owed.stream.events.get(seq=2).payload) == (
        "fulfilled", WEDNESDAY + DAY, {"how": "available"},
    )  # fmt: skip


@pytest.mark.parametrize("way", ["change", "move"])
def test_it_moves_only_with_a_reason_and_both_dates_stay(cast: Cast, way: str) -> None:
    error = planned(cast)
    later = date(2027, 2, 1)

    def move(reason: str) -> None:
        if way == "change":
            change(cast, error, Fix(planned_for_id=cast.build.pk, planned_on=later), reason=reason)
        else:
            common: dict[str, Any] = {"actor": cast.manager, "now": WEDNESDAY, "known_error_id": error.pk}
            move_planned_fix(**common, planned_on=later, reason=reason)

    with pytest.raises(ValidationError) as refusal:
        move(" ")
    assert set(refusal.value.message_dict) == {"reason"}
    for _ in range(2):
        move("Испытания затянулись")
    [owed] = promises(error)
    assert [each["due"] for each in verified(owed, WEDNESDAY)["deadlines"]] == [
        "2026-12-20T20:59:59Z", "2027-02-01T20:59:59Z",
    ]  # fmt: skip
    assert [note.text for note in Note.objects.filter(obligation=owed)] == ["Испытания затянулись"]
    assert (course(owed), FixChange.objects.count()) == (["opened", "due_moved"], 1)


def test_another_target_for_the_same_date_is_the_same_promise(cast: Cast) -> None:
    error = planned(cast)
    other = Build.objects.create(version=cast.build.version, major=13, minor=0)
    change(cast, error, Fix(planned_for_id=other.pk, planned_on=PLANNED))
    assert (course(promises(error)[0]), FixChange.objects.count()) == (["opened"], 1)


def test_what_was_missed_before_a_move_stays_missed(cast: Cast) -> None:
    error = planned(cast)
    now = LAST_SECOND + DAY
    for pk in due_obligations(now=now):
        miss(obligation_id=pk, now=now)
    change(cast, error, Fix(planned_for_id=cast.build.pk, planned_on=date(2027, 2, 1)), now=now)
    publish(cast, error, now + DAY)
    [owed] = promises(error)
    assert (owed.state, owed.missed_at) == ("late", LAST_SECOND)
    assert [each["reading"] for each in verified(owed, now + DAY)["deadlines"]] == ["broken", "kept"]


def test_no_date_that_has_passed_is_promised(cast: Cast) -> None:
    yesterday = WEDNESDAY.date() - DAY
    with pytest.raises(ValidationError) as refusal:
        planned(cast, Fix(planned_for_id=cast.build.pk, planned_on=yesterday))
    assert set(refusal.value.message_dict) == {"planned_on"}
    error = planned(cast)
    with pytest.raises(ValidationError) as refusal:
        change(cast, error, Fix(planned_for_id=cast.build.pk, planned_on=yesterday))
    assert set(refusal.value.message_dict) == {"planned_on"}
    change(cast, error, Fix(planned_for_id=cast.build.pk, planned_on=PLANNED), now=LAST_SECOND + DAY, reason="")
    assert promises(error)[0].state == "open"  # nothing moved, and the timer has not come yet


def test_planned_again_after_a_fix_it_is_another_promise(cast: Cast) -> None:
    error = planned(cast)
    publish(cast, error, WEDNESDAY)
    for reason in ("Исправление не помогло", "Ещё раз"):
        change(cast, error, Fix(planned_for_id=cast.build.pk, planned_on=date(2027, 3, 1)), reason=reason)
    assert [(each.key.rpartition(":")[2], each.state) for each in promises(error)] == [
        (str(error.pk), "fulfilled"), ("2", "open"),
    ]  # fmt: skip
    assert verified(promises(error)[1], WEDNESDAY)["state"] == "open"


def test_a_withdrawn_error_promises_nothing_and_says_why(cast: Cast) -> None:
    error = planned(cast)
    common: dict[str, Any] = {"actor": cast.manager, "now": WEDNESDAY + DAY, "known_error_id": error.pk}
    with pytest.raises(ValidationError) as refusal:
        withdraw_known_error(**common, reason="")
    assert set(refusal.value.message_dict) == {"reason"}
    for _ in range(2):
        error = withdraw_known_error(**common, reason="Виновата настройка")
    [owed] = promises(error)
    assert (owed.state, owed.reason, owed.notes.get().text) == ("withdrawn", "no_error", "Виновата настройка")
    assert (error.planned_on, error.withdrawn_by_id, FixChange.objects.get().state) == (
        None, cast.users["manager"].pk, "open",
    )  # fmt: skip
    with pytest.raises(ValidationError):
        change(cast, error, Fix(planned_for_id=cast.build.pk, planned_on=PLANNED))
    with pytest.raises(ValidationError):
        move_planned_fix(**common, planned_on=PLANNED, reason="Снова")
    no_differences()


def test_what_was_promised_is_not_deleted_and_a_published_fix_not_withdrawn(cast: Cast) -> None:
    error = planned(cast)
    with pytest.raises(InUse):
        delete_known_error(actor=cast.manager, known_error_id=error.pk)
    publish(cast, error, WEDNESDAY)
    with pytest.raises(ValidationError):
        withdraw_known_error(actor=cast.manager, now=WEDNESDAY, known_error_id=error.pk, reason="Ошибки нет")


def test_only_those_who_keep_the_catalogue_move_or_withdraw_it(cast: Cast) -> None:
    error = planned(cast)
    for who in ("agent", "director", "auditor", "responsible", "contractor"):
        common: dict[str, Any] = {"actor": cast.actors[who], "now": WEDNESDAY, "known_error_id": error.pk}
        with pytest.raises(Refused):
            move_planned_fix(**common, planned_on=PLANNED + DAY, reason="Так вышло")
        with pytest.raises(Refused):
            withdraw_known_error(**common, reason="Так вышло")
    assert course(promises(error)[0]) == ["opened"]
