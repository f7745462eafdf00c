"""Who sees the managers' pages: every address × every role."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mespace.customers.models import ContractPerson, CustomerImport, Installation
from mespace.products.models import Component, SupportedConfiguration
from mespace.web.manage.urls import urlpatterns
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db

READ, FILL, CHANGE = "read", "fill", "change"
CONFIRMED = ("known_error_new", "known_error_edit")  # agents confirm errors of the software

PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "home": (READ, ()),
    "customers": (READ, ()),
    "customer": (READ, ("customer",)),
    "person": (READ, ("user",)),
    "contracts": (READ, ()),
    "contract": (READ, ("contract",)),
    "import": (READ, ("import",)),
    "import_template": (READ, ("kind",)),
    "contract_revision": (READ, ("contract", "revision")),
    "onboarding": (READ, ()),
    "responsible": (READ, ("named",)),
    "responsible_new": (FILL, ("contract",)),
    "responsible_invite": (CHANGE, ("named",)),
    "responsible_handed_over": (CHANGE, ("named",)),
    "responsible_strike": (CHANGE, ("named",)),
    "products": (READ, ()),
    "product": (READ, ("product",)),
    "release": (READ, ("build",)),
    "release_edit": (FILL, ("build",)),
    "release_publish": (CHANGE, ("build",)),
    "release_resume": (CHANGE, ("build",)),
    "known_errors": (READ, ()),
    "known_error": (READ, ("known_error",)),
    "vendors": (READ, ()),
    "editions": (READ, ()),
    "calendars": (READ, ()),
    "calendar": (READ, ("calendar", "year")),
    "customer_new": (FILL, ()),
    "customer_edit": (FILL, ("customer",)),
    "site_new": (FILL, ("customer",)),
    "site_edit": (FILL, ("site",)),
    "area_new": (FILL, ("site",)),
    "area_edit": (FILL, ("area",)),
    "work_center_new": (FILL, ("area",)),
    "work_center_edit": (FILL, ("work_center",)),
    "installation_new": (FILL, ("site",)),
    "person_new": (FILL, ("customer",)),
    "person_edit": (FILL, ("user",)),
    "contract_new": (FILL, ("customer",)),
    "contract_edit": (FILL, ("contract",)),
    "import_new": (FILL, ("customer",)),
    "contract_renew": (FILL, ("contract",)),
    "contract_end": (FILL, ("contract",)),
    "product_new": (FILL, ()),
    "product_edit": (FILL, ("product",)),
    "component_new": (FILL, ("product",)),
    "component_edit": (FILL, ("component",)),
    "configuration_new": (FILL, ("product",)),
    "configuration_edit": (FILL, ("configuration",)),
    "version_new": (FILL, ("product",)),
    "version_edit": (FILL, ("version",)),
    "build_new": (FILL, ("product",)),
    "build_edit": (FILL, ("build",)),
    "known_error_new": (FILL, ("product",)),
    "known_error_edit": (FILL, ("known_error",)),
    "known_error_withdraw": (FILL, ("known_error",)),
    "vendor_new": (FILL, ()),
    "vendor_edit": (FILL, ("vendor",)),
    "customer_delete": (CHANGE, ("customer",)),
    "site_delete": (CHANGE, ("site",)),
    "area_delete": (CHANGE, ("area",)),
    "work_center_delete": (CHANGE, ("work_center",)),
    "installation_delete": (CHANGE, ("installation",)),
    "import_apply": (CHANGE, ("import",)),
    "person_invite": (CHANGE, ("user",)),
    "person_unlink": (CHANGE, ("user",)),
    "person_disable": (CHANGE, ("user",)),
    "person_enable": (CHANGE, ("user",)),
    "contract_delete": (CHANGE, ("contract",)),
    "product_delete": (CHANGE, ("product",)),
    "component_delete": (CHANGE, ("component",)),
    "configuration_delete": (CHANGE, ("configuration",)),
    "version_delete": (CHANGE, ("version",)),
    "build_delete": (CHANGE, ("build",)),
    "known_error_delete": (CHANGE, ("known_error",)),
    "vendor_delete": (CHANGE, ("vendor",)),
    "preview": (CHANGE, ()),
}
READERS = ("manager", "agent", "director", "auditor")
STAFF_OUTSIDE = ("contractor", "administrator")
CUSTOMERS = ("engineer", "responsible", "stranger")
ABSENT = 2_000_000_000


def arguments(cast: Cast, names: tuple[str, ...], *, absent: bool = False) -> list[Any]:
    component, _ = Component.objects.get_or_create(product=cast.product, name="Печать")
    configuration, _ = SupportedConfiguration.objects.get_or_create(product=cast.product, kind="os", name="Linux")
    installation, _ = Installation.objects.get_or_create(site=cast.site, product=cast.product, build=cast.build)
    named, _ = ContractPerson.objects.get_or_create(
        contract=cast.contract,
        email="named@example.org",
        defaults={"full_name": "Новый", "named_on": date(2026, 11, 1), "entered_at": WEDNESDAY},
    )
    values: dict[str, Any] = {
        "customer": cast.factory.pk,
        "site": cast.site.pk,
        "area": cast.area.pk,
        "work_center": cast.work_center.pk,
        "installation": installation.pk,
        "named": named.pk,
        "user": cast.users["engineer"].pk,
        "contract": cast.contract.pk,
        "product": cast.product.pk,
        "component": component.pk,
        "configuration": configuration.pk,
        "version": cast.build.version_id,
        "build": cast.build.pk,
        "known_error": cast.known_error.pk,
        "vendor": cast.vendor.pk,
        "edition": "2019-09-01",
        "calendar": "ru-1",
        "year": 2024,
        "revision": 1,
        "kind": "sites",
        "import": CustomerImport.objects.create(
            customer=cast.factory,
            kind="sites",
            file_name="sites.csv",
            rows=[[2, {"site": "Склад"}]],
            uploaded_by=cast.users["manager"],
            uploaded_at=cast.factory.created_at,
        ).pk,
    }
    if absent:
        values = {name: "none" if isinstance(value, str) else ABSENT for name, value in values.items()}
    return [values[name] for name in names]


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def address(cast: Cast, name: str, *, absent: bool = False) -> str:
    return reverse(f"manage:{name}", args=arguments(cast, PAGES[name][1], absent=absent))


def test_every_address_is_listed_here() -> None:
    assert {pattern.name for pattern in urlpatterns} == PAGES.keys()


def test_every_view_asks_for_a_right() -> None:
    assert [pattern.name for pattern in urlpatterns if not hasattr(pattern.callback, "needs")] == []


def answers(cast: Cast, who: str, method: str, *, absent: bool = False) -> dict[str, int]:
    """The status of every page for somebody of the cast."""
    client = signed_in(cast, who) if who else Client()
    ask = client.get if method == "GET" else client.post
    return {name: ask(address(cast, name, absent=absent)).status_code for name in PAGES}


def opened(name: str, *, fills: bool) -> int:
    kind, _ = PAGES[name]
    if kind == CHANGE:
        return 405  # a wrong method is refused before a right is asked for
    if kind == FILL and not fills:
        return 403
    return 303 if name in {"home", "calendars"} else 200


@pytest.mark.parametrize("who", READERS)
def test_readers_read_and_only_managers_open_forms(cast: Cast, who: str) -> None:
    expected = {name: opened(name, fills=who == "manager") for name in PAGES}
    assert answers(cast, who, "GET") == expected | (dict.fromkeys(CONFIRMED, 200) if who == "agent" else {})


@pytest.mark.parametrize("who", READERS[1:])
def test_readers_change_nothing(cast: Cast, who: str) -> None:
    expected = {name: 405 if kind == READ else 403 for name, (kind, _) in PAGES.items()} | {"preview": 200}
    assert answers(cast, who, "POST") == expected | (dict.fromkeys(CONFIRMED, 422) if who == "agent" else {})


@pytest.mark.parametrize(
    ("who", "status"), [*((who, 403) for who in STAFF_OUTSIDE), *((who, 404) for who in CUSTOMERS)]
)
def test_other_staff_are_refused_and_customers_find_nothing(cast: Cast, who: str, status: int) -> None:
    assert answers(cast, who, "GET") == {name: 405 if kind == CHANGE else status for name, (kind, _) in PAGES.items()}
    assert answers(cast, who, "POST") == {name: 405 if kind == READ else status for name, (kind, _) in PAGES.items()}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_strangers_sign_in_first(cast: Cast, method: str) -> None:
    assert set(answers(cast, "", method).values()) == {302}


def test_what_does_not_exist_is_not_found(cast: Cast) -> None:
    named = {name for name, (_, needed) in PAGES.items() if needed}
    got, sent = (answers(cast, "manager", method, absent=True) for method in ("GET", "POST"))
    assert {name: got[name] for name in named if PAGES[name][0] != CHANGE} == {
        name: 404 for name in named if PAGES[name][0] != CHANGE
    }
    assert {name: sent[name] for name in named if PAGES[name][0] != READ} == {
        name: 404 for name in named if PAGES[name][0] != READ
    }


def test_an_empty_form_is_answered_with_its_errors(cast: Cast) -> None:
    client = signed_in(cast, "manager")
    for name, (kind, _) in PAGES.items():
        if kind != FILL or name in {"version_edit", "build_edit"}:  # nothing is required in these
            continue
        response = client.post(address(cast, name), {})
        assert response.status_code == 422, name
        assert "data-form-errors" in response.content.decode(), name


def test_staff_are_no_customers_people(cast: Cast) -> None:
    client = signed_in(cast, "manager")
    for name in ("person", "person_edit"):
        assert client.get(reverse(f"manage:{name}", args=[cast.users["agent"].pk])).status_code == 404
    for name in ("person_invite", "person_unlink", "person_disable", "person_enable"):
        assert client.post(reverse(f"manage:{name}", args=[cast.users["agent"].pk])).status_code == 404


def test_readers_see_no_buttons(cast: Cast) -> None:
    Installation.objects.create(site=cast.site, product=cast.product, build=cast.build, since=date(2026, 1, 1))
    for name in ("customers", "customer", "person", "contract", "product", "known_error", "known_errors", "vendors"):
        text = signed_in(cast, "auditor").get(address(cast, name)).content.decode()
        assert "/edit/" not in text, name
        assert "/new/" not in text, name
        assert "/delete/" not in text, name
        assert "/edit/" in signed_in(cast, "manager").get(address(cast, "customer")).content.decode()
