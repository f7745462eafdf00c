"""Publishing editions of the regulation and adopting calendars, on a real database."""

import io
import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import Error, transaction

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Role
from mespace.regulation.core.canonical import digest
from mespace.regulation.data.shipped import SHIPPED, calendar_codes, calendar_content, edition
from mespace.regulation.models import CalendarEdition, RegulationEdition
from mespace.regulation.operations._draft import EditionRefusedError
from mespace.regulation.operations.adopt_calendar import CalendarRefusedError, adopt_calendar
from mespace.regulation.operations.adopt_shipped import ShippedDiffersError, adopt_shipped
from mespace.regulation.operations.publish_edition import earliest_day_in_force
from mespace.regulation.queries import NoEdition, calendar_at, compiled, edition_in_force, parameters_of
from mespace.regulation.tests import making

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 20, 59, 59, tzinfo=UTC)  # still 22 November in Moscow
MANAGER = replace(Actor.of(user_id=1, roles=[Role.MANAGER]), user_id=None)  # nobody's row is needed
EVERYBODY_ELSE = [Role.AGENT, Role.CONTRACTOR, Role.DIRECTOR, Role.AUDITOR, Role.ADMINISTRATOR, Role.RESPONSIBLE]
PARAMETERS = edition("2019-09-01").parameters.as_json()


def publish(**change: Any) -> RegulationEdition:
    fields: dict[str, Any] = {
        "actor": MANAGER, "now": NOW, "code": "2026-12", "title": "Редакция", "in_force_from": date(2026, 12, 7),
        "parameters": PARAMETERS,
    }  # fmt: skip
    return making.publish(**fields | change)


def content(code: str = "ru-2", **change: Any) -> dict[str, Any]:
    return calendar_content("ru-1") | {"edition": code} | change


# --- shipped data


def test_what_is_shipped_is_there_after_the_migrations() -> None:
    row = RegulationEdition.objects.get()
    assert (row.code, row.in_force_from, row.digest) == ("2019-09-01", date(2019, 9, 1), digest(PARAMETERS))
    calendar = CalendarEdition.objects.get()
    assert (calendar.code, calendar.content) == ("ru-1", calendar_content("ru-1"))
    assert calendar.digest == digest(calendar.content)


def test_adopting_again_changes_nothing() -> None:
    assert adopt_shipped(now=NOW) == []
    out = io.StringIO()
    call_command("adopt_shipped", stdout=out)
    assert "adopted before" in out.getvalue()
    assert CalendarEdition.objects.count() == 1


def _shipped_with(folder: Path, given: dict[str, Any]) -> Path:
    shutil.copytree(SHIPPED / "editions", folder / "editions")
    shutil.copytree(SHIPPED / "calendars", folder / "calendars")
    path = folder / "calendars" / f"{given['edition']}.json"
    path.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    return folder


def test_a_shipped_code_never_stands_for_two_contents(tmp_path: Path) -> None:
    folder = _shipped_with(tmp_path, content("ru-1", offsets=[["2014-10-25T22:00:01Z", 10800]]))
    with pytest.raises(ShippedDiffersError, match="ru-1"):
        adopt_shipped(now=NOW, folder=folder)


def test_newly_shipped_calendars_are_adopted(tmp_path: Path) -> None:
    assert adopt_shipped(now=NOW, folder=_shipped_with(tmp_path, content("ru-10"))) == ["ru-10"]
    assert calendar_at(NOW).code == "ru-10"
    assert calendar_codes(tmp_path) == ["ru-1", "ru-10"]


# --- rows are immutable


@pytest.mark.parametrize("model", [RegulationEdition, CalendarEdition])
def test_an_edition_can_be_neither_changed_nor_deleted(model: type[RegulationEdition | CalendarEdition]) -> None:
    with pytest.raises(Error), transaction.atomic():
        model.objects.update(digest="0" * 64)
    with pytest.raises(Error), transaction.atomic():
        model.objects.all()._raw_delete("default")
    assert model.objects.get().digest != "0" * 64


# --- which is in force


def test_an_edition_is_in_force_from_midnight_in_moscow() -> None:
    publish()
    assert edition_in_force(datetime(2026, 12, 6, 20, 59, 59, tzinfo=UTC)).code == "2019-09-01"
    assert edition_in_force(datetime(2026, 12, 6, 21, 0, 0, tzinfo=UTC)).code == "2026-12"


def test_before_the_first_edition_nothing_was_promised() -> None:
    with pytest.raises(NoEdition):
        edition_in_force(datetime(2019, 8, 31, 20, 59, 59, tzinfo=UTC))
    assert edition_in_force(datetime(2019, 8, 31, 21, 0, 0, tzinfo=UTC)).code == "2019-09-01"


def test_the_calendar_is_the_one_adopted_last_before_the_instant() -> None:
    adopt_calendar(actor=MANAGER, now=NOW, content=content(), reason="Поправка")
    assert calendar_at(NOW).code == "ru-2"
    assert calendar_at(datetime(2020, 1, 1, tzinfo=UTC)).code == "ru-1"  # the earliest, for instants before any


def test_a_compiled_calendar_is_kept() -> None:
    assert compiled("ru-1", "2019-09-01") is compiled("ru-1", "2019-09-01")
    assert parameters_of("2019-09-01").as_json() == PARAMETERS


# --- publishing


def test_a_published_edition() -> None:
    row = publish(parameters=PARAMETERS | {"answer_days": 5})
    assert row.published_on == date(2026, 11, 22)
    assert row.parameters["answer_days"] == 5
    assert row.digest == digest(row.parameters)


def test_the_notice_is_fifteen_days_of_moscow() -> None:
    assert earliest_day_in_force(now=NOW) == date(2026, 12, 7)
    with pytest.raises(EditionRefusedError, match="in_force_from"):
        publish(in_force_from=date(2026, 12, 6))
    later = datetime(2026, 11, 22, 21, 0, 0, tzinfo=UTC)  # 23 November in Moscow
    with pytest.raises(EditionRefusedError, match="in_force_from"):
        publish(now=later)
    assert publish(now=later, in_force_from=date(2026, 12, 8)).published_on == date(2026, 11, 23)


def test_the_notice_is_that_of_the_edition_in_force() -> None:
    publish(parameters=PARAMETERS | {"notice_days": 30})
    assert earliest_day_in_force(now=NOW) == date(2026, 12, 7)
    assert earliest_day_in_force(now=datetime(2026, 12, 7, 9, tzinfo=UTC)) == date(2027, 1, 6)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "new edition"}, "code"),
        ({"code": "x" * 21}, "code"),
        ({"code": "2019-09-01"}, "code"),
        ({"title": "  "}, "title"),
        ({"parameters": PARAMETERS | {"answer_days": 0}}, "parameters"),
        ({"parameters": PARAMETERS | {"zone": "Asia/Omsk"}}, "parameters"),
    ],
)
def test_a_refused_edition_names_the_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(EditionRefusedError) as caught:
        publish(**change)
    assert caught.value.field == field
    assert RegulationEdition.objects.count() == 1


def test_editions_follow_each_other() -> None:
    publish(in_force_from=date(2027, 1, 1))
    with pytest.raises(EditionRefusedError, match="in_force_from"):
        publish(code="2026-12-b", in_force_from=date(2027, 1, 1))


@pytest.mark.parametrize("role", EVERYBODY_ELSE)
def test_only_managers_publish_and_adopt(role: Role) -> None:
    actor = Actor.of(user_id=2, roles=[role])
    with pytest.raises(Refused):
        publish(actor=actor)
    with pytest.raises(Refused):
        adopt_calendar(actor=actor, now=NOW, content=content(), reason="Поправка")


# --- adopting a calendar


def test_an_adopted_calendar() -> None:
    given = content()
    given["years"]["2027"] = given["years"]["2027"] | {"state": "adopted", "known_from": "2026-10-01"}
    row = adopt_calendar(actor=MANAGER, now=NOW, content=given, reason="Поправка")
    row.refresh_from_db()
    assert (row.code, row.adopted_at, row.content, row.digest) == ("ru-2", NOW, given, digest(given))
    assert not compiled("ru-2", "2019-09-01").day(date(2027, 1, 11)).is_provisional


def _without(year: str) -> dict[str, Any]:
    given = content()
    del given["years"][year]
    return given


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"edition": "ru-2"}, "calendar.offsets"),
        (content("ru-1"), "ru-1"),
        (content(zone="Europe/Samara"), "Europe/Moscow"),
        (_without("2019"), "2019"),
        (_without("2029"), "2029"),
        (_without("2024"), "2024"),
    ],
)
def test_a_refused_calendar_says_why(given: dict[str, Any], message: str) -> None:
    with pytest.raises(CalendarRefusedError, match=message):
        adopt_calendar(actor=MANAGER, now=NOW, content=given, reason="Поправка")
    assert CalendarEdition.objects.count() == 1


def test_two_years_ahead_are_always_there() -> None:
    with pytest.raises(CalendarRefusedError, match="2030"):
        adopt_calendar(actor=MANAGER, now=datetime(2028, 1, 10, tzinfo=UTC), content=content(), reason="Поправка")
