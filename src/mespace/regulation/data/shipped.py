"""Reading the shipped calendars and editions of the regulation."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.working_time import WorkingCalendar

SHIPPED = Path(__file__).parent

# The calendar and the edition that the calculator uses when none is named.
DEFAULT_CALENDAR = "ru-1"
DEFAULT_EDITION = "2019-09-01"


@dataclass(frozen=True, slots=True)
class ShippedEdition:
    """An edition of the regulation as shipped."""

    code: str
    title: str
    published_on: date
    in_force_from: date
    parameters: Parameters


def calendar_codes(folder: Path = SHIPPED) -> list[str]:
    """Return the codes of the shipped calendar editions, oldest first."""
    return sorted((path.stem for path in (folder / "calendars").glob("*.json")), key=_by_number)


def edition_codes(folder: Path = SHIPPED) -> list[str]:
    """Return the codes of the shipped editions of the regulation, oldest first."""
    return sorted(path.stem for path in (folder / "editions").glob("*.json"))


def calendar_content(code: str, folder: Path = SHIPPED) -> dict[str, Any]:
    """Return the content of a shipped calendar edition; KeyError for a code that is not shipped."""
    if code not in calendar_codes(folder):
        raise KeyError(code)
    content: dict[str, Any] = json.loads((folder / "calendars" / f"{code}.json").read_text(encoding="utf-8"))
    return content


def edition(code: str, folder: Path = SHIPPED) -> ShippedEdition:
    """Return a shipped edition of the regulation; KeyError for a code that is not shipped."""
    if code not in edition_codes(folder):
        raise KeyError(code)
    given = json.loads((folder / "editions" / f"{code}.json").read_text(encoding="utf-8"))
    return ShippedEdition(
        code=given["code"],
        title=given["title"],
        published_on=date.fromisoformat(given["published_on"]),
        in_force_from=date.fromisoformat(given["in_force_from"]),
        parameters=Parameters.from_json(given["parameters"]),
    )


@cache
def shipped_calendar(calendar: str = DEFAULT_CALENDAR, regulation: str = DEFAULT_EDITION) -> WorkingCalendar:
    """Return a shipped calendar compiled for a shipped edition; KeyError for a code that is not shipped."""
    return WorkingCalendar.compile(calendar_content(calendar), edition(regulation).parameters)


def _by_number(code: str) -> tuple[str, int]:
    """Order `ru-10` after `ru-9`."""
    name, _, number = code.rpartition("-")
    return (name, int(number)) if number.isdigit() else (code, 0)
