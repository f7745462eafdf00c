"""The calendar's text by RFC 5545."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from mespace.announcements.icalendar import CalendarEntry, calendar, escaped, folded

NOW = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)


def entry(**changes: object) -> CalendarEntry:
    fields = {
        "uid": "maintenance-1@support.example.org",
        "sequence": 3,
        "start": NOW,
        "end": NOW + timedelta(hours=2),
        "summary": "Обновление базы данных трекера и базы знаний на всех площадках сразу",
        "description": "Первая строка,\nвторая; третья\\",
        "url": "https://support.example.org/announcements/maintenance/1/",
        "changed_at": NOW,
        "is_cancelled": False,
        "categories": ("Трекер", "Почта, письма"),
    }
    return CalendarEntry(**{**fields, **changes})  # type: ignore[arg-type]


def unfolded(made: bytes) -> list[str]:
    return made.decode().replace("\r\n ", "").split("\r\n")


def test_lines_are_short_whole_and_end_as_they_must() -> None:
    made = calendar([entry()], name="Работы", now=NOW)
    assert made.endswith(b"END:VCALENDAR\r\n")
    for line in made.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
    assert b"\n" not in made.replace(b"\r\n", b"")


def test_it_says_when_in_utc_and_how_often_it_changed() -> None:
    lines = unfolded(calendar([entry()], name="x", now=NOW))
    for expected in (
        "UID:maintenance-1@support.example.org",
        "SEQUENCE:3",
        "DTSTART:20261118T060000Z",
        "DTEND:20261118T080000Z",
        "STATUS:CONFIRMED",
        "METHOD:PUBLISH",
        "DESCRIPTION:Первая строка\\,\\nвторая\\; третья\\\\",
        "CATEGORIES:Трекер,Почта\\, письма",
    ):
        assert expected in lines
    assert "STATUS:CANCELLED" in unfolded(calendar([entry(is_cancelled=True)], name="x", now=NOW))


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1c", "\x00"])
def test_no_text_can_begin_another_property(end: str) -> None:
    evil = f"x{end}END:VEVENT{end}BEGIN:VEVENT{end}ATTENDEE:mailto:evil@example.org"
    made = calendar([entry(summary=evil, description=evil, uid=evil, url=evil, categories=(evil,))], name=evil, now=NOW)
    text = made.decode().replace("\r\n ", "")
    lines = text.split("\r\n")
    assert all(re.match(r"[A-Z-]+(;[A-Z=]+)?[:]", line) for line in lines if line)
    assert not [line for line in lines if line.startswith("ATTENDEE")]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert len(text.splitlines()) == len(lines) - 1


def test_folding_gives_the_line_back() -> None:
    line = "SUMMARY:" + "Ёжик 🦔 " * 40
    assert folded(line).decode().replace("\r\n ", "") == line + "\r\n"
    assert escaped("a\ud800b") == "ab"
