from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Role
from mespace.platform.idempotency import KeyReused
from mespace.regulation.calendar_proposal import proposal, proposed_days_off, year_without_transfers
from mespace.regulation.core.calendar_changes import DayChange
from mespace.regulation.core.calendar_content import parse_content
from mespace.regulation.models import CalendarEdition
from mespace.regulation.operations.adopt_calendar import CalendarRefusedError
from mespace.regulation.operations.correct_calendar import Correction, correct_calendar
from mespace.regulation.queries import calendar_at
from mespace.regulation.tests.transfers import BEFORE, before_transfers
from tests.cast import Cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 20, 59, tzinfo=UTC)
DECREE = "распоряжение, которое прочёл руководитель"
CORRECTION = Correction(
    base=BEFORE,
    year=2027,
    changes=(
        DayChange(date(2027, 2, 20), None, "worked_weekend", DECREE),
        DayChange(date(2027, 2, 22), None, "moved_day_off", ""),
    ),
    is_adopted=True,
    known_from=date(2026, 11, 20),
    reason="Переносы 2027 года опубликованы",
)


@pytest.fixture(autouse=True)
def _before(db: None) -> None:
    before_transfers()


def corrected(cast: Cast, key: str = "k", **changes: Any) -> CalendarEdition:
    return correct_calendar(actor=cast.manager, now=NOW, key=key, correction=replace(CORRECTION, **changes))


def test_a_year_is_adopted_with_who_when_why_and_sources(cast: Cast) -> None:
    edition = corrected(cast)
    assert (edition.code, edition.adopted_at, edition.reason) == ("ru-20261122", NOW, CORRECTION.reason)
    assert edition.adopted_by_id == cast.manager.user_id
    assert calendar_at(NOW) == edition
    year = parse_content(edition.content).years[2027]
    assert not year.is_provisional
    assert year.days[date(2027, 2, 20)].source == DECREE
    assert year.days[date(2027, 2, 22)].source == "source not verified"
    assert year.known_from == date(2026, 11, 20)


def test_the_same_form_twice_adopts_once(cast: Cast) -> None:
    assert corrected(cast) == corrected(cast)
    assert CalendarEdition.objects.count() == 3
    with pytest.raises(KeyReused):
        corrected(cast, reason="Другая")


def test_a_second_one_on_the_same_day_has_a_code_of_its_own(cast: Cast) -> None:
    corrected(cast)
    second = corrected(
        cast, key="k2", base="ru-20261122", changes=[DayChange(date(2027, 11, 5), None, "moved_day_off", "")]
    )
    assert second.code == "ru-20261122-2"
    assert date(2027, 2, 20) in parse_content(second.content).years[2027].days


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": " "},
        {"reason": "x" * 301},
        {"base": "ru-0"},
        {"year": 2050},
        {"changes": [], "is_adopted": False, "known_from": None},
        {"changes": [DayChange(date(2027, 2, 22), None, "worked_weekend", "")]},
        {"changes": [DayChange(date(2026, 2, 21), None, "worked_weekend", "")]},
        {"changes": [DayChange(date(2027, 2, 20), None, "moved_day_off", "")]},
        {"changes": [DayChange(date(2027, 2, 20), None, "moon", "")]},
    ],
)
def test_what_cannot_be_adopted(cast: Cast, changes: Any) -> None:
    with pytest.raises(CalendarRefusedError):
        corrected(cast, **changes)
    assert CalendarEdition.objects.count() == 2


@pytest.mark.parametrize("role", [Role.AGENT, Role.DIRECTOR, Role.AUDITOR, Role.ADMINISTRATOR, Role.RESPONSIBLE])
def test_managers_alone_correct_it(cast: Cast, role: Role) -> None:
    with pytest.raises(Refused):
        correct_calendar(actor=Actor.of(user_id=1, roles=[role]), now=NOW, key="k", correction=CORRECTION)


def test_the_library_proposes_and_its_proposal_can_be_adopted_whole(cast: Cast) -> None:
    changes = proposal(parse_content(calendar_at(NOW).content), 2027)
    assert changes
    assert {change.source for change in changes} <= {"source not verified", ""}
    edition = corrected(cast, changes=changes)
    assert proposal(parse_content(edition.content), 2027) == []
    assert date(2024, 12, 28) not in proposed_days_off(2024)


def test_from_october_on_managers_are_told_while_the_next_year_is_provisional(cast: Cast) -> None:
    assert year_without_transfers(NOW) == 2027
    corrected(cast)
    assert year_without_transfers(NOW) is None
    assert year_without_transfers(datetime(2027, 9, 30, 20, 59, tzinfo=UTC)) is None
    assert year_without_transfers(datetime(2027, 9, 30, 21, 0, tzinfo=UTC)) == 2028  # 1 October in Moscow
