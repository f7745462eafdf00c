"""Keeping customers, their plants and people: what is accepted, what is refused and why."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mespace.accounts.actor import NOBODY, Refused
from mespace.accounts.errors import PersonNotFound
from mespace.accounts.permissions import Role
from mespace.customers.actors import actor_of
from mespace.customers.contract_terms import ContractTerms
from mespace.customers.legal_entity import LegalEntity
from mespace.customers.models import Area, Customer, Installation, Project, Site, WorkCenter
from mespace.customers.operations.add_area import add_area
from mespace.customers.operations.add_contract import add_contract
from mespace.customers.operations.add_customer import add_customer
from mespace.customers.operations.add_site import add_site
from mespace.customers.operations.add_work_center import add_work_center
from mespace.customers.operations.amend_contract import Amendment, amend_contract
from mespace.customers.operations.change_area import change_area
from mespace.customers.operations.change_customer import change_customer
from mespace.customers.operations.change_person import change_person
from mespace.customers.operations.change_site import change_site
from mespace.customers.operations.change_work_center import change_work_center
from mespace.customers.operations.delete_area import delete_area
from mespace.customers.operations.delete_contract import delete_contract
from mespace.customers.operations.delete_customer import delete_customer
from mespace.customers.operations.delete_site import delete_site
from mespace.customers.operations.delete_work_center import delete_work_center
from mespace.customers.operations.end_contract_early import end_contract_early
from mespace.customers.operations.remove_installation import remove_installation
from mespace.customers.operations.set_installation import set_installation
from mespace.platform.rows import InUse, RowNotFound
from mespace.products.models import Build
from mespace.tickets.operations._place import Place
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
ABSENT = 2_000_000_000
DAY = date(2026, 1, 1)
TERMS = ContractTerms("1", "Договор", "paper", [1], DAY, DAY, DAY)
SITE: dict[str, Any] = {"name": "Площадка", "time_zone": "Europe/Moscow", "address": "", "is_active": True}
CUSTOMER: dict[str, Any] = {
    "name": "Имя",
    "short_name": "",
    "project_name": "",
    "narrow_to_sites": False,
    "ticket_types": [],
    "note": "",
}
PERSON: dict[str, Any] = {
    "full_name": "Пётр",
    "role": Role.CUSTOMER_USER,
    "job_title": "",
    "phone": "",
    "site_ids": [],
    "home_site_id": None,
}

# Every operation with arguments for a row that is not there: refused before it is looked for.
OPERATIONS: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (add_customer, {**CUSTOMER, "now": NOW, "project_code": "NEW"}),
    (change_customer, {**CUSTOMER, "customer_id": ABSENT}),
    (delete_customer, {"customer_id": ABSENT}),
    (add_site, {**SITE, "customer_id": ABSENT}),
    (change_site, {**SITE, "site_id": ABSENT}),
    (delete_site, {"site_id": ABSENT}),
    (add_area, {"site_id": ABSENT, "name": "X"}),
    (change_area, {"area_id": ABSENT, "name": "X"}),
    (delete_area, {"area_id": ABSENT}),
    (add_work_center, {"area_id": ABSENT, "name": "X"}),
    (change_work_center, {"work_center_id": ABSENT, "name": "X"}),
    (delete_work_center, {"work_center_id": ABSENT}),
    (remove_installation, {"now": NOW, "installation_id": ABSENT}),
    (add_contract, {"now": NOW, "customer_id": ABSENT, "terms": TERMS}),
    (amend_contract, {"now": NOW, "contract_id": ABSENT, "amendment": Amendment(TERMS, DAY, "Доп. соглашение")}),
    (end_contract_early, {"now": NOW, "contract_id": ABSENT, "last_day": DAY, "reason": "Расторжение"}),
    (delete_contract, {"contract_id": ABSENT}),
    (change_person, {**PERSON, "now": NOW, "user_id": ABSENT}),
]
OTHERS = ("agent", "contractor", "director", "auditor", "administrator", "engineer", "responsible")


@pytest.mark.parametrize(("operation", "arguments"), OPERATIONS, ids=lambda value: getattr(value, "__name__", ""))
def test_only_managers_keep_customers(cast: Cast, operation: Callable[..., Any], arguments: dict[str, Any]) -> None:
    for actor in [*(cast.actors[name] for name in OTHERS), NOBODY]:
        with pytest.raises(Refused):
            operation(actor=actor, **arguments)
    if operation is not add_customer:
        with pytest.raises((RowNotFound, PersonNotFound)):
            operation(actor=cast.manager, **arguments)


def complaints(refusal: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(refusal.value.message_dict)


def test_a_customer_comes_with_its_project(cast: Cast) -> None:
    row = add_customer(
        actor=cast.manager, now=NOW, name="  АО  «Новый» ", project_code=" new ", ticket_types=["incident"], note=" н "
    )
    assert (row.name, row.short_name, row.ticket_types, row.note, row.created_at) == (
        "АО «Новый»",
        "АО «Новый»",
        ["incident"],
        "н",
        NOW,
    )
    assert (row.project.code, row.project.name, row.project.last_number) == ("NEW", "АО «Новый»", 0)
    changed = {**CUSTOMER, "name": "Другой", "short_name": "Др", "project_name": "Линии", "narrow_to_sites": True}
    change_customer(actor=cast.manager, customer_id=row.pk, **changed)
    row = Customer.objects.select_related("project").get(pk=row.pk)
    assert (str(row), row.narrow_to_sites, row.ticket_types) == ("Др", True, [])
    assert (row.project.code, row.project.name) == ("NEW", "Линии")
    delete_customer(actor=cast.manager, customer_id=row.pk)
    assert not Project.objects.filter(code="NEW").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "Завод"}, "name"),
        ({"name": " "}, "name"),
        ({"project_code": "ZAVOD"}, "project_code"),
        ({"project_code": "zavod"}, "project_code"),
        ({"project_code": "1A"}, "project_code"),
        ({"project_code": "ЗАВОД"}, "project_code"),
        ({"project_code": "A"}, "project_code"),
        ({"project_code": ""}, "project_code"),
        ({"project_name": "п" * 201}, "project_name"),
    ],
)
def test_a_customer_is_refused_by_field_and_leaves_nothing(cast: Cast, changes: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_customer(actor=cast.manager, now=NOW, **{"name": "Новый", "project_code": "NEW", **changes})
    assert complaints(refusal) == ({"name", "short_name"} if changes.get("name") == " " else {field})
    assert Customer.objects.count() == 2


def test_a_customer_with_anything_stays(cast: Cast) -> None:
    with pytest.raises(InUse):
        delete_customer(actor=cast.manager, customer_id=cast.factory.pk)
    assert Project.objects.filter(customer=cast.factory).exists()


def test_a_plant_is_built_renamed_and_taken_apart(cast: Cast) -> None:
    site = add_site(actor=cast.manager, customer_id=cast.factory.pk, name=" Новая ", time_zone="Asia/Omsk")
    area = add_area(actor=cast.manager, site_id=site.pk, name="Цех")
    line = add_work_center(actor=cast.manager, area_id=area.pk, name="Линия")
    assert change_area(actor=cast.manager, area_id=area.pk, name="Цех 2").name == "Цех 2"
    assert change_work_center(actor=cast.manager, work_center_id=line.pk, name="Линия 2").name == "Линия 2"
    changed = change_site(actor=cast.manager, site_id=site.pk, **{**SITE, "name": "Старая", "is_active": False})
    assert (changed.name, changed.time_zone, changed.is_active) == ("Старая", "Europe/Moscow", False)
    for delete, arguments, by in (
        (delete_site, {"site_id": site.pk}, "customers.area"),
        (delete_area, {"area_id": area.pk}, "customers.workcenter"),
    ):
        with pytest.raises(InUse) as refusal:
            delete(actor=cast.manager, **arguments)
        assert refusal.value.by == by
    delete_work_center(actor=cast.manager, work_center_id=line.pk)
    delete_area(actor=cast.manager, area_id=area.pk)
    delete_site(actor=cast.manager, site_id=site.pk)
    assert not Site.objects.filter(pk=site.pk).exists()
    assert not Area.objects.filter(pk=area.pk).exists()
    assert not WorkCenter.objects.filter(pk=line.pk).exists()


def test_names_within_a_plant_are_told_apart(cast: Cast) -> None:
    for act, arguments in (
        (add_site, {**SITE, "customer_id": cast.factory.pk, "name": cast.site.name}),
        (add_area, {"site_id": cast.site.pk, "name": cast.area.name}),
        (add_work_center, {"area_id": cast.area.pk, "name": cast.work_center.name}),
        (add_area, {"site_id": cast.site.pk, "name": " "}),
        (add_site, {**SITE, "customer_id": cast.factory.pk, "time_zone": "Mars/Olympus"}),
    ):
        with pytest.raises(ValidationError):
            act(actor=cast.manager, **arguments)


def test_a_place_that_a_ticket_names_stays(cast: Cast) -> None:
    cast.file(
        now=NOW,
        place=Place(
            site_id=cast.site.pk, area_id=cast.area.pk, work_center_id=cast.work_center.pk, build_id=cast.build.pk
        ),
    )
    with pytest.raises(InUse) as refusal:
        delete_work_center(actor=cast.manager, work_center_id=cast.work_center.pk)
    assert refusal.value.by == "tickets.ticket"


def test_one_build_of_a_product_runs_at_a_site(cast: Cast) -> None:
    newer = Build.objects.create(version=cast.build.version, major=13, minor=0)
    first = set_installation(actor=cast.manager, now=NOW, site_id=cast.site.pk, build_id=cast.build.pk, since=DAY)
    second = set_installation(actor=cast.manager, now=NOW, site_id=cast.site.pk, build_id=newer.pk)
    assert (second.pk, second.build, second.since) == (first.pk, newer, None)
    with pytest.raises(ValidationError) as refusal:
        set_installation(actor=cast.manager, now=NOW, site_id=cast.site.pk, build_id=ABSENT)
    assert complaints(refusal) == {"build"}
    remove_installation(actor=cast.manager, now=NOW, installation_id=first.pk)
    assert not Installation.objects.exists()


def test_a_person_gets_another_role_and_other_sites(cast: Cast) -> None:
    cast.factory.narrow_to_sites = True
    cast.factory.save()
    engineer = cast.users["engineer"]
    change_person(
        actor=cast.manager,
        now=NOW,
        user_id=engineer.pk,
        **{
            **PERSON,
            "full_name": " Пётр  Ильич ",
            "site_ids": [cast.other_site.pk],
            "home_site_id": cast.other_site.pk,
        },
    )
    engineer.refresh_from_db()
    assert (engineer.full_name, engineer.membership.home_site) == ("Пётр Ильич", cast.other_site)
    assert actor_of(engineer).site_ids == {cast.other_site.pk}
    change_person(actor=cast.manager, now=NOW, user_id=engineer.pk, **{**PERSON, "role": Role.RESPONSIBLE})
    engineer = type(engineer).objects.get(pk=engineer.pk)
    assert actor_of(engineer).site_ids is None
    assert actor_of(engineer).roles == {Role.RESPONSIBLE}


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"role": Role.AGENT}, "role"), ({"full_name": " "}, "full_name"), ({"phone": "1" * 51}, "phone")],
)
def test_a_person_stays_a_customers(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        change_person(actor=cast.manager, now=NOW, user_id=cast.users["engineer"].pk, **{**PERSON, **changes})
    assert complaints(refusal) == {field}


def test_sites_of_another_customer_are_not_given(cast: Cast) -> None:
    foreign = cast.rival.sites.get().pk
    for changes in ({"site_ids": [cast.site.pk, foreign]}, {"home_site_id": foreign}):
        with pytest.raises(ValidationError) as refusal:
            change_person(actor=cast.manager, now=NOW, user_id=cast.users["engineer"].pk, **{**PERSON, **changes})
        assert complaints(refusal) == {"sites"}
    with pytest.raises(Refused):
        change_person(actor=cast.manager, now=NOW, user_id=cast.users["agent"].pk, **PERSON)


def test_a_shop_and_a_section_move_while_no_request_names_them(cast: Cast) -> None:
    foreign = cast.rival.sites.get()
    with pytest.raises(ValidationError) as refusal:
        change_area(actor=cast.manager, area_id=cast.area.pk, name="Цех 1", site_id=foreign.pk)
    assert complaints(refusal) == {"site_id"}
    moved = change_area(actor=cast.manager, area_id=cast.area.pk, name="Цех 1", site_id=cast.other_site.pk)
    assert (moved.site, moved.work_centers.get()) == (cast.other_site, cast.work_center)
    change_area(actor=cast.manager, area_id=cast.area.pk, name="Цех 1", site_id=cast.site.pk)
    second = add_area(actor=cast.manager, site_id=cast.other_site.pk, name="Цех 2")
    there = {"work_center_id": cast.work_center.pk, "name": "Линия 3"}
    assert change_work_center(actor=cast.manager, **there, area_id=second.pk).area == second
    change_work_center(actor=cast.manager, **there, area_id=cast.area.pk)
    place = Place(site_id=cast.site.pk, area_id=cast.area.pk, work_center_id=cast.work_center.pk)
    cast.file(now=NOW, place=place)
    for call, field in (
        (
            lambda: change_area(actor=cast.manager, area_id=cast.area.pk, name="Ц", site_id=cast.other_site.pk),
            "site_id",
        ),
        (lambda: change_work_center(actor=cast.manager, **there, area_id=second.pk), "area_id"),
    ):
        with pytest.raises(ValidationError) as refusal:
            call()
        assert complaints(refusal) == {field}
    assert change_area(actor=cast.manager, area_id=cast.area.pk, name="Иначе").name == "Иначе"


def test_an_inn_belongs_to_one_customer_and_many_may_lack_one(cast: Cast) -> None:
    row = add_customer(
        actor=cast.manager, now=NOW, name="Новый", project_code="NEW", legal=LegalEntity("7707083893", "773601001")
    )
    assert (row.inn, row.kpp) == ("7707083893", "773601001")
    for legal, field in ((LegalEntity("7707083893"), "inn"), (LegalEntity("1"), "inn"), (LegalEntity(kpp="1"), "kpp")):
        with pytest.raises(ValidationError) as refusal:
            add_customer(actor=cast.manager, now=NOW, name="Другой", project_code="OTHER", legal=legal)
        assert complaints(refusal) == {field}
