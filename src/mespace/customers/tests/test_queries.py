"""What the pages about customers ask for, and in how many statements."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mespace.accounts.actor import Refused
from mespace.accounts.disabling import disable_user
from mespace.accounts.operations.invite import invite
from mespace.customers import queries
from mespace.customers.contract_pages import contract_card
from mespace.customers.models import Area, Customer, Installation, Project, Site, SupportContract, WorkCenter
from mespace.customers.operations.add_person import add_person
from mespace.customers.queries import Shown, Standing
from mespace.platform.rows import RowNotFound
from mespace.products.models import Build
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
TODAY = date(2026, 11, 18)
ABSENT = 2_000_000_000
ONE: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (queries.customer, {"customer_id": ABSENT}),
    (queries.customer_card, {"customer_id": ABSENT, "now": NOW}),
    (queries.person, {"user_id": ABSENT, "now": NOW}),
    (queries.site, {"site_id": ABSENT}),
    (queries.area, {"area_id": ABSENT}),
    (queries.work_center, {"work_center_id": ABSENT}),
    (queries.installation, {"installation_id": ABSENT}),
    (contract_card, {"contract_id": ABSENT, "now": NOW}),
]


@pytest.mark.parametrize("who", ["contractor", "administrator", "engineer", "responsible"])
def test_readers_need_the_right(cast: Cast, who: str) -> None:
    lists = [(queries.customers, {}), (queries.contracts, {"now": NOW}), (queries.beginnings, {})]
    for ask, arguments in [*lists, *ONE]:
        with pytest.raises(Refused):
            ask(actor=cast.actors[who], **arguments)
    for ask, arguments in ONE:
        with pytest.raises(RowNotFound):
            ask(actor=cast.agent, **arguments)


def contract(cast: Cast, number: str, until: date, begins: date = date(2024, 1, 1)) -> SupportContract:
    row = SupportContract.objects.create(
        customer=cast.factory,
        number=number,
        title="Договор на техническую поддержку",
        signed_on=date(2024, 1, 1),
        valid_from=begins,
        valid_until=until,
        accepted_edition=cast.contract.accepted_edition,
    )
    row.products.add(cast.product)
    return row


@pytest.mark.parametrize(
    ("left", "stands"),
    [
        (-1, Standing.ENDED),
        (0, Standing.ENDING_7),
        (7, Standing.ENDING_7),
        (8, Standing.ENDING_30),
        (30, Standing.ENDING_30),
        (31, Standing.ENDING_60),
        (60, Standing.ENDING_60),
        (61, Standing.VALID),
    ],
)
def test_the_end_is_marked_at_60_30_and_7_days(left: int, stands: Standing) -> None:
    row = SupportContract(valid_from=date(2024, 1, 1), valid_until=TODAY + timedelta(days=left))
    assert queries.standing(row, TODAY) == stands


def test_a_contract_to_come_is_neither(cast: Cast) -> None:
    row = contract(cast, "Будущий", TODAY + timedelta(days=30), begins=TODAY + timedelta(days=1))
    assert queries.standing(row, TODAY) == Standing.AHEAD
    ending = queries.contracts(actor=cast.agent, now=NOW, shown=Shown.ENDING)
    assert (ending.rows, ending.counts[Shown.ENDING]) == ([], 0)
    assert row not in queries.contracts(actor=cast.agent, now=NOW).rows
    ahead = queries.contracts(actor=cast.agent, now=NOW, shown=Shown.AHEAD)
    assert (ahead.rows, ahead.counts[Shown.AHEAD]) == ([row], 1)


def test_contracts_are_listed_by_their_end(cast: Cast, django_assert_num_queries: Any) -> None:
    for days in (-40, -1, 0, 25, 60, 61):
        contract(cast, str(days), TODAY + timedelta(days=days))
    for shown, numbers, statements in (
        (Shown.CURRENT, ["0", "25", "60", "61", "ТП-ZAVOD-1", "ТП-RIVAL-1"], 3),
        (Shown.ENDING, ["0", "25", "60"], 3),
        (Shown.ENDED, ["-1", "-40"], 3),
    ):
        with django_assert_num_queries(statements):
            page = queries.contracts(actor=cast.agent, now=NOW, shown=shown)
            assert [row.number for row in page.rows] == numbers
            assert all(row.customer.project.code and list(row.products.all()) for row in page.rows)
        assert page.counts == {Shown.CURRENT: 6, Shown.AHEAD: 0, Shown.ENDING: 3, Shown.ENDED: 2}
    soon = queries.contracts(actor=cast.agent, now=NOW, shown=Shown.ENDING, within=30)
    assert [row.number for row in soon.rows] == ["0", "25"]


@pytest.mark.parametrize("shown", [Shown.CURRENT, Shown.ENDED])
def test_long_lists_of_contracts_come_in_pages(cast: Cast, shown: Shown) -> None:
    sign = 1 if shown == Shown.CURRENT else -1
    for number in range(60):
        contract(cast, f"Д-{number}", TODAY + timedelta(days=sign * (1 + number // 3)))
    first = queries.contracts(actor=cast.agent, now=NOW, shown=shown)
    second = queries.contracts(actor=cast.agent, now=NOW, shown=shown, after=first.after or "")
    seen = [row.pk for row in [*first.rows, *second.rows]]
    assert (len(first.rows), second.after) == (50, None)
    assert len(seen) == (62 if shown == Shown.CURRENT else 60)
    assert len(set(seen)) == len(seen)
    assert queries.contracts(actor=cast.agent, now=NOW, shown=shown, after="junk|1").rows == first.rows


def test_customers_are_listed_found_and_paged(cast: Cast, django_assert_num_queries: Any) -> None:
    for number in range(55):
        row = Customer.objects.create(name=f"Фабрика {number:02}", short_name=f"Ф{number}", created_at=NOW)
        Project.objects.create(customer=row, code=f"FAB{number}", name="Проект")
    with django_assert_num_queries(1):
        first = queries.customers(actor=cast.agent)
        facts: Any = first.rows[0]
        assert (facts.name, facts.project.code) == ("Завод", "ZAVOD")
        assert (facts.site_count, facts.people_count, facts.covered_until) == (2, 4, date(2027, 12, 31))
    second = queries.customers(actor=cast.agent, after=first.after or "")
    assert (len(first.rows), len(second.rows), second.after) == (50, 7, None)
    assert {row.pk for row in first.rows}.isdisjoint(row.pk for row in second.rows)
    for words, names in (("zavod", ["Завод"]), ("фабрика 07", ["Фабрика 07"]), ("ф54", ["Фабрика 54"]), ("нет", [])):
        assert [row.name for row in queries.customers(actor=cast.agent, words=words).rows] == names


def test_a_customers_page_costs_the_same_however_large(cast: Cast, django_assert_num_queries: Any) -> None:
    names = {cast.work_center.name, "Линия"}

    def look() -> queries.CustomerCard:
        with django_assert_num_queries(8):
            card = queries.customer_card(actor=cast.agent, customer_id=cast.factory.pk, now=NOW)
            for site in card.sites:
                assert {center.name for area in site.areas.all() for center in area.work_centers.all()} <= names
                assert all(row.build.full_number for row in site.installations.all())
            assert all(row.user.email for row in card.people)
            assert all(list(row.products.all()) and row.accepted_edition.code for row in card.contracts)
        return card

    Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    look()
    for number in range(5):
        site = Site.objects.create(customer=cast.factory, name=f"Площадка {number}")
        area = Area.objects.create(site=site, name="Цех")
        WorkCenter.objects.create(area=area, name="Линия")
        Installation.objects.create(site=site, product=cast.product, build=cast.build)
        contract(cast, f"Н-{number}", TODAY)
        person(cast, f"p{number}@example.org")
    card = look()
    assert (len(card.sites), len(card.people), len(card.contracts)) == (7, 9, 6)


def person(cast: Cast, email: str, customer: Customer | None = None, **changes: Any) -> Any:
    row = customer or cast.factory
    return add_person(
        actor=cast.manager, now=NOW, customer_id=row.pk, email=email, full_name="Пётр Ильич", **changes
    ).user


def test_what_is_missing_before_filing_is_told_step_by_step(cast: Cast) -> None:
    row = Customer.objects.create(name="Новый", short_name="Новый", created_at=NOW)
    Project.objects.create(customer=row, code="NEW", name="Проект")

    def needs() -> tuple[bool, ...]:
        found = queries.customer_card(actor=cast.agent, customer_id=row.pk, now=NOW).needs
        assert found.met == all((found.site, found.person, found.person_entered, found.contract, found.product))
        return found.site, found.contract, found.product, found.person, found.person_entered

    assert needs() == (False, False, False, False, False)
    site = Site.objects.create(customer=row, name="Площадка", is_active=False)
    assert needs()[0] is False
    Site.objects.filter(pk=site.pk).update(is_active=True)
    ended = contract(cast, "Старый", TODAY - timedelta(days=1))
    SupportContract.objects.filter(pk=ended.pk).update(customer=row)
    assert needs() == (True, False, False, False, False)
    SupportContract.objects.filter(pk=ended.pk).update(valid_until=TODAY)
    assert needs() == (True, True, True, False, False)
    cast.product.is_active = False
    cast.product.save()
    assert needs() == (True, True, False, False, False)
    cast.product.is_active = True
    cast.product.save()
    user = person(cast, "new@example.org", row)
    assert needs() == (True, True, True, True, False)
    user.set_password("correct horse battery staple")
    user.save()
    assert needs() == (True, True, True, True, True)
    disable_user(actor=cast.manager, now=NOW, user_id=user.pk)
    assert needs() == (True, True, True, False, False)


def test_an_invitation_is_seen_while_it_is_open(cast: Cast) -> None:
    user = person(cast, "new@example.org", site_ids=[cast.site.pk, cast.other_site.pk])

    def until(now: datetime) -> Any:
        row: Any = queries.person(actor=cast.agent, user_id=user.pk, now=now)
        assert row.site_names == [cast.site.name, cast.other_site.name]
        return row.invited_until

    assert until(NOW) is None
    link = invite(actor=cast.manager, now=NOW, user_id=user.pk)
    assert until(NOW) == link.expires_at
    assert until(link.expires_at) is None
    assert [row.user_id for row in queries.people_of(customer_id=cast.rival.pk, now=NOW)] == [cast.users["stranger"].pk]


def test_a_contract_says_when_something_was_filed_under_it(cast: Cast, django_assert_num_queries: Any) -> None:
    assert contract_card(actor=cast.agent, contract_id=cast.contract.pk, now=NOW).last_filing is None
    cast.file(now=NOW)
    ticket = cast.file(now=NOW + timedelta(hours=1))
    with django_assert_num_queries(8):
        card = contract_card(actor=cast.agent, contract_id=cast.contract.pk, now=NOW)
    assert card.last_filing == ticket.registered_at


def test_beginnings_are_told_in_one_statement(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        there = queries.beginnings(actor=cast.manager)
    assert there == queries.Beginnings(True, True, True, True, True, True)
    Build.objects.all().delete()
    assert queries.beginnings(actor=cast.manager) == queries.Beginnings(True, False, True, True, True, True)
