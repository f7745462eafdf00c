"""The pages about what is owed in a real browser: accessible, within a phone's width, usable without scripts."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from mespace.customers.models import Installation
from mespace.customers.onboarding.naming import NamedPerson
from mespace.customers.operations.name_responsible import name_responsible
from mespace.obligations.models import Obligation
from mespace.obligations.operations.miss import due_obligations, miss
from mespace.platform import clock
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import KnownError
from mespace.products.operations.add_known_error import add_known_error
from mespace.products.operations.move_planned_fix import move_planned_fix
from tests.cast import WEDNESDAY, Cast, make_cast

Opener = Callable[..., Any]
THEMES = [(1440, "light"), (390, "dark"), (320, "light")]
DAY = timedelta(days=1)


@pytest.fixture
def cast(http_site: Any) -> Iterator[Cast]:
    """A planned fix that moved, one that was missed, one of long ago; access owed in time and broken from the start."""
    with clock.stepped(WEDNESDAY):
        cast = make_cast()
        Installation.objects.create(site=cast.site, product=cast.product, build=cast.build, since=date(2026, 1, 1))
        for code, ahead in (("KE-9", 30), ("KE-10", -2), ("KE-11", 0)):
            error = planned(cast, code, WEDNESDAY.date() + ahead * DAY)
            error.affected_builds.add(cast.build)
        moved = KnownError.objects.get(code="KE-9")
        common: dict[str, Any] = {"actor": cast.manager, "now": WEDNESDAY, "known_error_id": moved.pk}
        move_planned_fix(**common, planned_on=date(2027, 2, 1), reason="Испытания на всех моделях терминалов.")
        for number, day in enumerate((WEDNESDAY.date(), date(2026, 11, 2))):
            person = NamedPerson(f"Анна Лебедева-Константинопольская {number}", f"anna{number}@example.org", "Технолог")
            naming: dict[str, Any] = {"actor": cast.manager, "now": WEDNESDAY, "contract_id": cast.contract.pk}
            name_responsible(**naming, person=person, named_on=day)
        for pk in due_obligations(now=WEDNESDAY):
            miss(obligation_id=pk, now=WEDNESDAY)
        yield cast


def planned(cast: Cast, code: str, on: date) -> KnownError:
    return add_known_error(
        actor=cast.manager,
        now=WEDNESDAY - 10 * DAY,
        product_id=cast.product.pk,
        code=code,
        title="Очередь печати этикеток зависает после смены задания на терминале",
        confirmation=Confirmation("Руководство", "Сменить задание", "Чистая установка"),
        fix=Fix(planned_for_id=cast.build.pk, planned_on=on),
    )


@pytest.fixture
def signed_in(cast: Cast, http_site: Any, new_page: Opener) -> Opener:
    """A page in which somebody of the cast is signed in."""

    def opened(who: str, **options: Any) -> Any:
        client = Client()
        client.force_login(cast.users[who])
        page = new_page(**options)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": http_site.url}
        page.context.add_cookies([cookie])
        return page

    return opened


@pytest.mark.parametrize(("width", "theme"), THEMES)
def test_pages_are_accessible_and_fit(
    cast: Cast, signed_in: Opener, accessible: Callable[[Any], None], width: int, theme: str
) -> None:
    moved = Obligation.objects.get(kind="planned_fix", state="open", due_at__gt=WEDNESDAY + 40 * DAY)
    person = Obligation.objects.filter(kind="onboarding").latest("pk")
    staff = (
        "/ledger/",
        f"/ledger/{moved.pk}/",
        f"/ledger/{moved.pk}/move/",
        f"/ledger/{person.pk}/withdraw/",
        f"/manage/known-errors/{moved.whom_id}/",
        f"/manage/known-errors/{moved.whom_id}/withdraw/",
        f"/manage/customers/{cast.factory.pk}/contracts/new/",
        f"/manage/contracts/{cast.contract.pk}/edit/",
        "/oversight/",
        "/oversight/promise/",
    )
    own = ("/ledger/", f"/ledger/{moved.pk}/", f"/contracts/{cast.contract.pk}/")
    for who, addresses in (("manager", staff), ("responsible", own)):
        page = signed_in(who, viewport={"width": width, "height": 900}, color_scheme=theme)
        for url in addresses:
            assert page.goto(url).status == 200, url
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url
            accessible(page)


def test_a_contract_names_people_and_a_deadline_is_moved_without_scripts(cast: Cast, signed_in: Opener) -> None:
    page = signed_in("manager", java_script_enabled=False)
    page.goto(f"/manage/customers/{cast.factory.pk}/contracts/new/")
    page.fill("[name=number]", "ТП-77")
    page.check("[name=products]")
    for name in ("signed_on", "valid_from"):
        page.fill(f"[name={name}]", "2026-11-18")
    page.fill("[name=valid_until]", "2027-11-17")
    page.fill("[name=people-0-full_name]", "Борис Орлов")
    page.fill("[name=people-0-email]", "нет адреса")
    page.click("text=Внести договор")
    assert page.input_value("[name=people-0-full_name]") == "Борис Орлов"
    page.fill("[name=people-0-email]", "boris@example.org")
    page.click("summary:has-text('Сотрудник 2')")
    page.fill("[name=people-1-full_name]", "Вера Сон")
    page.fill("[name=people-1-email]", "vera@example.org")
    page.click("text=Внести договор")
    page.wait_for_selector("text=Доступ нужно дать 2 сотрудникам")
    moved = Obligation.objects.get(kind="planned_fix", state="open", due_at__gt=WEDNESDAY + 40 * DAY)
    page.goto(f"/ledger/{moved.pk}/")
    page.click("text=Перенести срок")
    page.fill("[name=due_on]", "2027-03-01")
    page.fill("[name=note]", "Ждём стенд.")
    page.click("button:has-text('Перенести срок')")
    assert "Ждём стенд." in page.inner_text("main")
    moved.refresh_from_db()
    assert KnownError.objects.get(pk=moved.whom_id).planned_on == date(2027, 3, 1)
