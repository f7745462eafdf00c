"""Planned work from its announcement to its end (clause 4.3)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from mespace.accounts.actor import Refused
from mespace.announcements.errors import NoticeNotFound, NotNow
from mespace.announcements.lifecycle import Kind, State
from mespace.announcements.models import Entry, MaintenanceWindow
from mespace.announcements.obligation_kinds import NOTICE, RESTORE
from mespace.announcements.operations.cancel_maintenance import cancel_maintenance
from mespace.announcements.operations.move_maintenance import move_maintenance
from mespace.announcements.operations.prolong_maintenance import prolong_maintenance
from mespace.announcements.operations.restore_maintenance import restore_maintenance
from mespace.announcements.operations.revise_maintenance import revise_maintenance
from mespace.announcements.operations.settle_maintenance import GRACE, due_windows, settle_window
from mespace.announcements.tests.making import (
    HOUR,
    MINUTE,
    START,
    announced,
    component,
    course,
    no_differences,
    owed,
    plan,
)
from mespace.announcements.tests.making import (
    RESTORE as END,
)
from mespace.obligations.operations.miss import miss
from mespace.obligations.queries.evidence import bundle_of
from tests.cast import WEDNESDAY, Cast
from tests.properties.judging import verifier

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def settled(window: MaintenanceWindow, now: Any) -> MaintenanceWindow:
    settle_window(window_id=window.pk, now=now)
    window.refresh_from_db()
    return window


def verdict_of(kind: str, window: MaintenanceWindow, as_of: Any, which: str = "") -> dict[str, Any]:
    """The obligation's verdict, after the independent verifier agreed with it."""
    made = bundle_of(owed(kind, window, which), as_of=as_of)
    verifier().verify(json.dumps(made, ensure_ascii=False).encode())
    found: dict[str, Any] = made["verdict"]
    return found


def test_announced_it_is_told_and_owed(cast: Cast, queued: list[dict[str, Any]]) -> None:
    window = announced(cast)
    assert (window.state, window.is_current, window.wake_at) == (State.ANNOUNCED, False, START - timedelta(hours=24))
    assert window.lead_seconds == 26 * 3600  # Wednesday 09–17, Thursday 9 h, Friday 9 h
    (told,) = queued
    assert told["occasion"] == "announced:1"
    people = {cast.users[name].pk for name in ("engineer", "stranger", "responsible", "agent", "manager")}
    assert people <= set(told["recipients"])
    assert verdict_of(NOTICE, window, START)["state"] == "fulfilled"
    assert verdict_of(NOTICE, window, START)["due"] == "2026-11-20T19:00:00Z"
    assert verdict_of(RESTORE, window, START)["state"] == "open"
    no_differences()


def test_the_log_holds_no_words(cast: Cast) -> None:
    window = announced(cast)
    payload = json.dumps(window.stream.events.get().payload, ensure_ascii=False)
    assert "Обновление" not in payload
    assert "недоступен" not in payload
    assert Entry.objects.get(stream=window.stream).text == "Трекер будет **недоступен**."


def test_its_course_is_written_at_its_own_instants(cast: Cast, queued: list[dict[str, Any]]) -> None:
    window = announced(cast)
    window = settled(window, START + MINUTE)
    assert course(window) == [
        (Kind.ANNOUNCED, WEDNESDAY),
        (Kind.REMINDED, START - 24 * HOUR),
        (Kind.REMINDED, START - HOUR),
        (Kind.STARTED, START),
    ]
    assert (window.state, window.is_current, window.wake_at) == (State.RUNNING, True, END)
    restore_maintenance(actor=cast.manager, now=END - MINUTE, window_id=window.pk)
    window.refresh_from_db()
    assert (window.state, window.restored_at, window.is_current, window.wake_at) == (
        State.RESTORED, END - MINUTE, False, None,
    )  # fmt: skip
    assert verdict_of(RESTORE, window, END + HOUR)["state"] == "fulfilled"
    assert [each["occasion"].partition(":")[0] for each in queued] == ["announced", "restored"]
    no_differences()


def test_the_banner_begins_with_the_reminder_of_the_day_before(cast: Cast, queued: list[dict[str, Any]]) -> None:
    window = announced(cast)
    assert not settled(window, START - 24 * HOUR - SECOND).is_current
    assert settled(window, START - 24 * HOUR).is_current
    assert queued[-1]["occasion"] == "reminded:2"


def test_announced_at_short_notice_it_is_current_at_once_and_reminds_once(cast: Cast) -> None:
    window = announced(cast, now=START - 2 * HOUR)
    assert (window.lead_seconds, window.is_current, window.wake_at) == (0, True, START - HOUR)
    assert [kind for kind, _ in course(settled(window, START))] == ["announced", "reminded", "started"]
    assert verdict_of(NOTICE, window, START)["state"] == "fulfilled"  # short is no breach


def test_restored_at_the_promised_instant_it_is_in_time(cast: Cast) -> None:
    window = settled(announced(cast), START)
    restore_maintenance(actor=cast.manager, now=END, window_id=window.pk)
    assert Kind.OVERRUN not in dict(course(window))
    assert verdict_of(RESTORE, window, END)["state"] == "fulfilled"


def test_an_overrun_is_written_at_the_promised_instant_by_whoever_comes_first(cast: Cast) -> None:
    window = announced(cast)
    restore_maintenance(actor=cast.manager, now=END + 10 * MINUTE, window_id=window.pk)
    assert course(window)[-2:] == [(Kind.OVERRUN, END), (Kind.RESTORED, END + 10 * MINUTE)]
    verdict = verdict_of(RESTORE, window, END + HOUR)
    assert (verdict["state"], verdict["missed_at"]) == ("late", "2026-11-20T21:00:00Z")
    no_differences()


def test_an_overrun_is_told_and_announced_anew(cast: Cast, queued: list[dict[str, Any]]) -> None:
    window = settled(announced(cast), END + MINUTE)
    assert (window.is_overrun, window.overrun_at, window.wake_at) == (True, END, None)
    assert queued[-1]["occasion"].startswith("overrun:")
    window = prolong_maintenance(
        actor=cast.manager, now=END + 2 * MINUTE, window_id=window.pk, restore_at=END + HOUR, reason="Диск медленный."
    )
    assert (window.is_overrun, window.restore_at, window.wake_at) == (False, END + HOUR, END + HOUR)
    assert queued[-1]["occasion"].startswith("prolonged:")
    window = settled(window, END + HOUR + MINUTE)
    assert window.overrun_at == END + HOUR
    restore_maintenance(actor=cast.manager, now=END + 2 * HOUR, window_id=window.pk)
    verdict = verdict_of(RESTORE, window, END + 3 * HOUR)
    assert verdict["state"] == "late"
    assert [each["reading"] for each in verdict["deadlines"]] == ["broken", "broken"]
    assert [kind for kind, _ in course(window)].count(Kind.OVERRUN) == 2
    no_differences()


def test_promised_anew_in_time_the_new_promise_is_kept_and_the_first_is_shown(cast: Cast) -> None:
    window = settled(announced(cast), START)
    prolong_maintenance(
        actor=cast.manager, now=START + HOUR, window_id=window.pk, restore_at=END + HOUR, reason="Ещё час."
    )
    restore_maintenance(actor=cast.manager, now=END + HOUR, window_id=window.pk)
    verdict = verdict_of(RESTORE, window, END + 2 * HOUR)
    assert verdict["state"] == "fulfilled"
    window.refresh_from_db()
    assert (window.first_restore_at, window.restore_at) == (END, END + HOUR)


def test_a_restoration_is_noted_afterwards_at_its_true_instant(cast: Cast) -> None:
    """The tracker was away itself: nothing could be written until it was back."""
    window = announced(cast)
    restore_maintenance(actor=cast.manager, now=END + 5 * MINUTE, window_id=window.pk, at=END - MINUTE)
    window.refresh_from_db()
    assert window.restored_at == END - MINUTE
    assert Kind.OVERRUN not in dict(course(window))
    assert verdict_of(RESTORE, window, END + HOUR)["state"] == "fulfilled"
    no_differences()


def test_it_is_moved_before_its_start_and_noticed_anew(cast: Cast, queued: list[dict[str, Any]]) -> None:
    window = settled(announced(cast), START - 2 * HOUR)
    assert window.is_current
    later = START + timedelta(days=3)
    window = move_maintenance(
        actor=cast.manager, now=START - HOUR, window_id=window.pk,
        starts_at=later, restore_at=later + HOUR, reason="Просили заводы.",
    )  # fmt: skip
    assert (window.starts_at, window.restore_at, window.is_current) == (later, later + HOUR, False)
    assert queued[-1]["occasion"].startswith("moved:")
    seq = window.stream.events.get(kind=Kind.MOVED).seq
    assert verdict_of(NOTICE, window, later, str(seq))["state"] == "fulfilled"
    assert verdict_of(RESTORE, window, later)["due"] == (later + HOUR).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert window.sequence == 1
    no_differences()


def test_it_is_cancelled_and_owed_no_more(cast: Cast, queued: list[dict[str, Any]]) -> None:
    window = announced(cast)
    for _ in range(2):
        cancel_maintenance(actor=cast.manager, now=START - HOUR, window_id=window.pk, reason="Не нужно.")
    window.refresh_from_db()
    assert (window.state, window.wake_at, window.is_current) == (State.CANCELLED, None, False)
    assert [kind for kind, _ in course(window)].count(Kind.CANCELLED) == 1
    assert verdict_of(RESTORE, window, END)["state"] == "withdrawn"
    assert list(due_windows(now=END + HOUR)) == []
    no_differences()


def test_its_words_are_changed_and_the_former_stay(cast: Cast, queued: list[dict[str, Any]]) -> None:
    window = announced(cast)
    same = {"title": window.title, "text": window.text, "component_ids": [component().pk]}
    revise_maintenance(actor=cast.manager, now=WEDNESDAY, window_id=window.pk, **same)
    assert len(queued) == 1
    changed = same | {"text": "Почта тоже.", "component_ids": [component().pk, component("mail").pk]}
    window = revise_maintenance(actor=cast.manager, now=WEDNESDAY + HOUR, window_id=window.pk, **changed)
    assert list(Entry.objects.filter(stream=window.stream).order_by("seq").values_list("text", flat=True)) == [
        "Трекер будет **недоступен**.", "Почта тоже.",
    ]  # fmt: skip
    assert window.components.count() == 2
    no_differences()


@pytest.mark.parametrize(
    "who", ["engineer", "responsible", "agent", "contractor", "director", "auditor", "administrator"]
)
def test_only_managers_announce(cast: Cast, who: str) -> None:
    from mespace.announcements.operations.announce_maintenance import announce_maintenance

    with pytest.raises(Refused):
        announce_maintenance(actor=cast.actors[who], now=WEDNESDAY, plan=plan())
    window = announced(cast)
    for act in (
        lambda: cancel_maintenance(actor=cast.actors[who], now=WEDNESDAY, window_id=window.pk, reason="x"),
        lambda: restore_maintenance(actor=cast.actors[who], now=WEDNESDAY, window_id=window.pk),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_at": WEDNESDAY}, "starts_at"),
        ({"starts_at": START + timedelta(days=400), "restore_at": START + timedelta(days=401)}, "starts_at"),
        ({"restore_at": START}, "restore_at"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"text": "x" * 20_001}, "text"),
        ({"component_ids": []}, "components"),
        ({"component_ids": [999_999]}, "components"),
    ],
)
def test_what_is_wrong_is_named_by_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        announced(cast, **changes)
    assert list(refusal.value.message_dict) == [field]
    assert not MaintenanceWindow.objects.exists()


def test_moves_that_the_state_does_not_allow_are_refused(cast: Cast) -> None:
    window = announced(cast)
    common: dict[str, Any] = {"actor": cast.manager, "window_id": window.pk}
    with pytest.raises(NotNow) as refusal:
        restore_maintenance(now=START - HOUR, **common)
    assert refusal.value.allowed == ["cancelled", "moved", "revised"]
    with pytest.raises(NotNow):
        prolong_maintenance(now=START - HOUR, restore_at=END + HOUR, reason="x", **common)
    with pytest.raises(NotNow):
        cancel_maintenance(now=START, reason="x", **common)  # it has started at this very instant
    with pytest.raises(NotNow):
        move_maintenance(now=START + MINUTE, starts_at=START + HOUR, restore_at=END + HOUR, reason="x", **common)
    with pytest.raises(ValidationError):
        prolong_maintenance(now=START + HOUR, restore_at=START + HOUR, reason="x", **common)
    with pytest.raises(ValidationError):
        restore_maintenance(now=START + HOUR, at=START - MINUTE, **common)
    with pytest.raises(ValidationError):
        restore_maintenance(now=START + HOUR, at=START + 2 * HOUR, **common)
    with pytest.raises(NoticeNotFound):
        restore_maintenance(actor=cast.manager, now=START, window_id=999_999)
    for _ in range(2):
        restore_maintenance(now=END, **common)
    with pytest.raises(NotNow):
        revise_maintenance(now=END + MINUTE, title="x", text="", component_ids=[component().pk], **common)


def test_the_database_lets_nothing_else_through(cast: Cast) -> None:
    window = announced(cast)
    rows = MaintenanceWindow.objects.filter(pk=window.pk)
    for change in (
        {"state": State.RESTORED, "restored_at": END, "wake_at": None},
        {"announced_at": WEDNESDAY - HOUR},
        {"first_restore_at": END + HOUR},
        {"wake_at": None},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(stream=window.stream).update(text="anders")


def test_the_sweep_waits_a_moment_for_a_restoration_and_no_longer(cast: Cast) -> None:
    window = settled(announced(cast), START)
    assert list(due_windows(now=END + GRACE)) == []
    assert list(due_windows(now=END + GRACE + SECOND)) == [window.pk]
    settled(window, END + HOUR)
    miss(obligation_id=owed(RESTORE, window).pk, now=END + HOUR)
    assert verdict_of(RESTORE, window, END + HOUR)["state"] == "missed"


def test_a_column_that_was_changed_by_hand_is_found(cast: Cast) -> None:
    window = announced(cast)
    MaintenanceWindow.objects.filter(pk=window.pk).update(lead_seconds=1)
    from mespace.announcements.queries.verification import differences

    assert [item for item in differences() if "lead" in item]
