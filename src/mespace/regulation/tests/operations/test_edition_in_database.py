"""What the database refuses of editions to the application's own role, by plain SQL (clauses 7.3, 7.4)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction

from mespace.regulation.data.shipped import edition
from mespace.regulation.models import EditionReading, EditionText, RegulationEdition
from mespace.regulation.operations._text import digest_of
from mespace.regulation.operations.note_reading import note_reading
from mespace.regulation.tests.making import publish
from tests.cast import Cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
PARAMETERS = edition("2019-09-01").parameters.as_json()
TEXT = "1. Слова\n\n1.1 Свой образец.\n"
INSERT = """
    INSERT INTO regulation_regulationedition
        (code, title, published_on, in_force_from, parameters, digest, text_digest, published_at)
    SELECT %s, 'by hand', %s, %s, parameters, digest, '', %s FROM regulation_regulationedition WHERE code = '2019-09-01'
"""


def insert(code: str, published: date, in_force: date, at: datetime | None = None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [code, published, in_force, at])


def run(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def published(cast: Cast, **changes: Any) -> RegulationEdition:
    fields: dict[str, Any] = {
        "actor": cast.manager, "now": NOW, "code": "2027", "title": "Редакция", "in_force_from": date(2027, 1, 1),
        "parameters": PARAMETERS, "source": TEXT,
    }  # fmt: skip
    return publish(**fields | changes)


def test_the_test_is_the_application_s_role(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_an_edition_sooner_than_fifteen_days_is_impossible() -> None:
    with pytest.raises(IntegrityError, match="notice of 15 days"):
        insert("soon", date(2026, 11, 18), date(2026, 12, 2))
    insert("later", date(2026, 11, 18), date(2026, 12, 3))
    assert RegulationEdition.objects.count() == 2


def test_an_edition_before_the_last_one_is_impossible() -> None:
    insert("later", date(2026, 11, 18), date(2027, 1, 1))
    with pytest.raises(IntegrityError, match="not after the edition"):
        insert("between", date(2026, 11, 18), date(2026, 12, 20))
    with pytest.raises(IntegrityError, match=r"not after the edition|notice"):
        insert("backdated", date(2019, 10, 1), date(2019, 11, 1))


def test_the_date_of_publication_is_that_of_its_instant_in_moscow() -> None:
    night = datetime(2026, 11, 17, 21, 30, tzinfo=UTC)  # 18 November in Moscow
    with pytest.raises(IntegrityError, match="another date"):
        insert("forged", date(2026, 11, 17), date(2026, 12, 20), night)
    insert("right", date(2026, 11, 18), date(2026, 12, 20), night)


# Clause 7.3.
def test_a_published_edition_its_text_and_its_receipts_cannot_be_changed(cast: Cast) -> None:
    row = published(cast)
    note_reading(actor=cast.engineer, edition_id=row.pk, now=NOW)
    for statement in (
        "UPDATE regulation_regulationedition SET in_force_from = '2026-11-20' WHERE id = %s",
        "UPDATE regulation_regulationedition SET parameters = '{}' WHERE id = %s",
        "DELETE FROM regulation_regulationedition WHERE id = %s",
        "UPDATE regulation_editiontext SET source = 'x' WHERE edition_id = %s",
        "DELETE FROM regulation_editiontext WHERE edition_id = %s",
        "UPDATE regulation_editionreading SET opened_at = now() WHERE edition_id = %s",
        "DELETE FROM regulation_editionreading WHERE edition_id = %s",
    ):
        with pytest.raises(Error):
            run(statement, row.pk)
    assert (EditionText.objects.get().source, EditionReading.objects.count()) == (TEXT.strip("\n"), 1)


ADD = """
    INSERT INTO regulation_editiontext (edition_id, number, source, digest, reason, entered_at)
    VALUES (%s, %s, %s, %s, 'by hand', now())
"""


def test_an_edition_published_with_a_text_has_no_other(cast: Cast) -> None:
    row = published(cast)
    with pytest.raises(IntegrityError, match="another text"):
        run(ADD, row.pk, 2, "Другое", digest_of("Другое"))
    with pytest.raises(IntegrityError, match="another text"):
        run(ADD, row.pk, 2, TEXT.strip("\n"), digest_of(TEXT.strip("\n")))
    assert EditionText.objects.count() == 1


def test_a_digest_is_that_of_the_text() -> None:
    row = RegulationEdition.objects.get()
    with pytest.raises(IntegrityError, match="digest"):
        run(ADD, row.pk, 1, "1.1 Текст", digest_of("1.1 Иной текст"))
    run(ADD, row.pk, 1, "1.1 Текст", digest_of("1.1 Текст"))
