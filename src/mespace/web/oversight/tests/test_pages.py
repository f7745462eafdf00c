"""The manager's home and the director's page show what is owed besides reactions; each number opens its list."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mespace.obligations.kinds import by_instant
from mespace.obligations.operations.fulfil import fulfil
from mespace.obligations.operations.move_due import move_due
from mespace.obligations.operations.withdraw_obligation import withdraw_obligation
from mespace.obligations.tests.making import name, owed, registered
from mespace.platform import clock
from mespace.products.models import Build, KnownError
from mespace.reports.at_risk import horizon_of, outlook
from mespace.tickets.models import AskOutcome, ReleaseAsk, Ticket
from mespace.tickets.queries.owed_by_kind import owed_by_kind
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _present():
    with registered(), clock.stepped(WEDNESDAY) as steps:
        yield steps


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def everything(cast: Cast) -> None:
    """In every state, due long ago, today, within a week and later."""
    horizon = horizon_of(WEDNESDAY)
    hour = timedelta(hours=1)
    for number, due in enumerate((horizon - hour, horizon + hour, WEDNESDAY + 30 * DAY)):
        owed(number=number, promise=by_instant(due), owed_to=cast.factory.pk)
    owed(number=10, since=WEDNESDAY - 40 * DAY, owed_to=cast.rival.pk)  # born broken
    for number in (11, 12, 13):
        owed(number=number, owed_to=cast.factory.pk)
    fulfil(actor=cast.manager, now=WEDNESDAY, name=name(11))
    withdraw_obligation(actor=cast.manager, now=WEDNESDAY, name=name(12), reason="mistake")
    owed(number=14, since=WEDNESDAY - 40 * DAY)
    fulfil(actor=cast.manager, now=WEDNESDAY, name=name(14))
    owed(number=15, since=WEDNESDAY - 800 * DAY)
    fulfil(actor=cast.manager, now=WEDNESDAY, name=name(15))  # done long ago: of no year that is shown
    move_due(actor=cast.manager, now=WEDNESDAY, name=name(13), due=WEDNESDAY + 6 * DAY, reason="later")


def test_what_breaks_by_tomorrow_holds_what_else_is_owed(cast: Cast) -> None:
    everything(cast)
    found = outlook(actor=cast.manager, now=WEDNESDAY)
    assert [(row.whom.title if row.whom else "", row.state) for row in found.obligations] == [
        ("thing 10", "missed"), ("thing 0", "open"),
    ]  # fmt: skip
    assert not found.more_obligations


def test_every_figure_is_the_length_of_its_list(cast: Cast) -> None:
    everything(cast)
    for who, address in (("manager", "oversight:today"), ("director", "oversight:director")):
        client = signed_in(cast, who)
        page = client.get(reverse(address))
        tiles = [(tile["value"], tile["url"]) for tile in page.context["owed_tiles"]]
        assert [value for value, _url in tiles] == [1, 3, 1]
        tiles += [(cell["count"], cell["url"]) for row in page.context.get("kinds", []) for cell in row["cells"]]
        for value, url in tiles:
            assert len(client.get(url).context["rows"]) == value, url


def test_kinds_are_counted_by_state_and_what_is_over_by_its_year(cast: Cast) -> None:
    everything(cast)
    first = date(2025, 12, 1)
    counted = {row.kind: row for row in owed_by_kind(actor=cast.director, now=WEDNESDAY, first=first)}
    assert counted["test_promise"].counts == {"open": 4, "missed": 1, "fulfilled": 1, "late": 1, "withdrawn": 1}
    assert counted["test_promise"].broken == 2
    assert sum(counted["planned_fix"].counts.values()) == 0
    own = {row.kind: row for row in owed_by_kind(actor=cast.responsible, now=WEDNESDAY, first=first)}
    assert own["test_promise"].counts["missed"] == 0  # the rival's


def test_the_number_of_statements_does_not_grow(cast: Cast, django_assert_max_num_queries: Any) -> None:
    everything(cast)
    manager, responsible = signed_in(cast, "manager"), signed_in(cast, "responsible")
    pages = _addresses(cast, manager, responsible)
    for client, address, most in pages:
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
    for number in range(20, 40):
        owed(number=number, promise=by_instant(WEDNESDAY + timedelta(hours=1)), owed_to=cast.factory.pk)
    for client, address, most in pages:
        with django_assert_max_num_queries(most):
            client.get(address)


def _addresses(cast: Cast, manager: Client, responsible: Client) -> list[tuple[Client, str, int]]:
    return [
        (manager, reverse("oversight:today"), 24),
        (manager, reverse("oversight:director"), 22),
        (responsible, reverse("contract", args=[cast.contract.pk]), 22),
    ]


def test_a_release_that_was_not_told_to_everybody_is_named(cast: Cast) -> None:
    ticket = cast.file()
    error = KnownError.objects.create(product=cast.product, code="KE-9", title="Ошибка")
    Ticket.objects.filter(pk=ticket.pk).update(known_error=error)
    build = Build.objects.create(version=cast.build.version, major=14, minor=0, published_at=WEDNESDAY)
    build.resolves.add(error)
    client = signed_in(cast, "manager")
    assert client.get(reverse("oversight:today")).context["releases"] == [build]
    ask = ReleaseAsk.objects.create(build=build, ticket=ticket, outcome=AskOutcome.FAILED, at=WEDNESDAY)
    assert client.get(reverse("oversight:today")).context["releases"] == [build]
    ReleaseAsk.objects.filter(pk=ask.pk).update(outcome=AskOutcome.WRITTEN)
    assert client.get(reverse("oversight:today")).context["releases"] == []


def test_a_contracts_page_shows_the_customer_what_it_is_owed(cast: Cast) -> None:
    everything(cast)
    page = signed_in(cast, "responsible").get(reverse("contract", args=[cast.contract.pk]))
    assert {row["title"] for row in page.context["owed"]} == {"thing 0", "thing 1", "thing 2", "thing 13"}
    client = signed_in(cast, "responsible")
    for tile in page.context["owed_tiles"]:
        assert len(client.get(tile["url"]).context["rows"]) == tile["value"], tile["label"]
