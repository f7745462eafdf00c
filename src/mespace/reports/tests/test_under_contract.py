"""The figures beside a contract: exactly the requests filed under it, by month and by type."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mespace.accounts.actor import Refused
from mespace.customers.contract_terms import ContractTerms
from mespace.customers.models import SupportContract
from mespace.customers.operations.add_contract import add_contract
from mespace.platform.clock import stepped
from mespace.reports.reaction import Figures, tickets
from mespace.reports.under_contract import under_contract
from mespace.tickets.models import Ticket
from mespace.tickets.operations._steps import Closing
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.withdraw import withdraw
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOW = WEDNESDAY + timedelta(days=3)
OCTOBER = datetime(2026, 10, 14, 7, 0, tzinfo=UTC)


def terms(cast: Cast, **changes: Any) -> ContractTerms:
    fields: dict[str, Any] = {
        "number": "ТП-ZAVOD-2",
        "title": "Договор на техническую поддержку",
        "form": "electronic",
        "product_ids": [cast.other_product.pk],
        "signed_on": date(2026, 9, 1),
        "valid_from": date(2026, 9, 1),
        "valid_until": date(2027, 12, 31),
    }
    return ContractTerms(**fields | changes)


def second_contract(cast: Cast, **changes: Any) -> SupportContract:
    given = terms(cast, **changes)
    return add_contract(actor=cast.manager, now=OCTOBER, customer_id=cast.factory.pk, terms=given)


def history(cast: Cast) -> SupportContract:
    """Under the first contract one in time, one late and one withdrawn; one under another contract; one elsewhere."""
    kept = cast.file(now=OCTOBER)
    accept(ticket_id=kept.pk, actor=cast.agent, now=OCTOBER + HOUR, then=Closing("solved", "Готово."))
    cast.file(type="incident")
    withdrawn = cast.file()
    withdraw(ticket_id=withdrawn.pk, actor=cast.engineer, now=WEDNESDAY + HOUR, reason="Заработало")
    second = second_contract(cast)
    place = cast.new().place.__class__(site_id=cast.site.pk)
    cast.file(product_id=cast.other_product.pk, place=place)
    cast.file(by="stranger", type="consultation", place=cast.new().place.__class__())
    return second


def test_each_contract_counts_its_own_requests_and_every_number_opens_them(cast: Cast) -> None:
    second = history(cast)
    found = under_contract(actor=cast.actors["responsible"], contract=cast.contract, now=NOW)
    assert found is not None
    assert found.total == Figures(kept=1, broken=1, withdrawn=1)
    months = [(line.key, line.figures.total) for line in found.by_month]
    assert months == [(date(2026, 11, 1), 2), (date(2026, 10, 1), 1)]
    assert {line.key: line.figures.total for line in found.by_type} == {"bug": 2, "incident": 1}
    rows = tickets(actor=cast.actors["responsible"], wanted=found.wanted, now=NOW).rows
    assert {row.contract_id for row in rows} == {cast.contract.pk}
    assert len(rows) == found.total.total
    other = under_contract(actor=cast.manager, contract=second, now=NOW)
    assert other is not None
    assert other.total.total == 1


def test_a_contract_that_ended_is_counted_to_its_end_and_one_that_has_not_begun_not_at_all(cast: Cast) -> None:
    days = {"valid_from": date(2025, 3, 15), "valid_until": date(2025, 6, 1)}
    ended = SupportContract(pk=cast.contract.pk, customer=cast.factory, **days)
    found = under_contract(actor=cast.manager, contract=ended, now=NOW)
    assert found is not None
    assert (found.wanted.months.first, found.wanted.months.last) == (date(2025, 3, 1), date(2025, 6, 1))
    ahead = second_contract(cast, number="3", signed_on=date(2026, 11, 1), valid_from=date(2026, 12, 1))
    assert under_contract(actor=cast.manager, contract=ahead, now=NOW) is None


@pytest.mark.parametrize("who", ["engineer", "agent", "contractor", "administrator", "stranger"])
def test_who_reads_no_reports_gets_none(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        under_contract(actor=cast.actors[who], contract=cast.contract, now=NOW)


def page_of(cast: Cast, who: str, name: str, contract: SupportContract) -> Any:
    client = Client()
    client.force_login(cast.users[who])
    with stepped(NOW):
        return client.get(reverse(name, args=[contract.pk]))


def test_they_stand_on_both_sides_pages_and_lead_to_the_requests(cast: Cast) -> None:
    history(cast)
    keys = set(Ticket.objects.filter(contract=cast.contract).values_list("key", flat=True))
    for who, name in (("responsible", "contract"), ("manager", "manage:contract")):
        figures = page_of(cast, who, name, cast.contract).context["figures"]
        urls = {cell["url"] for row in figures["recent"]["rows"] for cell in row["cells"] if cell["count"]}
        client = Client()
        client.force_login(cast.users[who])
        with stepped(NOW):
            listed = "".join(client.get(url).content.decode() for url in urls)
            report = client.get(figures["report_url"])
        assert {key for key in keys if key in listed} == keys
        assert report.context["total"]["figures"] == figures["total"]["figures"]
        assert f'name="contract" value="{cast.contract.pk}"' in report.content.decode()
    assert page_of(cast, "agent", "manage:contract", cast.contract).context["figures"] is None


def test_another_company_s_contract_counts_nothing_and_names_nothing(cast: Cast) -> None:
    history(cast)
    theirs = SupportContract.objects.get(customer=cast.rival)
    client = Client()
    client.force_login(cast.users["responsible"])
    with stepped(NOW):
        for name in ("reports:reaction", "reports:requests"):
            page = client.get(reverse(name), {"contract": theirs.pk})
            assert theirs.number not in page.content.decode()
            assert "RIVAL-" not in page.content.decode()


def test_the_contract_s_page_takes_as_many_statements_for_many_requests_as_for_few(cast: Cast) -> None:
    def statements(who: str, name: str) -> int:
        client = Client()
        client.force_login(cast.users[who])
        with stepped(NOW):
            client.get(reverse(name, args=[cast.contract.pk]))
            with CaptureQueriesContext(connection) as taken:
                assert client.get(reverse(name, args=[cast.contract.pk])).status_code == 200
        return len(taken)

    history(cast)
    pages = (("responsible", "contract"), ("manager", "manage:contract"))
    few = [statements(*page) for page in pages]
    for number in range(5):
        cast.file(now=WEDNESDAY + number * timedelta(minutes=1), type="incident")
    assert [statements(*page) for page in pages] == few
    assert max(few) <= 17
