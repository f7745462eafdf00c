"""What is found by what, in PostgreSQL."""

import random
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from mespace.platform import search
from mespace.tickets.models import SearchEntry

pytestmark = pytest.mark.django_db


def compiled(expression: Any) -> tuple[str, list[Any]]:
    from django.db.models.sql import Query

    sql, params = Query(None).get_compiler(connection=connection).compile(expression)
    return sql, list(params)


def matches(text: str, asked: str) -> bool | None:
    wanted = search.query(asked)
    if wanted is None:
        return None
    vector, first = compiled(search.vector(c=text))
    query, second = compiled(wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({vector}) @@ ({query})", [*first, *second])
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Станки остановились", "станок"),
        ("Много простоев", "простоям"),
        ("Люди ждут", "человек"),
        ("Программа повисла", "повиснуть"),
        ("Ёлка", "елки"),
        ("прессформы", "прессформа"),
        ("Ошибка E-1042.", "E-1042"),
        ("Ошибка Е-1042 (кириллицей)", "e-1042"),
        ("код:E-1042/5", "E-1042"),
        ("Принтер ZT410 молчит", "zt410"),
        ("сборка v5.2.1.", "5.2.1"),
        ("см. ZAVOD-42", "zavod-42"),
        ("метки Zebra labels", "zebra label"),
        ("Принтер не печатает этикетки", "этикетка принтера"),
        ("Простой линии", '"простой линии"'),
        ("Сломан насос", "насос or принтер"),
        ("Сломан насос", "насос -принтер"),
    ],
)
def test_found(text: str, asked: str) -> None:
    assert matches(text, asked) is True


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ZAVOD-421", "ZAVOD-42"),
        ("Насосы и станки", "насос -станок"),
        ("линия, простой", '"простой линии"'),
        ("Принтер молчит", "принтер насос"),
        ("сборка 5.2.10", "5.2.1"),
    ],
)
def test_not_found(text: str, asked: str) -> None:
    assert matches(text, asked) is False


@pytest.mark.parametrize("asked", ["", "   ", "и в на", "the a of", "-принтер", "!!! ((", "\x00", '""', "or", "«»"])
def test_nothing_to_search_for(asked: str) -> None:
    assert search.query(asked) is None


@given(st.text(alphabet=st.sampled_from("абв \"'-!&|()<>:*\\%_~\u200b\x00\x01or12.-/\ud800{}$"), max_size=60))
def test_no_question_is_an_error(asked: str) -> None:
    matches("дом", asked)


def test_the_weights_follow_the_fields() -> None:
    vector, params = compiled(search.vector(a="принтер", b="насос", c="станки"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({vector})::text", params)
        made = cursor.fetchone()[0]
    weights = dict(entry.split(":") for entry in made.split())
    assert {letter for letter in weights["'принтер'"] if letter.isalpha()} == {"A", "B"}
    assert {letter for letter in weights["'насос'"] if letter.isalpha()} == {"B", "C"}
    assert weights["'станок'"].isdigit()  # the lightest weight is not written


def _hex_words() -> str:
    words = random.Random(1)
    return " ".join(f"{words.getrandbits(24):06x}" for _ in range(100_000))


@pytest.mark.parametrize(
    "text",
    [
        _hex_words(),
        "абв-где.жзи/клм " * 20_000,
        " ".join(f"http://h{i}.example.com/a/b{i}?c=d" for i in range(9_000)),
        "я" * 500_000,
        " ".join(f"{i:05}" for i in range(40_000)),
        "/".join(f"ab{i}" for i in range(20_000)),
    ],
    ids=["hex", "compounds", "addresses", "one word", "numbers", "one path"],
)
def test_a_text_of_any_size_fits(text: str) -> None:
    vector, params = compiled(search.vector(a=text, b=text, c=text[::-1]))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_column_size({vector})", params)
        assert cursor.fetchone()[0] < 400_000


def test_the_word_that_comes_first_is_found_in_a_long_text() -> None:
    assert matches("Станки стоят. " + _hex_words(), "станок") is True


def test_a_bulk_load_computes_the_same(cast: Any) -> None:
    ticket = cast.file(description="Станки E-1042")
    parts = search.parts(a=f"{ticket.key} {ticket.subject}", b="Станки E-1042")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE scratch (a text, b text, c text, lemmas_a text, lemmas_b text, lemmas_c text, codes text[])"  # noqa: E501
        )
        cursor.execute("INSERT INTO scratch VALUES (%s, %s, %s, %s, %s, %s, %s)", list(parts))
        cursor.execute(f"SELECT ({search.sql_vector('s.')})::text FROM scratch s")
        [loaded] = cursor.fetchone()
        cursor.execute("SELECT public::text FROM tickets_searchentry WHERE ticket_id = %s", [ticket.pk])
        assert cursor.fetchone() == (loaded,)
    assert SearchEntry.objects.filter(public=search.query("станок e-1042")).exists()


def test_lemmas_leave_out_what_means_nothing() -> None:
    assert search.lemmas("Принтер НЕ печатает на станках, и мы ждём") == "принтер печатать станок ждать"


def test_a_long_talk_stays_findable_and_never_fails(cast: Any) -> None:
    ticket = cast.file(description="Станки стоят.")
    entry = SearchEntry.objects.filter(ticket=ticket)
    for number in range(8):
        words = random.Random(number)
        text = " ".join(f"http://{words.getrandbits(30):x}.ru/{words.getrandbits(30):x}" for _ in range(9_000))
        assert entry.update(public=search.Joined("public", search.vector(b=text))) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_column_size(public || '') FROM tickets_searchentry WHERE ticket_id = %s", [ticket.pk])
        assert search.FULL < cursor.fetchone()[0] < 1_000_000
    assert entry.filter(public=search.query("станок")).exists()
    assert entry.filter(public=search.query("стоять")).exists()
    entry.update(public=search.vector(a="начало"))
    entry.update(public=search.Joined("public", search.vector(b="насосы")))
    assert entry.filter(public=search.query("начало насос")).exists()
