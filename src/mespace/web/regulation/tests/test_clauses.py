"""A clause's page: what holds it, how it is read, and figures by the reader's rights; the two lists beside it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mespace.accounts.actor import NOBODY
from mespace.platform.clock import stepped
from mespace.regulation.clauses import CLAUSES
from mespace.regulation.interpretations import INTERPRETATIONS
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.settle import settle_ticket
from mespace.tickets.operations.suspend import Suspension, suspend
from mespace.web.regulation.figures import figures_of
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(hours=2)


@pytest.fixture(autouse=True)
def at_eleven() -> Iterator[None]:
    with stepped(NOW):
        yield


def values(number: str, actor: Any, now: Any = NOW) -> list[int]:
    return [figure.value for figure in figures_of(number, actor=actor, now=now)]


def test_a_clause_tells_what_holds_it() -> None:
    page = Client().get(reverse("regulation:clause", args=["5.5"])).content.decode()
    for piece in (
        "regulation/core/terms.py",
        "ticket_term_runs_while_customer_is_asked",
        "regulation/tests/core/test_terms.py",
        "обеспечено продуктом",
        "E3.2",
    ):
        assert piece in page
    assert "Сейчас приостановлены" not in page


@pytest.mark.parametrize("number", CLAUSES)
def test_every_clause_has_its_page_for_staff_too(cast: Cast, number: str) -> None:
    client = Client()
    client.force_login(cast.users["manager"])
    assert client.get(reverse("regulation:clause", args=[number])).status_code == 200


def test_all_clauses_stand_on_one_page_with_what_holds_them() -> None:
    rows = Client().get(reverse("regulation:states")).context["rows"]
    assert [row["clause"].number for row in rows] == list(CLAUSES)
    assert all(row["code"] and row["tests"] for row in rows if row["state"] == "enforced")


def test_every_reading_is_listed_with_its_parameter_and_its_tests() -> None:
    page = Client().get(reverse("regulation:interpretations"))
    listed = [row["reading"] for group in page.context["groups"] for row in group["readings"]]
    assert listed == list(INTERPRETATIONS)
    assert "test_published_on_a_saturday_without_evidence" in page.content.decode()


def test_reactions_of_the_month_are_counted_by_what_one_may_see(cast: Cast) -> None:
    ticket = cast.file(now=WEDNESDAY)
    cast.file(now=NOW)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=NOW)
    assert values("6.4", cast.manager) == [1, 0, 1]
    assert values("6.4", cast.engineer) == [1, 0, 1]
    assert values("6.4", cast.stranger) == [0, 0, 0]
    assert values("6.4", cast.administrator) == []
    assert values("6.4", NOBODY) == []
    late = NOW + timedelta(days=2)
    assert values("6.4", cast.manager, late) == [1, 1, 0]


def test_what_5_5_has_suspended_is_not_what_people_have(cast: Cast) -> None:
    asked, by_hand = cast.file(now=WEDNESDAY), cast.file(now=WEDNESDAY)
    accept(ticket_id=asked.pk, actor=cast.agent, now=NOW, then=Question("Какая сборка?"))
    accept(ticket_id=by_hand.pk, actor=cast.agent, now=NOW)
    assert values("5.5", cast.engineer) == [0, 1]
    suspend(
        ticket_id=by_hand.pk,
        actor=cast.agent,
        now=NOW,
        suspension=Suspension(
            waiting_for="customer", reason="Просят подождать", requested_by_id=cast.users["engineer"].pk
        ),
    )
    later = NOW + timedelta(days=9)
    settle_ticket(ticket_id=asked.pk, now=later)
    assert values("5.5", cast.engineer, later) == [1, 0]
    assert values("5.5", cast.agent, later) == [1, 0]
    assert values("5.5", cast.stranger, later) == [0, 0]


def test_obligations_and_contracts_are_for_those_who_may_read_them(cast: Cast) -> None:
    assert values("2.2", cast.manager)[0] == 2
    assert values("2.2", cast.responsible)[0] == 1
    assert values("2.2", cast.engineer) == []
    assert len(values("3.1", cast.manager)) == 4
    assert values("3.1", cast.engineer) == []
    assert values("3.3", cast.agent) == [0]
    assert values("3.3", cast.responsible) == []


def test_figures_cost_a_few_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    cast.file(now=WEDNESDAY)
    for number in CLAUSES:
        with django_assert_max_num_queries(3):
            figures_of(number, actor=cast.manager, now=NOW)
