"""Importing people and sites: a preview, then all of it or nothing."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from mespace.accounts.actor import Refused
from mespace.accounts.models import User
from mespace.customers.importing.columns import ImportKind, template
from mespace.customers.importing.plan import CellError, Outcome, Plan
from mespace.customers.importing.run import preview
from mespace.customers.models import (
    Area,
    ContractPerson,
    CustomerImport,
    Membership,
    Site,
    SupportContract,
    WorkCenter,
)
from mespace.customers.operations.apply_import import apply_import
from mespace.customers.operations.forget_imports import forget_imports
from mespace.customers.operations.upload_import import upload_import
from mespace.obligations.models import Obligation
from mespace.platform.rows import RowNotFound
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
HEAD = "ФИО;Почта;Должность;Телефон;Роль;Площадки;Обычная площадка"


def send(cast: Cast, text: str, kind: ImportKind = ImportKind.PEOPLE) -> CustomerImport:
    data = text.encode()
    return upload_import(
        actor=cast.manager, now=NOW, customer_id=cast.factory.pk, kind=kind, file_name="т.csv", data=data
    )


def look(cast: Cast, row: CustomerImport) -> Plan:
    return preview(actor=cast.manager, import_id=row.pk, now=NOW)[1]


def do(cast: Cast, row: CustomerImport) -> CustomerImport:
    return apply_import(actor=cast.manager, now=NOW, import_id=row.pk)


def counts(plan: Plan) -> tuple[int, int, int]:
    return plan.added, plan.changed, plan.same


def people(cast: Cast) -> int:
    return Membership.objects.filter(customer=cast.factory).count()


def test_people_are_added_and_changed_once_however_often(cast: Cast) -> None:
    text = (
        f"{HEAD}\nАнна Лебедева;ANNA@zavod.example;Технолог;;ответственный;{cast.site.name} | {cast.other_site.name};\n"
        f"Engineer;engineer@example.org;Наладчик;;;;{cast.other_site.name}\nColleague;colleague@example.org;;;;;\n"
    )
    row, before = send(cast, text), people(cast)
    plan = look(cast, row)
    assert (counts(plan), plan.errors, people(cast)) == ((1, 1, 1), [], before)
    changed = next(line for line in plan.lines if line.outcome == Outcome.CHANGED)
    assert [(change.column, change.after) for change in changed.changes] == [
        ("Должность", "Наладчик"),
        ("Площадки", f"{cast.site.name} | {cast.other_site.name}"),
        ("Обычная площадка", cast.other_site.name),
    ]
    done = do(cast, row)
    assert (done.added, done.changed, done.rows, done.applied_at) == (1, 1, [], NOW)
    assert (do(cast, row).pk, people(cast)) == (row.pk, before + 1)  # by its key
    anna = User.objects.get(email="anna@zavod.example")
    assert (anna.roles, anna.time_zone, anna.membership.sites.count()) == (["responsible"], "Asia/Yekaterinburg", 2)
    assert not anna.has_usable_password()
    assert counts(look(cast, send(cast, text))) == (0, 0, 3)  # by its content


def test_errors_are_told_by_row_and_column_and_nothing_is_imported(cast: Cast) -> None:
    text = (
        f"{HEAD}\n;a@zavod.example;;;;;\nБорис;не адрес;;;;;\nВера;stranger@example.org;;;;;\n"
        f"Глеб;g@zavod.example;;;директор;;\nДина;d@zavod.example;;;;Луна;\nЕва;e@zavod.example;;;;;Луна\n"
        f"Жанна;z@zavod.example;;{'1' * 51};;;\nЗоя;zoya@zavod.example;;;;;\nИва;ZOYA@zavod.example;;;;;\n"
    )
    row = send(cast, text)
    plan = look(cast, row)
    assert [(error.row, error.column) for error in plan.errors] == [
        (2, "ФИО"),
        (3, "Почта"),
        (4, "Почта"),
        (5, "Роль"),
        (6, "Площадки"),
        (7, "Обычная площадка"),
        (8, "Телефон"),
        (10, "Почта"),
    ]
    before = people(cast)
    with pytest.raises(ValidationError):
        do(cast, row)
    row.refresh_from_db()
    assert (people(cast), row.applied_at) == (before, None)


def test_every_wrong_cell_of_a_row_is_told_with_what_stands_there(cast: Cast) -> None:
    plan = look(cast, send(cast, f"{HEAD}\nБорис;не адрес;;;директор;Луна;Марс\n"))
    assert {(error.column, error.found) for error in plan.errors} == {
        ("Почта", "не адрес"),
        ("Роль", "директор"),
        ("Площадки", "Луна"),
        ("Обычная площадка", "Марс"),
    }


def test_the_last_responsible_employee_stays(cast: Cast) -> None:
    plan = look(cast, send(cast, "ФИО;Почта;Роль\nR;responsible@example.org;пользователь\n"))
    assert [(error.row, error.column) for error in plan.errors] == [(2, "Роль")]


def test_a_tree_of_sites_comes_from_its_rows(cast: Cast) -> None:
    text = (
        "Площадка;Адрес;Часовой пояс;Цех;Участок\n"
        "Склад;Омск;Asia/Omsk;;\nСклад;;;Цех А;Линия 1\nсклад;;;цех а;Линия 2\n"
        f"{cast.site.name};Новый адрес;;{cast.area.name};{cast.work_center.name}\n"
    )
    row = send(cast, text, ImportKind.SITES)
    assert counts(look(cast, row)) == (3, 1, 0)
    assert not Site.objects.filter(name="Склад").exists()
    do(cast, row)
    site = Site.objects.get(name="Склад")
    assert (site.address, site.time_zone) == ("Омск", "Asia/Omsk")
    assert [area.name for area in Area.objects.filter(site=site)] == ["Цех А"]
    assert [each.name for each in WorkCenter.objects.filter(area__site=site)] == ["Линия 1", "Линия 2"]
    assert Site.objects.get(pk=cast.site.pk).address == "Новый адрес"
    assert counts(look(cast, send(cast, text, ImportKind.SITES))) == (0, 0, 4)


def test_errors_of_sites_name_their_columns(cast: Cast) -> None:
    text = "Площадка;Часовой пояс;Цех;Участок\nСклад;Луна;;\n;;;\nСклад;;;Линия\n" + f"Склад;;{'ц' * 201};\n"
    plan = look(cast, send(cast, text, ImportKind.SITES))
    assert [(error.row, error.column) for error in plan.errors] == [(2, "Часовой пояс"), (4, "Цех"), (5, "Цех")]
    assert all(isinstance(error, CellError) and error.text for error in plan.errors)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ФИО;Телефон\nА;1\n", "Почта"),
        ("ФИО;Почта;Знак зодиака\nА;a@b.ru;Рак\n", "Знак зодиака"),
        ("ФИО;Почта;e-mail\nА;a@b.ru;a@b.ru\n", "e-mail"),
        ("ФИО;Почта\n", "строк"),
        ("", "пуст"),
    ],
)
def test_a_table_that_is_not_understood_is_refused_at_once(cast: Cast, text: str, word: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        send(cast, text)
    assert word in " ".join(refusal.value.message_dict["file"])
    assert not CustomerImport.objects.exists()


@pytest.mark.parametrize("kind", list(ImportKind))
def test_the_template_can_be_imported_as_it_is(cast: Cast, kind: ImportKind) -> None:
    Site.objects.create(customer=cast.factory, name="Основная площадка")
    Site.objects.create(customer=cast.factory, name="Склад")
    text = template(kind).decode("utf-8-sig")
    assert look(cast, send(cast, text, kind)).errors == []


def test_xlsx_is_taken_as_well(cast: Cast) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["ФИО", "Почта", "Телефон"])
        sheet.write_row(1, 0, ["Анна", "anna@zavod.example", 83510000000])
    row = upload_import(
        actor=cast.manager,
        now=NOW,
        customer_id=cast.factory.pk,
        kind=ImportKind.PEOPLE,
        file_name="люди.xlsx",
        data=out.getvalue(),
    )
    do(cast, row)
    assert User.objects.get(email="anna@zavod.example").phone == "83510000000"


OTHERS = ("agent", "contractor", "director", "auditor", "administrator", "engineer", "responsible")


@pytest.mark.parametrize("who", OTHERS)
def test_only_managers_import(cast: Cast, who: str) -> None:
    row, actor = send(cast, f"{HEAD}\nАнна;anna@zavod.example;;;;;\n"), cast.actors[who]
    with pytest.raises(Refused):
        apply_import(actor=actor, now=NOW, import_id=row.pk)
    common: dict[str, Any] = {"customer_id": cast.factory.pk, "file_name": "т.csv", "data": b"x"}
    with pytest.raises(Refused):
        upload_import(actor=actor, now=NOW, kind=ImportKind.PEOPLE, **common)
    with pytest.raises(RowNotFound):
        apply_import(actor=cast.manager, now=NOW, import_id=2_000_000_000)


def test_what_nobody_imported_is_forgotten_after_a_day(cast: Cast) -> None:
    done, waiting = (send(cast, f"{HEAD}\nАнна;anna@zavod.example;;;;;\n") for _ in range(2))
    do(cast, done)
    assert forget_imports(now=NOW + timedelta(hours=24)) == 0
    assert forget_imports(now=NOW + timedelta(hours=25)) == 1
    assert list(CustomerImport.objects.all()) == [done]
    assert waiting.pk != done.pk


def test_who_becomes_responsible_by_an_import_is_named_in_the_contract(cast: Cast) -> None:
    text = (
        f"{HEAD};Договор;Назван с\nАнна;anna@zavod.example;;;ответственный;;;;\n"
        f"Борис;boris@zavod.example;;;ответственный;;;{cast.contract.number.lower()};16.11.2026\n"
        "Engineer;engineer@example.org;;;ответственный;;;;2026-11-18T00:00:00\n"
    )
    plan = look(cast, send(cast, text))
    assert [(error.row, error.column) for error in plan.errors] == [(4, "Договор")]
    row = send(cast, text.replace(";;;;2026", f";;;{cast.contract.number};2026"))
    plan = look(cast, row)
    assert [[change.column for change in line.changes] for line in plan.lines] == [
        ["Договор"], ["Договор"], ["Роль", "Договор"],
    ]  # fmt: skip
    late, running, before = (line.changes[-1].after for line in plan.lines)
    assert "01.01.2024" in late  # from the signing: broken from the start
    assert "16.11.2026" in running
    assert "18.11.2026" in before
    assert Obligation.objects.count() == 0  # only looked at
    for _ in range(2):
        do(cast, row)
    states = Obligation.objects.order_by("pk").values_list("state", "opened_by")
    assert list(states) == [(state, cast.users["manager"].pk) for state in ("missed", "open")]
    named = ContractPerson.objects.order_by("pk").values_list("email", "named_on")
    assert [email for email, _day in named] == ["anna@zavod.example", "boris@zavod.example", "engineer@example.org"]
    again = look(cast, send(cast, text.replace(";;;;2026", f";;;{cast.contract.number};2026")))
    assert counts(again) == (0, 0, 3)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("ответственный;;;ТП-НЕТ;", "Договор"),
        ("пользователь;;;ТП-ZAVOD-1;", "Договор"),
        ("ответственный;;;ТП-ZAVOD-1;завтра", "Назван с"),
        ("ответственный;;;ТП-ZAVOD-1;01.01.2030", "Назван с"),
        ("ответственный;;;ТП-ZAVOD-1;01.01.2020", "Назван с"),
    ],
)
def test_a_naming_that_cannot_be_is_told_by_its_column(cast: Cast, cells: str, column: str) -> None:
    plan = look(cast, send(cast, f"{HEAD};Договор;Назван с\nАнна;anna@zavod.example;;;{cells}\n"))
    assert [(error.row, error.column) for error in plan.errors] == [(2, column)]


def test_with_several_contracts_the_row_says_which(cast: Cast) -> None:
    SupportContract.objects.create(
        customer=cast.factory, number="ТП-2", title="Договор на техническую поддержку", signed_on=NOW.date(),
        valid_from=NOW.date(), valid_until=NOW.date(), accepted_edition=cast.contract.accepted_edition,
    )  # fmt: skip
    text = f"{HEAD};Договор\nАнна;anna@zavod.example;;;ответственный;;;"
    assert [error.column for error in look(cast, send(cast, text)).errors] == ["Договор"]
    assert look(cast, send(cast, f"{text}ТП-2")).errors == []
