from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from mespace.web.durations import duration_iso, duration_words
from mespace.web.instants import instant_words
from mespace.web.split_bar import split_parts

AT = datetime(2024, 12, 27, 13, 30, tzinfo=UTC)


def drawn(source: str, **context: object) -> str:
    return Template("{% load kit %}" + source).render(Context(context)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("seconds", "words", "iso"),
    [
        (19_200, "5 ч 20 мин", "PT5H20M"),
        (19_259, "5 ч 20 мин", "PT5H20M59S"),
        (3600, "1 ч", "PT1H"),
        (60, "1 мин", "PT1M"),
        (59, "меньше минуты", "PT59S"),
        (0, "0 мин", "PT0S"),
        (-3900, "−1 ч 5 мин", "PT1H5M"),
        (360_000, "100 ч", "PT100H"),
    ],
)
def test_durations(seconds: int, words: str, iso: str) -> None:
    assert duration_words(seconds).replace("\u00a0", " ") == words
    assert duration_iso(seconds) == iso


def test_an_exact_duration_names_its_seconds() -> None:
    assert duration_words(19_207, exact=True).replace("\u00a0", " ") == "5 ч 20 мин 7 с"
    assert duration_words(0, exact=True).replace("\u00a0", " ") == "0 с"


@pytest.mark.parametrize(
    ("zone", "first", "second"),
    [
        ("Europe/Moscow", "27.12.2024 16:30 МСК", ""),
        ("Europe/Minsk", "27.12.2024 16:30 МСК", ""),
        ("Asia/Yekaterinburg", "27.12.2024 18:30 МСК+2", "16:30 МСК"),
        ("Europe/Kaliningrad", "27.12.2024 15:30 МСК−1", "16:30 МСК"),
        ("Asia/Kolkata", "27.12.2024 19:00 МСК+2:30", "16:30 МСК"),
        ("Asia/Kamchatka", "28.12.2024 01:30 МСК+9", "27.12.2024 16:30 МСК"),
    ],
)
def test_instants_in_the_readers_zone_and_moscows(zone: str, first: str, second: str) -> None:
    with timezone.override(ZoneInfo(zone)):
        here, moscow = instant_words(AT)
    assert (here.replace("\u00a0", " "), moscow.replace("\u00a0", " ")) == (first, second)


def test_english_dates() -> None:
    with translation.override("en"):
        assert (
            drawn("{% day on %}", on=date(2024, 12, 28))
            == '<time class="instant" datetime="2024-12-28">28 Dec 2024</time>'
        )


def test_a_deadline_is_overdue_by_itself_and_says_so_in_words() -> None:
    late = drawn("{% clock due left %}", due=AT, left=-3900)
    assert 'data-clock="overdue"' in late
    assert "просрочено на 1 ч 5 мин" in late
    assert 'datetime="2024-12-27T16:30:00+03:00"' in late
    assert 'data-clock="soon"' in drawn("{% clock due left %}", due=AT, left=3599)
    assert 'data-clock="running"' in drawn("{% clock due left %}", due=AT, left=3600)
    assert 'data-clock="running"' not in drawn("{% clock due left %}", due=AT, left=-1)


def test_what_people_type_is_escaped() -> None:
    assert "<script>" not in drawn(
        "{% person name 'staff' name %}{% key_link name name %}{% icon 'lock' name %}", name='<script>"'
    )


def test_the_shares_of_the_bar_fill_it() -> None:
    parts = split_parts([("vendor", 1), ("customer", 999_999), ("third_party", 0), ("outside", 2_000_000)])
    assert [part.party for part in parts] == ["vendor", "customer", "outside"]
    assert sum(part.width for part in parts) == 1000
    assert parts[0].width >= 4
    assert parts[1].x == parts[0].width
    assert split_parts([("vendor", 0)]) == []
