"""The columns of the tables that are imported: how they are called, and a template to fill in."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from mespace.platform.tables import Row, TableRefused


class ImportKind(models.TextChoices):
    """What a table is about."""

    PEOPLE = "people", _("people")
    SITES = "sites", _("sites, shops and sections")


@dataclass(frozen=True)
class Column:
    """A column by the field that it fills; `title` is how the template calls it, `also` what is understood as well."""

    field: str
    title: str
    is_required: bool = False
    also: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


# Titles are the Russian words of the template whatever the language of the page: the file goes to a factory.
COLUMNS: dict[ImportKind, tuple[Column, ...]] = {
    ImportKind.PEOPLE: (
        Column("full_name", "ФИО", is_required=True, also=("имя", "full name"), examples=("Ирина Кузнецова",)),
        Column("email", "Почта", is_required=True, also=("e-mail", "email"), examples=("i.kuznetsova@zavod.example",)),
        Column("job_title", "Должность", also=("job title",), examples=("Инженер АСУ ТП",)),
        Column("phone", "Телефон", also=("phone",), examples=("8 351 000-00-00",)),
        Column("role", "Роль", also=("role",), examples=("пользователь",)),
        Column("sites", "Площадки", also=("sites",), examples=("Основная площадка | Склад",)),
        Column("home_site", "Обычная площадка", also=("usual site",), examples=("Основная площадка",)),
        Column("contract", "Договор", also=("contract",), examples=("",)),
        Column("named_on", "Назван с", also=("named on",), examples=("",)),
    ),
    ImportKind.SITES: (
        Column("site", "Площадка", is_required=True, also=("site",), examples=("Основная площадка",) * 2),
        Column("address", "Адрес", also=("address",), examples=("Челябинск, ул. Машиностроителей, 21", "")),
        Column("time_zone", "Часовой пояс", also=("time zone",), examples=("Asia/Yekaterinburg", "")),
        Column("area", "Цех", also=("area", "shop"), examples=("Цех 1", "Цех 1")),
        Column("work_center", "Участок", also=("work center", "section"), examples=("Линия 3", "Линия 4")),
    ),
}


@dataclass(frozen=True)
class Record:
    """A row by field; fields whose column the file lacks are not in it."""

    number: int
    values: Mapping[str, str]

    def get(self, field: str) -> str:
        """What stands in the column, or nothing."""
        return self.values.get(field, "")


def records(kind: ImportKind, rows: Sequence[Row]) -> list[Record]:
    """The rows below the heading by field. Raises TableRefused for a heading that is not understood."""
    heading, *body = rows
    fields = _fields(kind, heading)
    if not body:
        raise TableRefused(str(_("Below the heading there are no rows.")))
    return [
        Record(row.number, {field: row.cells[at] for at, field in fields.items() if at < len(row.cells)})
        for row in body
    ]


def title_of(kind: ImportKind, field: str) -> str:
    """How the column of a field is called; the field itself for one that has no column."""
    return next((column.title for column in COLUMNS[kind] if column.field == field), "")


def template(kind: ImportKind) -> bytes:
    """A CSV file with the columns and an example, which spreadsheets open with Cyrillic letters intact."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    columns = COLUMNS[kind]
    writer.writerow([column.title for column in columns])
    for number in range(max(len(column.examples) for column in columns)):
        writer.writerow([column.examples[number] for column in columns])
    return text.getvalue().encode("utf-8-sig")


def _fields(kind: ImportKind, heading: Row) -> dict[int, str]:
    known = {name.casefold(): column.field for column in COLUMNS[kind] for name in (column.title, *column.also)}
    found: dict[int, str] = {}
    strange, twice = [], []
    for at, cell in enumerate(heading.cells):
        if not cell:
            continue
        field = known.get(cell.casefold())
        if field is None:
            strange.append(cell)
        elif field in found.values():
            twice.append(cell)
        else:
            found[at] = field
    missing = [column.title for column in COLUMNS[kind] if column.is_required and column.field not in found.values()]
    for names, text in (
        (missing, _("These columns are missing: %(names)s. Take the template.")),
        (strange, _("These columns are not known: %(names)s. Take the template.")),
        (twice, _("These columns are there twice: %(names)s.")),
    ):
        if names:
            raise TableRefused(str(text) % {"names": ", ".join(names)[:300]})
    return found
