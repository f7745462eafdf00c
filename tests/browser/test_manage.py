"""The managers' pages in a real browser: accessible, within a phone's width, with and without scripts."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from mespace.customers.importing.columns import ImportKind
from mespace.customers.models import Installation
from mespace.customers.operations.end_contract_early import end_contract_early
from mespace.customers.operations.upload_import import upload_import
from mespace.platform import clock
from mespace.products.models import Component, Product
from tests.cast import WEDNESDAY, Cast, make_cast

Opener = Callable[..., Any]
PEOPLE = (
    "ФИО;Почта;Телефон\nАнна Лебедева;anna@zavod.example;\nEngineer;engineer@example.org;8 351\nБорис;нет адреса;\n"
)
THEMES = [(1440, "light"), (390, "dark"), (320, "light")]


@pytest.fixture
def cast(http_site: Any) -> Iterator[Cast]:
    with clock.stepped(WEDNESDAY):
        cast = make_cast()
        Installation.objects.create(site=cast.site, product=cast.product, build=cast.build, since=date(2026, 1, 1))
        Component.objects.create(product=cast.product, name="Печать")
        end_contract_early(
            actor=cast.manager,
            now=WEDNESDAY,
            contract_id=cast.contract.pk,
            last_day=date(2026, 12, 20),
            reason="Линия продана: соглашение № 3 от 10 ноября.",
        )
        yield cast


def table(cast: Cast) -> int:
    """A table to be imported, with an error in it."""
    common: dict[str, Any] = {"actor": cast.manager, "now": WEDNESDAY, "customer_id": cast.factory.pk}
    return int(upload_import(**common, kind=ImportKind.PEOPLE, file_name="люди.csv", data=PEOPLE.encode()).pk)


@pytest.fixture
def manage(cast: Cast, http_site: Any, new_page: Opener) -> Opener:
    """A page in which the manager is signed in."""

    def opened(**options: Any) -> Any:
        client = Client()
        client.force_login(cast.users["manager"])
        page = new_page(**options)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": http_site.url}]
        )
        return page

    return opened


@pytest.mark.parametrize(("width", "theme"), THEMES)
def test_pages_are_accessible_and_fit(
    cast: Cast, manage: Opener, accessible: Callable[[Any], None], width: int, theme: str
) -> None:
    page = manage(viewport={"width": width, "height": 900}, color_scheme=theme)
    for url in (
        "/manage/customers/",
        f"/manage/customers/{cast.factory.pk}/",
        f"/manage/customers/{cast.factory.pk}/contracts/new/",
        f"/manage/people/{cast.users['engineer'].pk}/",
        f"/manage/contracts/{cast.contract.pk}/",
        f"/manage/contracts/{cast.contract.pk}/edit/",
        f"/manage/contracts/{cast.contract.pk}/revisions/2/",
        f"/manage/customers/{cast.factory.pk}/import/",
        f"/manage/imports/{table(cast)}/",
        f"/manage/products/{cast.product.pk}/",
        f"/manage/known-errors/{cast.known_error.pk}/edit/",
        "/manage/calendars/ru-1/2024/",
    ):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url
        accessible(page)


def test_a_deletion_is_asked_about_in_the_page(cast: Cast, manage: Opener) -> None:
    page = manage()
    page.goto(f"/manage/products/{cast.product.pk}/")
    delete = "#components button[aria-label='Удалить: Печать']"
    page.click(delete)
    page.click("dialog[open] button[value=no]")
    assert Component.objects.exists()
    page.click(delete)
    page.click("dialog[open] button[value=yes]")
    page.wait_for_selector("text=Компонент удалён.")
    assert not Component.objects.exists()


def test_forms_work_without_scripts(cast: Cast, manage: Opener) -> None:
    page = manage(java_script_enabled=False)
    page.goto("/manage/products/")
    page.click("text=Новое ПО")
    page.fill("[name=name]", "MES Склад")
    page.fill("[name=code]", "mes-line")
    page.click("text=Добавить ПО")
    assert "Такое уже есть у другого ПО." in page.inner_text("main")
    assert page.input_value("[name=name]") == "MES Склад"
    page.fill("[name=code]", "mes-wms")
    page.click("text=Добавить ПО")
    product = Product.objects.get(code="mes-wms")
    page.click("button[aria-label='Удалить: MES Склад']")
    page.click("main button:has-text('Удалить')")
    assert "ПО удалено." in page.inner_text("main")
    assert not Product.objects.filter(pk=product.pk).exists()


def test_an_unfinished_contract_survives_a_closed_tab(cast: Cast, manage: Opener) -> None:
    page = manage()
    url = f"/manage/customers/{cast.factory.pk}/contracts/new/"
    page.goto(url)
    page.fill("[name=number]", "ТП-77")
    page.wait_for_function("() => Object.values(localStorage).some((kept) => kept.includes('ТП-77'))")
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(url)
    assert again.input_value("[name=number]") == "ТП-77"
