"""A manager fills an empty installation by forms alone, until a customer's person files a ticket."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.customers.actors import actor_of
from mespace.customers.models import Customer, Site, SupportContract
from mespace.platform import clock
from mespace.products.models import Build, KnownError, OtherVendor, Product
from mespace.tickets.operations._place import Place
from mespace.tickets.operations.file_ticket import NewTicket, file_ticket

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"


@pytest.fixture
def manager() -> Client:
    user = User.objects.create_user(
        email="manager@example.org", full_name="Мария", roles=[Role.MANAGER], created_at=clock.now()
    )
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, page_name: str, *args: Any, **data: Any) -> str:
    """Fill the form and follow its 303; the text of the page that it led to."""
    url = reverse(f"manage:{page_name}", args=args)
    assert client.get(url).status_code == 200
    response = client.post(url, data)
    assert response.status_code == 303, response.content.decode()
    page = client.get(response["Location"])
    assert page.status_code == 200
    return page.content.decode()


def test_it_can_be_done(manager: Client) -> None:
    first = manager.get(reverse("manage:home")).content.decode()
    assert 'aria-current="step"' in first
    assert reverse("manage:products") in first
    for name in ("customers", "products", "vendors"):
        assert (
            reverse(f"manage:{name.removesuffix('s')}_new") in manager.get(reverse(f"manage:{name}")).content.decode()
        )

    assert "Дальше" in send(manager, "product_new", name="MES Линия", code="mes-line", is_active="on")
    product = Product.objects.get()
    assert "4.12.3" in send(manager, "build_new", product.pk, number="4.12.3", released_on="2026-01-31")
    send(manager, "component_new", product.pk, name="Печать")
    page = send(manager, "customer_new", name="АО «Завод»", project_code="zavod", ticket_types=["incident", "bug"])
    customer = Customer.objects.get()
    assert "Подать обращение пока никто не может" in page
    assert "ZAVOD" in page
    page = send(manager, "site_new", customer.pk, name="Площадка 1", time_zone="Asia/Yekaterinburg", is_active="on")
    site = Site.objects.get()
    assert "МСК+2" in page
    send(manager, "area_new", site.pk, name="Цех 1")
    send(manager, "work_center_new", site.areas.get().pk, name="Линия 3")
    page = send(manager, "installation_new", site.pk, build=Build.objects.get().pk, since="2026-02-01")
    assert "4.12.3" in page
    page = send(
        manager,
        "contract_new",
        customer.pk,
        number="ТП-1",
        title="Договор о сотрудничестве",
        form="paper",
        products=[product.pk],
        signed_on="15.01.2026",
        valid_from="2026-02-01",
        valid_until="2031-01-31",
        division_of_responsibility="Сеть — **заказчик**.",
    )
    assert "договор на техническую поддержку" in page  # the warning
    assert "<strong>заказчик</strong>" in page
    assert SupportContract.objects.get().accepted_edition.code == "2019-09-01"
    page = send(
        manager,
        "person_new",
        customer.pk,
        full_name="Пётр Ильич",
        email="petr@zavod.example",
        role="customer_user",
        sites=[site.pk],
        home_site=site.pk,
        language="ru",
        time_zone="Asia/Yekaterinburg",
    )
    person = User.objects.get(email="petr@zavod.example")
    assert "Площадка 1" in page

    shown = manager.post(reverse("manage:person_invite", args=[person.pk])).content.decode()
    path = re.search(r"https?://[^/<]+(/account/link/[^<\"]+)", shown)
    assert path is not None
    assert path[1] not in manager.get(reverse("manage:person", args=[person.pk])).content.decode()
    stranger = Client()
    page_of_link = stranger.get(path[1], follow=True)
    assert page_of_link.status_code == 200
    stranger.post(page_of_link.request["PATH_INFO"], {"password": PASSWORD, "again": PASSWORD})
    person.refresh_from_db()
    assert person.has_usable_password()

    page = manager.get(reverse("manage:customer", args=[customer.pk])).content.decode()
    assert "Подать обращение пока никто не может" not in page
    assert manager.get(reverse("manage:home")).status_code == 303
    ticket = file_ticket(
        actor=actor_of(person),
        now=clock.now(),
        new=NewTicket(
            type="bug",
            subject="Не печатает",
            description="Молчит.",
            product_id=product.pk,
            place=Place(site_id=site.pk, build_id=Build.objects.get().pk),
        ),
    )
    assert ticket.key == "ZAVOD-1"
    assert manager.get(reverse("manage:contract_edit", args=[SupportContract.objects.get().pk])).status_code == 200


def test_known_errors_and_other_vendors_are_kept(manager: Client) -> None:
    send(manager, "product_new", name="MES Линия", code="mes-line", is_active="on")
    product = Product.objects.get()
    send(manager, "build_new", product.pk, number="4.12.3")
    build = Build.objects.get()
    form = manager.get(reverse("manage:known_error_new", args=[product.pk])).content.decode()
    assert 'value="KE-1"' in form
    page = send(
        manager,
        "known_error_new",
        product.pk,
        code="KE-1",
        title="Очередь",
        differs_from="Руководство, раздел 2",
        reproduced="Сменить задание",
        ruled_out="Повторяется на чистой установке",
        description="Очередь *зависает*.",
        affected_builds=[build.pk],
        planned_for=build.pk,
        planned_on="2027-02-01",
    )
    assert "<em>зависает</em>" in page
    assert "01.02.2027" in page
    page = send(manager, "vendor_new", name="Весы", how_to_reach="Звоните.\nПо будням.", phone="+7 495")
    assert "По будням." in page
    assert (KnownError.objects.count(), OtherVendor.objects.count()) == (1, 1)
