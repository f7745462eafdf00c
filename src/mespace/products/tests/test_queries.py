"""What the pages about software ask for, and in how many statements."""

from datetime import date
from typing import Any

import pytest

from mespace.accounts.actor import Refused
from mespace.platform.rows import RowNotFound
from mespace.products import queries
from mespace.products.models import Build, Component, KnownError, OtherVendor, Product, SupportLevel, Version
from mespace.products.support import support_level
from tests.cast import Cast

pytestmark = pytest.mark.django_db
OTHERS = ("contractor", "administrator", "engineer", "responsible")


@pytest.mark.parametrize("who", OTHERS)
def test_readers_need_the_right(cast: Cast, who: str) -> None:
    actor = cast.actors[who]
    for ask in (queries.products, queries.all_builds, queries.known_errors, queries.vendors, queries.next_error_code):
        with pytest.raises(Refused):
            ask(actor=actor)
    one: list[tuple[Any, dict[str, int]]] = [
        (queries.product, {"product_id": 1}),
        (queries.component, {"component_id": 1}),
        (queries.version, {"version_id": 1}),
        (queries.build, {"build_id": 1}),
        (queries.builds_of, {"product_id": 1}),
        (queries.known_error, {"known_error_id": 1}),
        (queries.vendor, {"vendor_id": 1}),
    ]
    for ask_one, arguments in one:
        with pytest.raises(Refused):
            ask_one(actor=actor, **arguments)
        if ask_one is not queries.builds_of:
            with pytest.raises(RowNotFound):
                ask_one(actor=cast.agent, **dict.fromkeys(arguments, 2_000_000_000))


def test_lists_cost_the_same_however_long(cast: Cast, django_assert_num_queries: Any) -> None:
    for number in range(12):
        product = Product.objects.create(code=f"p{number}", name=f"Продукт {number}")
        version = Version.objects.create(product=product, number=1)
        build = Build.objects.create(version=version, major=number, minor=0, released_on=date(2026, 1, 1))
        KnownError.objects.create(product=product, code=f"KE-{number + 10}", title="Ошибка", fixed_in=build)
        OtherVendor.objects.create(name=f"Поставщик {number}", how_to_reach="Так.")
        Component.objects.create(product=cast.product, name=f"Часть {number}")
        Build.objects.create(version=cast.build.version, major=20, minor=number)
    with django_assert_num_queries(1):
        assert [(row.name, row.build_count) for row in queries.products(actor=cast.agent)][:1] == [
            ("MES Лаборатория", 0)
        ]  # type: ignore[attr-defined]
    with django_assert_num_queries(1):
        page = queries.known_errors(actor=cast.agent)
        assert {str(row.fixed_in) for row in page.rows} >= {"1.3.0", "None"}
    with django_assert_num_queries(1):
        assert len(queries.vendors(actor=cast.agent)) == 13
    with django_assert_num_queries(5):
        product = queries.product(actor=cast.agent, product_id=cast.product.pk)
        assert [str(build) for version in product.versions.all() for build in version.builds.all()][-1] == "4.12.3"
        assert len(product.components.all()) == 12
    with django_assert_num_queries(1):
        assert len({build.version.product.name for build in queries.all_builds(actor=cast.agent)}) == 13


def test_known_errors_come_in_pages_and_are_found(cast: Cast) -> None:
    KnownError.objects.bulk_create(
        KnownError(product=cast.product, code=f"KE-{number}", title=f"Ошибка {number}") for number in range(2, 105)
    )
    first = queries.known_errors(actor=cast.agent)
    second = queries.known_errors(actor=cast.agent, after=first.after)
    third = queries.known_errors(actor=cast.agent, after=second.after)
    assert [len(page.rows) for page in (first, second, third)] == [50, 50, 4]
    assert third.after is None
    assert len({row.pk for page in (first, second, third) for row in page.rows}) == 104
    assert [row.code for row in queries.known_errors(actor=cast.agent, words="ке очередь").rows] == []
    assert [row.code for row in queries.known_errors(actor=cast.agent, words="ОЧЕРЕДЬ печати").rows] == ["KE-1"]
    assert queries.known_errors(actor=cast.agent, product_id=cast.other_product.pk).rows == []


def test_the_next_code_is_free(cast: Cast) -> None:
    assert queries.next_error_code(actor=cast.agent) == "KE-2"
    KnownError.objects.create(product=cast.product, code="KE-41", title="Ошибка")
    KnownError.objects.create(product=cast.product, code="ЗАВОД-99", title="Ошибка")
    assert queries.next_error_code(actor=cast.agent) == "KE-42"


def test_names_are_sorted_as_people_do(cast: Cast) -> None:
    for name in ("яблоко", "Ёлка", "ель", "Жук"):
        OtherVendor.objects.create(name=name, how_to_reach="Так.")
    names = [row.name for row in queries.vendors(actor=cast.agent)]
    assert [name for name in names if name != cast.vendor.name] == ["Ёлка", "ель", "Жук", "яблоко"]


@pytest.mark.parametrize(
    ("on", "level"),
    [
        (date(2026, 12, 31), SupportLevel.FULL),
        (date(2027, 1, 1), SupportLevel.LIMITED),
        (date(2027, 12, 31), SupportLevel.LIMITED),
        (date(2028, 1, 1), SupportLevel.ENDED),
    ],
)
def test_each_level_begins_on_its_day(on: date, level: SupportLevel) -> None:
    assert support_level(Version(limited_from=date(2027, 1, 1), ended_from=date(2028, 1, 1)), on) == level
    assert support_level(Version(), on) == SupportLevel.FULL
