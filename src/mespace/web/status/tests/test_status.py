"""The public status page: what it shows, what it says when the database is away, and what probers may deliver."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mespace.announcements.models import Probe, ProbeRound
from mespace.announcements.operations.prolong_maintenance import prolong_maintenance
from mespace.announcements.operations.restore_maintenance import restore_maintenance
from mespace.announcements.queries.status import Bar
from mespace.announcements.tests.making import HOUR, MINUTE, START, announced, component, reported
from mespace.announcements.tests.making import RESTORE as END
from mespace.announcements.tests.prober import Prober
from mespace.platform.clock import stepped
from mespace.web.status import page as page_module
from mespace.web.status.bars import HEIGHT, parts_of
from mespace.web.status.copies import read_copy
from mespace.web.status.page import forget
from mespace.web.status.words import percent_words
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(settings: Any, tmp_path: Path) -> Iterator[Any]:
    settings.DATA = tmp_path
    forget()
    with stepped(WEDNESDAY) as stepping:
        yield stepping
    forget()


def shown(name: str = "ru.html") -> str:
    forget()
    answer = Client().get(f"/status/{name}")
    assert answer.status_code == 200
    return answer.content.decode()


def delivered(prober: Prober, now: Any = WEDNESDAY, **headers: str) -> Any:
    body, signature = prober.delivery(now)
    return Client().post(
        reverse("status:rounds"), body, content_type="application/json", headers={"X-Signature": signature, **headers}
    )


@pytest.fixture
def prober(tmp_path: Path) -> Prober:
    component()
    made = Prober(tmp_path / "prober")
    Probe.objects.create(code="kazan", public_key=made.record.public_key)
    return made


def test_without_looks_nothing_is_claimed(cast: Cast) -> None:
    component()
    assert "сейчас не измеряется" in shown()
    assert "В эти дни ничего не измерялось." in shown()
    assert "%" not in shown().partition("<main>")[2].replace("100%", "")


def test_it_needs_no_sign_in_and_sets_no_cookie() -> None:
    answer = Client().get("/status/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "script" not in answer.content.decode()
    assert "style=" not in answer.content.decode()
    english = Client().get("/status/", headers={"Accept-Language": "en-GB,ru;q=0.5"}).content.decode()
    assert '<html lang="en">' in english
    assert Client().post("/status/").status_code == 405


def test_measured_and_announced_stand_side_by_side(cast: Cast, prober: Prober, clock: Any) -> None:
    for minutes in range(10, 0, -1):
        prober.look(WEDNESDAY - minutes * MINUTE, minutes != 5)
    assert delivered(prober).json() == {"accepted": 10}
    text = shown()
    assert "Всё работает" in text
    assert "90&nbsp;%" in text or "90\xa0%" in text
    assert "Не отвечал всего 1 минуту" in text
    reported(cast)
    assert "Сейчас сбой" in shown()
    assert "There is an outage" in shown("en.html")
    said = json.loads(shown("status.json"))
    assert (said["state"], said["components"][0]["seconds"]["down"]) == ("outage", 60)
    assert said["components"][0]["seconds"]["unknown"] > 89 * 86400


def test_promised_and_actual_stay_readable(cast: Cast, clock: Any) -> None:
    window = announced(cast)
    clock.set(END + MINUTE)
    prolong_maintenance(
        actor=cast.manager, now=END + MINUTE, window_id=window.pk, restore_at=END + HOUR, reason="Диск медленный."
    )
    assert "Диск медленный." in shown()
    restore_maintenance(actor=cast.manager, now=END + HOUR, window_id=window.pk)
    clock.set(END + 2 * HOUR)
    assert "вначале обещано к" in shown()


def test_it_asks_the_same_whatever_it_shows(cast: Cast, prober: Prober) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            shown()
        return len(seen)

    announced(cast)
    reported(cast)
    before = statements()
    for number in range(3):
        announced(cast, component_ids=[component(f"part-{number}").pk])
        reported(cast)
    prober.look(WEDNESDAY - MINUTE, True)
    delivered(prober)
    assert statements() == before <= 12


def test_many_visitors_are_one_drawing() -> None:
    with CaptureQueriesContext(connection) as seen:
        for _ in range(5):
            Client().get("/status/")
    first = len(seen)
    forget()
    with CaptureQueriesContext(connection) as seen:
        Client().get("/status/")
    assert len(seen) == first


def test_while_the_database_is_away_the_copy_says_its_age(cast: Cast, clock: Any, monkeypatch: Any) -> None:
    component()
    shown()
    assert read_copy("index.html") is not None
    forget()  # another process, which has drawn nothing yet

    def away(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(page_module, "draw_status", away)
    clock.step(timedelta(minutes=12))
    text = Client().get("/status/ru.html").content.decode()
    assert "База данных сейчас не отвечает. Это копия, сделанная 12 минут назад." in text
    assert "Часть tracker" in text
    assert "a copy, 12 minutes old" in Client().get("/status/en.html").content.decode()
    assert Client().get("/status/status.css").status_code == 200


def test_without_database_and_copy_it_says_so(monkeypatch: Any) -> None:
    def away(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(page_module, "draw_status", away)
    answer = Client().get("/status/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_bars_are_as_high_as_the_day_and_small_parts_are_seen() -> None:
    day = WEDNESDAY.date()
    assert parts_of(Bar(day, 0, 0, 0, 86400)) == [("unknown", HEIGHT)]
    assert parts_of(Bar(day, 86340, 60, 0, 86400)) == [("up", HEIGHT - 6), ("down", 6)]
    for bar in (Bar(day, 1, 2, 1, 86400), Bar(day, 100, 50, 25, 200), Bar(day, 0, 0, 0, 0)):
        assert sum(height for _, height in parts_of(bar)) == HEIGHT


def test_a_percent_is_never_rounded_up() -> None:
    from mespace.announcements.models import ServiceComponent
    from mespace.announcements.queries.status import ComponentStatus

    bars = [Bar(WEDNESDAY.date(), 86_400_000, 1, 0, 86_400_001)]
    assert ComponentStatus(ServiceComponent(), "up", bars).hundredths == 9999
    assert (percent_words(9999), percent_words(10_000), percent_words(None)) == ("99,99\xa0%", "100\xa0%", "—")


def test_deliveries_are_answered_by_what_is_wrong_with_them(prober: Prober, tmp_path: Path) -> None:
    post = Client().post
    address = reverse("status:rounds")
    assert post(address, b"{", content_type="application/json").status_code == 422
    assert post(address, b"[" * 100_000, content_type="application/json").status_code == 422
    assert post(address, b'{"probe": NaN}', content_type="application/json").status_code == 422
    assert post(address, b"1" * 5000, content_type="application/json").status_code == 422
    assert post(address, b" " * (1024 * 1024 + 1), content_type="application/json").status_code == 413
    stranger = Prober(tmp_path / "stranger")
    stranger.look(WEDNESDAY - MINUTE, True)
    assert delivered(stranger).status_code == 403
    prober.look(WEDNESDAY - MINUTE, True)
    assert delivered(prober).json() == {"accepted": 1}
    prober.look(WEDNESDAY, True)
    assert delivered(prober).json() == {"accepted": 2}
    again = prober.begun_anew(WEDNESDAY)
    answer = delivered(again)
    assert (answer.status_code, answer.json()["expected"]) == (409, 3)
    assert ProbeRound.objects.count() == 2


def test_a_full_batch_is_taken_in_a_moment(prober: Prober) -> None:
    for minutes in range(500, 0, -1):
        prober.look(WEDNESDAY - minutes * MINUTE, True)
    with CaptureQueriesContext(connection) as seen:
        assert delivered(prober).json() == {"accepted": 500}
    assert len(seen) < 30
    assert START > WEDNESDAY
