"""The pages of the vendor's side take as many statements for many rows as for few."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mespace.customers.importing.columns import ImportKind
from mespace.customers.models import Area, ContractPerson, Installation, Site, WorkCenter
from mespace.customers.onboarding.naming import NamedPerson
from mespace.customers.operations.add_person import add_person
from mespace.customers.operations.name_responsible import name_responsible
from mespace.customers.operations.upload_import import upload_import
from mespace.platform.clock import stepped
from mespace.products.models import Build, Component, KnownError, OtherVendor, SupportedConfiguration
from mespace.products.operations.describe_release import describe_release
from mespace.products.operations.publish_release import publish_release
from mespace.tickets.operations._steps import Closing
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.customer_reacts import Reaction, customer_reacts
from mespace.tickets.operations.link_known_error import link_known_error
from mespace.tickets.tasks import tell_of_release
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(hours=2)
ROWS = 4  # how many more


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    with stepped(NOW):
        yield


def client_of(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def statements(client: Client, url: str) -> int:
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as taken:
        client.get(url)
    return len(taken)


def linked(cast: Cast, number: int) -> None:
    """A site that runs the affected build, and a request of the same cause."""
    site = Site.objects.create(customer=cast.factory, name=f"Площадка {number}")
    Installation.objects.create(site=site, product=cast.product, build=cast.build)
    ticket = cast.file(by="responsible", place=cast.new().place.__class__(site_id=site.pk))
    link_known_error(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, known_error_id=cast.known_error.pk)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + timedelta(minutes=5))


def publish(cast: Cast) -> Build:
    """A release that fixes the known error, asked about and doubted on every request."""
    build = Build.objects.create(version=cast.build.version, major=13, minor=Build.objects.count())
    describe_release(actor=cast.manager, build_id=build.pk, notes="Новое", resolves_ids=[cast.known_error.pk])
    publish_release(actor=cast.manager, now=NOW, build_id=build.pk)
    tell_of_release(build_id=build.pk)
    for ask in build.asks.select_related("ticket"):
        customer_reacts(
            ticket_id=ask.ticket_id, actor=cast.responsible, now=NOW, reaction=Reaction("Не помогло", rejected=True)
        )
    return build


def test_pages_about_releases_and_known_errors(cast: Cast) -> None:
    cast.known_error.affected_builds.add(cast.build)
    manager, responsible = client_of(cast, "manager"), client_of(cast, "responsible")

    def counts(build: Build) -> list[int]:
        error = cast.known_error.pk
        return [
            *(statements(manager, reverse(name, args=[pk])) for name, pk in (("manage:release", build.pk),
                                                                            ("manage:known_error", error))),
            *(statements(responsible, reverse(name, args=[pk])) for name, pk in (("release", build.pk),
                                                                                ("known_error", error))),
            *(statements(manager, reverse(name)) for name in ("manage:known_errors", "manage:products")),
            statements(responsible, reverse("releases")),
            statements(manager, reverse("manage:product", args=[cast.product.pk])),
        ]  # fmt: skip

    linked(cast, 0)
    few = counts(publish(cast))
    for number in range(1, ROWS):
        linked(cast, number)
        KnownError.objects.create(product=cast.product, code=f"KE-9{number}", title="Ещё")
        SupportedConfiguration.objects.create(product=cast.product, kind="os", name=f"ОС {number}")
        Component.objects.create(product=cast.product, name=f"Часть {number}")
    many = counts(publish(cast))
    assert many == few
    assert max(few) <= 20


def test_pages_about_customers_and_contracts(cast: Cast) -> None:
    manager, responsible = client_of(cast, "manager"), client_of(cast, "responsible")
    urls = [
        reverse("manage:customers"),
        reverse("manage:customer", args=[cast.factory.pk]),
        reverse("manage:person", args=[cast.users["engineer"].pk]),
        reverse("manage:contracts"),
        reverse("manage:contract", args=[cast.contract.pk]),
        reverse("manage:onboarding"),
        reverse("manage:vendors"),
    ]

    def counts() -> list[int]:
        return [*(statements(manager, url) for url in urls), statements(responsible, reverse("contracts"))]

    def more(number: int) -> None:
        site = Site.objects.create(customer=cast.factory, name=f"Площадка {number}")
        area = Area.objects.create(site=site, name="Цех")
        WorkCenter.objects.create(area=area, name="Линия")
        Installation.objects.create(site=site, product=cast.product, build=cast.build)
        address = f"p{number}@example.org"
        common: dict[str, Any] = {"actor": cast.manager, "now": WEDNESDAY}
        add_person(**common, customer_id=cast.factory.pk, email=address, full_name=f"П {number}", site_ids=[site.pk])
        name_responsible(
            **common,
            contract_id=cast.contract.pk,
            person=NamedPerson(f"О {number}", f"o{number}@example.org"),
            named_on=date(2026, 11, 2),
        )
        OtherVendor.objects.create(name=f"Поставщик {number}", phone="1", how_to_reach="Звоните")

    more(0)
    few = counts()
    for number in range(1, ROWS):
        more(number)
    assert ContractPerson.objects.count() == ROWS
    assert counts() == few
    assert max(few) <= 25


def test_a_referral_takes_few(cast: Cast) -> None:
    ticket = cast.file()
    closing = Closing("third_party", "Принтер.", vendor_id=cast.vendor.pk)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + timedelta(minutes=5), then=closing)
    assert statements(client_of(cast, "engineer"), reverse("ticket_referral", args=[ticket.key])) <= 12


def test_a_preview_costs_its_rows_writes_and_no_more(cast: Cast) -> None:
    """A preview is the import, taken back (decision 15): each row costs its writes, whatever stands in the others."""
    manager = client_of(cast, "manager")

    def preview(rows: int) -> int:
        people = "".join(f"П {number};p{number}@zavod.example\n" for number in range(rows))
        row = upload_import(
            actor=cast.manager,
            now=NOW,
            customer_id=cast.factory.pk,
            kind=ImportKind.PEOPLE,
            file_name="люди.csv",
            data=f"ФИО;Почта\n{people}".encode(),
        )
        return statements(manager, reverse("manage:import", args=[row.pk]))

    few, more, many = preview(5), preview(15), preview(25)
    a_row = (more - few) / 10
    assert (many - more) / 10 == a_row <= 17
    assert few - 5 * a_row <= 15
