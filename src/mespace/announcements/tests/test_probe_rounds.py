"""Deliveries of probers: forged, replayed, out of order, huge, by a wrong clock."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mespace.announcements.models import DayFigure, Probe, ProbeRound
from mespace.announcements.operations.take_delivery import NotOurs, OutOfOrder, take_delivery
from mespace.announcements.probe_rounds import BadDelivery
from mespace.announcements.queries.status import service_status
from mespace.announcements.tests.making import MINUTE, announced, component
from mespace.announcements.tests.prober import Prober
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def prober(tmp_path: Path) -> Prober:
    component()
    made = Prober(tmp_path)
    Probe.objects.create(code="kazan", public_key=made.record.public_key)
    return made


def send(prober: Prober, *, now: datetime = WEDNESDAY, sent_at: datetime | None = None, **changes: Any) -> int:
    body, signature = prober.delivery(sent_at or now, **changes)
    return take_delivery(value=json.loads(body), body=body, signature=signature, now=now)


def day() -> DayFigure:
    return DayFigure.objects.get(component__code="tracker", day=WEDNESDAY.date())


def test_rounds_are_kept_and_counted(prober: Prober) -> None:
    prober.look(WEDNESDAY - 3 * MINUTE, True)
    prober.look(WEDNESDAY - 2 * MINUTE, False)
    prober.look(WEDNESDAY - MINUTE, True)
    assert send(prober) == 3
    assert (day().up, day().down, day().planned) == (120, 60, 0)
    assert service_status(now=WEDNESDAY).components[0].state == "up"
    prober.look(WEDNESDAY, False)
    assert send(prober) == 4
    assert service_status(now=WEDNESDAY + MINUTE).components[0].state == "down"
    assert service_status(now=WEDNESDAY + 3 * MINUTE).components[0].state == "unknown"


def test_sent_twice_it_counts_once(prober: Prober) -> None:
    prober.look(WEDNESDAY - MINUTE, True)
    for _ in range(2):
        assert send(prober, after=0) == 1
    assert ProbeRound.objects.count() == 1
    assert day().up == 60


def test_a_replay_at_a_later_time_moves_nothing(prober: Prober) -> None:
    prober.look(WEDNESDAY - MINUTE, True)
    body, signature = prober.delivery(WEDNESDAY)
    take_delivery(value=json.loads(body), body=body, signature=signature, now=WEDNESDAY)
    later = WEDNESDAY + timedelta(days=3)
    assert take_delivery(value=json.loads(body), body=body, signature=signature, now=later) == 1
    probe = Probe.objects.get()
    assert (probe.skew_seconds, probe.last_received_at) == (0, WEDNESDAY)


def test_a_foreign_key_is_refused_as_an_unknown_prober_is(prober: Prober, tmp_path: Path) -> None:
    stranger = Prober(tmp_path / "stranger")
    stranger.look(WEDNESDAY - MINUTE, True)
    with pytest.raises(NotOurs):
        send(stranger)
    unknown = Prober(tmp_path / "unknown", name="unknown")
    unknown.look(WEDNESDAY - MINUTE, True)
    with pytest.raises(NotOurs):
        send(unknown)
    Probe.objects.update(is_active=False)
    prober.look(WEDNESDAY - MINUTE, True)
    with pytest.raises(NotOurs):
        send(prober)
    assert not ProbeRound.objects.exists()


def test_what_was_changed_on_the_way_is_refused(prober: Prober) -> None:
    prober.look(WEDNESDAY - MINUTE, False)
    body, signature = prober.delivery(WEDNESDAY)
    changed = body.replace(b'"ok":false', b'"ok":true')
    with pytest.raises(NotOurs):
        take_delivery(value=json.loads(changed), body=changed, signature=signature, now=WEDNESDAY)
    with pytest.raises(BadDelivery, match="does not give its hash"):  # by the prober's own hand, afterwards
        send(prober, change=lambda rounds: rounds[0]["results"]["tracker"].update(ok=True))
    with pytest.raises(NotOurs):  # a hash made to fit, without a signature of its own
        send(prober, change=prober.rehashed)
    assert not ProbeRound.objects.exists()


def test_rounds_that_do_not_follow_are_refused_and_told_what_comes_next(prober: Prober) -> None:
    for minutes in (3, 2, 1):
        prober.look(WEDNESDAY - minutes * MINUTE, True)
    with pytest.raises(OutOfOrder) as refusal:
        send(prober, after=1)
    assert refusal.value.expected == 1
    send(prober)
    with pytest.raises(OutOfOrder):  # the folder was lost and begun anew under the same key
        send(prober.begun_anew(WEDNESDAY - MINUTE))
    assert ProbeRound.objects.count() == 3


def test_a_wrong_clock_is_shifted_and_told(prober: Prober) -> None:
    behind = timedelta(minutes=7)
    for minutes in (2, 1):
        prober.look(WEDNESDAY - behind - minutes * MINUTE, True)
    send(prober, sent_at=WEDNESDAY - behind)
    assert list(ProbeRound.objects.order_by("seq").values_list("counts_at", flat=True)) == [
        WEDNESDAY - 2 * MINUTE,
        WEDNESDAY - MINUTE,
    ]
    assert ProbeRound.objects.earliest("seq").at == WEDNESDAY - behind - 2 * MINUTE  # as it was signed
    status = service_status(now=WEDNESDAY)
    assert status.skews == [("kazan", 420)]
    assert status.components[0].state == "up"


def test_a_clock_ahead_dates_nothing_into_the_future(prober: Prober) -> None:
    ahead = timedelta(hours=2)
    prober.look(WEDNESDAY + ahead, True)
    send(prober, sent_at=WEDNESDAY + ahead)
    assert ProbeRound.objects.get().counts_at == WEDNESDAY


def test_a_gap_in_the_record_is_unknown(prober: Prober) -> None:
    for minutes in (600, 599, 2, 1):
        prober.look(WEDNESDAY - minutes * MINUTE, True)
    send(prober)
    bar = service_status(now=WEDNESDAY).components[0].bars[-1]
    assert bar.up < 5 * 60
    assert bar.up + bar.unknown == bar.whole == 9 * 3600
    assert service_status(now=WEDNESDAY).components[0].hundredths == 10_000  # of what is known


def test_what_was_seen_down_in_announced_work_is_told_apart(cast: Cast, prober: Prober) -> None:
    announced(cast, now=WEDNESDAY - timedelta(hours=2), starts_at=WEDNESDAY - 10 * MINUTE, restore_at=WEDNESDAY)
    for minutes in (12, 11, 10, 9):
        prober.look(WEDNESDAY - minutes * MINUTE, False)
    send(prober)
    assert (day().down, day().planned) == (240, 120)


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"probe": "kazan", "now": "2026-11-18T06:00:00Z"},
        {"probe": "Казань", "now": "2026-11-18T06:00:00Z", "rounds": []},
        {"probe": "kazan", "now": "2026-13-18T06:00:00Z", "rounds": []},
        {"probe": "kazan", "now": "gestern", "rounds": []},
        {"probe": "kazan", "now": "2026-11-18T06:00:00Z", "rounds": {}},
        {"probe": "kazan", "now": "2026-11-18T06:00:00Z", "rounds": [{}] * 501},
        {"probe": "kazan", "now": "2026-11-18T06:00:00Z", "rounds": [[]]},
    ],
)
def test_what_is_no_delivery_is_told_where_it_is_wrong(value: object) -> None:
    with pytest.raises(BadDelivery):
        take_delivery(value=value, body=b"", signature="", now=WEDNESDAY)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("seq", 0), ("seq", True), ("seq", "1"), ("seq", 2**60), ("every", 0), ("every", 10**6), ("at", "x" * 10_000),
        ("hash", "0" * 63), ("prev", None), ("sig", "z" * 128), ("results", []),
        ("results", {"tracker": {"ok": 1, "status": 200, "ms": 1, "why": ""}}),
        ("results", {"tracker": {"ok": True, "status": 200, "ms": -1, "why": ""}}),
        ("results", {"tracker": {"ok": True, "status": 200, "ms": 1.5, "why": ""}}),
        ("results", {"tracker": {"ok": True, "status": 200, "ms": 1, "why": "<script>"}}),
        ("results", {f"c{n}": {"ok": True, "status": 200, "ms": 1, "why": ""} for n in range(51)}),
    ],
)  # fmt: skip
def test_no_field_is_believed(prober: Prober, name: str, wrong: object) -> None:
    prober.look(WEDNESDAY - MINUTE, True)
    with pytest.raises(BadDelivery):
        send(prober, change=lambda rounds: rounds[0].update({name: wrong}))


def test_time_does_not_run_backwards(prober: Prober) -> None:
    prober.look(WEDNESDAY - MINUTE, True)
    send(prober)
    prober.record.last_at = 0  # somebody meddled with the program
    prober.look(WEDNESDAY - 5 * MINUTE, True)
    with pytest.raises(BadDelivery, match="earlier"):
        send(prober)
    prober.record.last_at = 0
