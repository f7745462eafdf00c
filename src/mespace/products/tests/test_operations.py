"""Keeping the catalogue: what is accepted, what is refused and why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mespace.accounts.actor import NOBODY, Refused
from mespace.platform.rows import InUse, RowNotFound
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import Build, Component, KnownError, OtherVendor, Product, Version
from mespace.products.operations._vendor import VendorEntry
from mespace.products.operations.add_build import add_build
from mespace.products.operations.add_component import add_component
from mespace.products.operations.add_known_error import add_known_error
from mespace.products.operations.add_product import add_product
from mespace.products.operations.add_vendor import add_vendor
from mespace.products.operations.add_version import add_version
from mespace.products.operations.change_build import change_build
from mespace.products.operations.change_known_error import change_known_error
from mespace.products.operations.change_product import change_product
from mespace.products.operations.change_vendor import change_vendor
from mespace.products.operations.change_version import change_version
from mespace.products.operations.delete_build import delete_build
from mespace.products.operations.delete_component import delete_component
from mespace.products.operations.delete_known_error import delete_known_error
from mespace.products.operations.delete_product import delete_product
from mespace.products.operations.delete_vendor import delete_vendor
from mespace.products.operations.delete_version import delete_version
from mespace.products.operations.move_planned_fix import move_planned_fix
from mespace.products.operations.rename_component import rename_component
from mespace.products.operations.withdraw_known_error import withdraw_known_error
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
ABSENT = 2_000_000_000
ENTRY = VendorEntry(name="Имя", how_to_reach="Пишите.")
CONFIRMED = Confirmation("Руководство, раздел 2", "Сменить задание", "Повторяется на чистой установке")
KNOWN: dict[str, Any] = {"now": NOW, "code": "KE-9", "title": "Ошибка", "confirmation": CONFIRMED, "fix": Fix()}

# Every operation with arguments for a row that is not there: refused before it is looked for.
OPERATIONS: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (add_product, {"code": "x", "name": "X"}),
    (change_product, {"product_id": ABSENT, "code": "x", "name": "X", "description": "", "is_active": True}),
    (delete_product, {"product_id": ABSENT}),
    (add_component, {"product_id": ABSENT, "name": "X"}),
    (rename_component, {"component_id": ABSENT, "name": "X"}),
    (delete_component, {"component_id": ABSENT}),
    (add_version, {"product_id": ABSENT, "number": 1}),
    (change_version, {"version_id": ABSENT, "limited_from": None, "ended_from": None}),
    (delete_version, {"version_id": ABSENT}),
    (add_build, {"product_id": ABSENT, "number": "1.2.3"}),
    (change_build, {"build_id": ABSENT, "released_on": None}),
    (delete_build, {"build_id": ABSENT}),
    (add_known_error, {**KNOWN, "product_id": ABSENT}),
    (
        change_known_error,
        {**KNOWN, "known_error_id": ABSENT, "description": "", "workaround": "", "affected_ids": [], "fix": Fix()},
    ),
    (delete_known_error, {"known_error_id": ABSENT}),
    (move_planned_fix, {"now": NOW, "known_error_id": ABSENT, "planned_on": NOW.date(), "reason": "Позже"}),
    (withdraw_known_error, {"now": NOW, "known_error_id": ABSENT, "reason": "Не ошибка"}),
    (add_vendor, {"entry": ENTRY}),
    (change_vendor, {"entry": ENTRY, "vendor_id": ABSENT}),
    (delete_vendor, {"vendor_id": ABSENT}),
]
OTHERS = ("agent", "contractor", "director", "auditor", "administrator", "engineer", "responsible")


@pytest.mark.parametrize(("operation", "arguments"), OPERATIONS, ids=lambda value: getattr(value, "__name__", ""))
def test_only_managers_keep_the_catalogue(cast: Cast, operation: Callable[..., Any], arguments: dict[str, Any]) -> None:
    confirming = operation in {add_known_error, change_known_error}  # agents do that, too
    others = [name for name in OTHERS if not (confirming and name == "agent")]
    for actor in [*(cast.actors[name] for name in others), NOBODY]:
        with pytest.raises(Refused):
            operation(actor=actor, **arguments)
    if operation not in {add_product, add_vendor}:
        with pytest.raises(RowNotFound):
            operation(actor=cast.manager, **arguments)


def complaints(refusal: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(refusal.value.message_dict)


def test_a_product_is_added_changed_and_deleted(cast: Cast) -> None:
    row = add_product(actor=cast.manager, code=" MES-Склад ".replace("Склад", "wms"), name=" MES Склад ")
    assert (row.code, row.name, row.is_active) == ("mes-wms", "MES Склад", True)
    change_product(
        actor=cast.manager, product_id=row.pk, code="wms", name="Склад", description="Учёт.", is_active=False
    )
    row.refresh_from_db()
    assert (row.code, row.name, row.description, row.is_active) == ("wms", "Склад", "Учёт.", False)
    delete_product(actor=cast.manager, product_id=row.pk)
    assert not Product.objects.filter(pk=row.pk).exists()


def test_a_products_code_and_name_are_its_own(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_product(actor=cast.manager, code=cast.product.code.upper(), name=cast.product.name)
    assert complaints(refusal) == {"code", "name"}
    with pytest.raises(ValidationError) as refusal:
        add_product(actor=cast.manager, code="with space", name="")
    assert complaints(refusal) == {"code", "name"}


@pytest.mark.parametrize(
    ("used", "by"), [("product", "products."), ("version", "products.build"), ("build", "tickets.ticket")]
)
def test_what_is_in_use_stays_and_says_by_what(cast: Cast, used: str, by: str) -> None:
    cast.file(now=NOW)
    ids = {"product": cast.product.pk, "version": cast.build.version_id, "build": cast.build.pk}
    operations: dict[str, Callable[..., None]] = {
        "product": delete_product,
        "version": delete_version,
        "build": delete_build,
    }
    with pytest.raises(InUse) as refusal:
        operations[used](actor=cast.manager, **{f"{used}_id": ids[used]})
    if used == "product":  # several tables refer to it: any of them is an answer
        assert refusal.value.by.split(".")[0] in {"products", "customers", "tickets"}
    else:
        assert refusal.value.by == by
    assert Build.objects.filter(pk=cast.build.pk).exists()


def test_components_are_named_once_per_product(cast: Cast) -> None:
    row = add_component(actor=cast.manager, product_id=cast.product.pk, name=" Печать ")
    add_component(actor=cast.manager, product_id=cast.other_product.pk, name="Печать")
    with pytest.raises(ValidationError):
        add_component(actor=cast.manager, product_id=cast.product.pk, name="Печать")
    assert rename_component(actor=cast.manager, component_id=row.pk, name="Этикетки").name == "Этикетки"
    delete_component(actor=cast.manager, component_id=row.pk)
    assert list(Component.objects.values_list("name", flat=True)) == ["Печать"]


# Clause 6.2.
def test_support_ends_after_it_became_limited(cast: Cast) -> None:
    row = add_version(actor=cast.manager, product_id=cast.product.pk, number=5)
    dates = {"limited_from": date(2027, 1, 1), "ended_from": date(2028, 1, 1)}
    assert change_version(actor=cast.manager, version_id=row.pk, **dates).ended_from == date(2028, 1, 1)
    for ended in (date(2027, 1, 1), date(2026, 1, 1)):
        with pytest.raises(ValidationError) as refusal:
            change_version(actor=cast.manager, version_id=row.pk, limited_from=date(2027, 1, 1), ended_from=ended)
        assert complaints(refusal) == {"ended_from"}
    with pytest.raises(ValidationError):
        add_version(actor=cast.manager, product_id=cast.product.pk, number=4)
    delete_version(actor=cast.manager, version_id=row.pk)
    assert not Version.objects.filter(pk=row.pk).exists()


def test_a_build_is_typed_as_people_write_it_and_brings_its_version(cast: Cast) -> None:
    row = add_build(actor=cast.manager, product_id=cast.product.pk, number=" 6.0.12 ", released_on=date(2026, 5, 1))
    assert (row.full_number, row.version.number, row.version.product) == ("6.0.12", 6, cast.product)
    again = add_build(actor=cast.manager, product_id=cast.product.pk, number="6.1.0")
    assert again.version_id == row.version_id
    assert change_build(actor=cast.manager, build_id=again.pk, released_on=date(2026, 6, 1)).released_on
    delete_build(actor=cast.manager, build_id=again.pk)
    assert not Build.objects.filter(pk=again.pk).exists()


@pytest.mark.parametrize(
    "number", ["", "4", "4.12", "4.12.3.1", "4.12.x", "v4.12.3", "4,12,3", "٤.١.٢", "4.12.9999999"]
)
def test_anything_else_is_no_build_number(cast: Cast, number: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_build(actor=cast.manager, product_id=cast.product.pk, number=number)
    assert complaints(refusal) == {"number"}


def test_a_build_is_there_once(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_build(actor=cast.manager, product_id=cast.product.pk, number="4.12.3")
    assert complaints(refusal) == {"number"}


def known(cast: Cast, **changes: Any) -> KnownError:
    return add_known_error(actor=cast.manager, **{**KNOWN, "product_id": cast.product.pk, **changes})


def test_a_known_error_is_fixed_in_a_released_build_or_planned_with_a_date(cast: Cast) -> None:
    released = add_build(actor=cast.manager, product_id=cast.product.pk, number="4.13.0", released_on=date(2026, 1, 1))
    planned = add_build(actor=cast.manager, product_id=cast.product.pk, number="4.14.0")
    row = known(
        cast,
        code=" ke-9 ",
        affected_ids=[cast.build.pk],
        fix=Fix(planned_for_id=planned.pk, planned_on=date(2027, 1, 1)),
    )
    assert (row.code, row.planned_for, list(row.affected_builds.all())) == ("KE-9", planned, [cast.build])
    same: dict[str, Any] = {**KNOWN, "description": "Что", "workaround": "Как", "affected_ids": []}
    row = change_known_error(
        actor=cast.manager,
        known_error_id=row.pk,
        reason="Успели раньше",
        **{**same, "fix": Fix(fixed_in_id=released.pk)},
    )
    assert (row.fixed_in, row.planned_for_id, row.planned_on) == (released, None, None)
    assert not row.affected_builds.exists()


def test_the_plan_of_a_fix_is_whole(cast: Cast) -> None:
    mine = cast.build.pk
    released = add_build(actor=cast.manager, product_id=cast.product.pk, number="4.13.0", released_on=date(2026, 1, 1))
    late = add_build(actor=cast.manager, product_id=cast.product.pk, number="4.15.0", released_on=date(2026, 11, 19))
    foreign = add_build(
        actor=cast.manager, product_id=cast.other_product.pk, number="1.0.0", released_on=date(2026, 1, 1)
    )
    soon = date(2027, 1, 1)
    planned = Fix(planned_for_id=mine, planned_on=soon)
    five = Version.objects.create(product=cast.product, number=5)
    table: list[tuple[dict[str, Any], set[str]]] = [
        ({"fix": Fix()}, {"planned_for"}),
        ({"fix": Fix(fixed_in_version_id=five.pk)}, {"fixed_in_version"}),
        ({"fix": Fix(planned_for_version_id=five.pk)}, {"planned_on"}),
        ({"affected_version_ids": [foreign.version_id]}, {"affected_versions"}),
        ({"confirmation": Confirmation("", " ", "")}, {"differs_from", "reproduced", "ruled_out"}),
        ({"confirmation": Confirmation("a", "b", "c" * 4001)}, {"ruled_out"}),
        ({"fix": Fix(planned_for_id=mine)}, {"planned_on"}),
        ({"fix": Fix(planned_on=soon)}, {"planned_for"}),
        ({"fix": Fix(fixed_in_id=mine)}, {"fixed_in"}),
        ({"fix": Fix(fixed_in_id=late.pk)}, {"fixed_in"}),
        ({"fix": Fix(fixed_in_id=foreign.pk)}, {"fixed_in"}),
        ({"fix": Fix(fixed_in_id=ABSENT)}, {"fixed_in"}),
        ({"fix": Fix(released.pk, mine, soon)}, {"planned_for"}),
        ({"fix": Fix(planned_for_id=foreign.pk, planned_on=soon)}, {"planned_for"}),
        ({"affected_ids": [mine, foreign.pk]}, {"affected_builds"}),
        ({"code": cast.known_error.code}, {"code"}),
        ({"title": " "}, {"title"}),
    ]
    for changes, fields in table:
        with pytest.raises(ValidationError) as refusal:
            known(cast, **{"fix": planned, **changes})
        assert complaints(refusal) == fields, changes


def test_a_known_error_goes_with_its_builds_unless_a_ticket_names_it(cast: Cast) -> None:
    Build.objects.filter(pk=cast.build.pk).update(released_on=date(2026, 11, 1))
    row = known(cast, affected_ids=[cast.build.pk], fix=Fix(fixed_in_id=cast.build.pk))
    delete_known_error(actor=cast.manager, known_error_id=row.pk)
    assert not KnownError.objects.filter(pk=row.pk).exists()


def test_another_vendor_is_reached_somehow(cast: Cast) -> None:
    row = add_vendor(actor=cast.manager, entry=replace(ENTRY, name=" Весы ", url="https://vesy.example"))
    entry = replace(ENTRY, phone="+7 495 1", hours="8–17", contract="yes", asks_for="Серийный номер")
    changed = change_vendor(actor=cast.manager, vendor_id=row.pk, entry=entry)
    assert (changed.name, changed.phone, changed.url, changed.hours) == ("Имя", "+7 495 1", "", "8–17")
    for wrong, field in (
        ({"name": cast.vendor.name}, "name"),
        ({"how_to_reach": ""}, "how_to_reach"),
        ({"email": "x"}, "email"),
        ({"contract": "perhaps"}, "contract"),
        ({"portal": "javascript:1"}, "portal"),
    ):
        with pytest.raises(ValidationError) as refusal:
            add_vendor(actor=cast.manager, entry=replace(ENTRY, **{"name": "Новый", **wrong}))
        assert complaints(refusal) == {field}
    delete_vendor(actor=cast.manager, vendor_id=row.pk)
    assert list(OtherVendor.objects.all()) == [cast.vendor]
