"""Passports: who sees and writes them, their history, and how few statements they take."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mespace.accounts.actor import Refused
from mespace.customers.models import InstallationRecord, Site
from mespace.customers.operations.remove_installation import remove_installation
from mespace.customers.operations.set_installation import set_installation
from mespace.customers.passports import passport, passport_if, passports, products_not_on_record
from mespace.platform.rows import RowNotFound
from mespace.products.matrix import Item, Light
from mespace.products.models import Build, SupportedConfiguration
from tests.cast import WEDNESDAY, Cast, narrowed

pytestmark = pytest.mark.django_db
WINDOWS = Item("os", "Windows", "10")


def install(cast: Cast, by: str = "responsible", site: Site | None = None, **more: object) -> None:
    said: dict[str, object] = {"build_id": cast.build.pk, "items": [WINDOWS], **more}
    set_installation(actor=cast.actors[by], now=WEDNESDAY, site_id=(site or cast.site).pk, **said)  # type: ignore[arg-type]


def test_the_history_keeps_what_was_said_by_whom_and_when(cast: Cast) -> None:
    newer = Build.objects.create(version=cast.build.version, major=13, minor=0, released_on=date(2026, 10, 1))
    install(cast)
    install(cast)  # the same again is no news
    install(cast, by="agent", build_id=newer.pk, items=None)
    found = passport(actor=cast.engineer, site_id=cast.site.pk, now=WEDNESDAY)
    assert [(record.build, record.by, record.configuration) for record in found.history] == [
        (newer, cast.users["agent"], [{"kind": "os", "name": "Windows", "version": "10"}]),
        (cast.build, cast.users["responsible"], [{"kind": "os", "name": "Windows", "version": "10"}]),
    ]
    remove_installation(actor=cast.manager, now=WEDNESDAY, installation_id=found.products[0].installation_id or 0)
    after = passport(actor=cast.engineer, site_id=cast.site.pk, now=WEDNESDAY)
    assert (after.products, after.history[0].build, after.light) == ([], None, None)
    assert products_not_on_record(after) == [cast.product]


def test_the_colours_follow_the_matrix_and_the_version(cast: Cast) -> None:
    SupportedConfiguration.objects.create(product=cast.product, kind="os", name="Windows", lowest="10", highest="11")
    install(cast)
    assert passport(actor=cast.engineer, site_id=cast.site.pk, now=WEDNESDAY).light is Light.GREEN
    install(cast, items=[Item("os", "Windows", "7")])
    assert passport(actor=cast.engineer, site_id=cast.site.pk, now=WEDNESDAY).light is Light.RED
    install(cast)
    cast.build.version.ended_from = WEDNESDAY.date()
    cast.build.version.save()
    [ended] = passport(actor=cast.engineer, site_id=cast.site.pk, now=WEDNESDAY).products
    assert (ended.light, ended.needs_way_out) == (Light.RED, True)


def test_who_sees_a_site(cast: Cast) -> None:
    def sees(actor: object) -> bool:
        try:
            passport(actor=actor, site_id=cast.other_site.pk, now=WEDNESDAY)  # type: ignore[arg-type]
        except RowNotFound:
            return False
        return True

    assert {name for name, actor in cast.actors.items() if sees(actor)} == {
        "engineer", "colleague", "far_colleague", "responsible",
        "agent", "second_agent", "manager", "director", "auditor",
    }  # fmt: skip
    assert not sees(narrowed(cast, "engineer"))
    assert [each.site for each in passports(actor=narrowed(cast, "engineer"), now=WEDNESDAY)] == [cast.site]


def test_who_writes_into_it(cast: Cast) -> None:
    for name in ("engineer", "director", "auditor", "contractor", "administrator"):
        with pytest.raises(Refused):
            install(cast, by=name)
    with pytest.raises(RowNotFound):
        install(cast, site=cast.rival.sites.get())
    install(cast, by="agent", site=cast.rival.sites.get())
    assert InstallationRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"items": [Item("planet", "Mars")]}, "configuration"),
        ({"items": [Item("os", "", "10")]}, "configuration"),
        ({"items": [Item("os", "x" * 121)]}, "configuration"),
        ({"items": [WINDOWS] * 41}, "configuration"),
        ({"build_id": 2_000_000_000}, "build"),
    ],
)
def test_what_cannot_be_used_is_named(cast: Cast, changes: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        install(cast, **changes)
    assert set(refusal.value.message_dict) == {field}
    assert not InstallationRecord.objects.exists()


def test_before_filing_the_chosen_build_is_judged_in_place_of_the_installed_one(cast: Cast) -> None:
    install(cast)
    newer = Build.objects.create(version=cast.build.version, major=13, minor=0)
    chosen = {"site_id": cast.site.pk, "product_id": cast.product.pk, "now": WEDNESDAY}
    installed = passport_if(actor=cast.engineer, build_id=None, **chosen)  # type: ignore[arg-type]
    other = passport_if(actor=cast.engineer, build_id=newer.pk, **chosen)  # type: ignore[arg-type]
    assert installed is not None
    assert other is not None
    assert (installed.build, other.build, other.items) == (cast.build, newer, [WINDOWS])
    foreign = {**chosen, "site_id": cast.rival.sites.get().pk}
    assert passport_if(actor=cast.engineer, build_id=None, **foreign) is None  # type: ignore[arg-type]


def test_many_sites_take_as_many_statements_as_one(cast: Cast) -> None:
    install(cast)

    def statements() -> int:
        with CaptureQueriesContext(connection) as caught:
            passports(actor=cast.responsible, now=WEDNESDAY + timedelta(hours=1))
        return len(caught)

    one = statements()
    for number in range(5):
        site = Site.objects.create(customer=cast.factory, name=f"Площадка {number + 10}")
        install(cast, site=site)
    assert statements() == one <= 6
