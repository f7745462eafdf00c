"""A long course shows its beginning and its newest part; the rest is a link away, and nothing new is ever left out."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mespace.platform.clock import stepped
from mespace.tickets.models import ReadMark, Ticket
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.queries import window
from mespace.web.acts import course
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A course of ten entries is long."""
    for module in (window, course):
        monkeypatch.setattr(module, "NEWEST", 4)
        monkeypatch.setattr(module, "STEP", 3)
    monkeypatch.setattr(window, "SPARED", 1)


def talk(cast: Cast, count: int = 10, *, ticket: Ticket | None = None, by: str = "engineer") -> Ticket:
    ticket = ticket or cast.file()
    for number in range(count):
        remark = Remark(f"сообщение {number}")
        now = WEDNESDAY + (ticket.version + number + 1) * MINUTE
        comment(ticket_id=ticket.pk, actor=getattr(cast, by), now=now, remark=remark)
    ticket.refresh_from_db()
    return ticket


def page(client: Client, cast: Cast, who: str, url: str, at: datetime = WEDNESDAY + 60 * MINUTE) -> str:
    if client.session.get("_auth_user_id") != str(cast.users[who].pk):
        client.force_login(cast.users[who])
    with stepped(at):
        return str(client.get(url).content.decode())


def told(html: str) -> list[int]:
    return list(dict.fromkeys(int(number) for number in re.findall(r"сообщение (\d+)", html)))


@pytest.mark.parametrize("who", ["engineer", "agent"])
def test_the_beginning_and_the_newest_with_a_way_to_the_rest(cast: Cast, client: Client, who: str) -> None:
    ticket = talk(cast)
    html = page(client, cast, who, f"/t/{ticket.key}/")
    assert told(html) == [6, 7, 8, 9]
    assert 'id="earlier"' in html
    nearest, whole = re.findall(
        r'href="(/t/[A-Z0-9-]+/\?since=\d+)#e\d+"', html.split('id="earlier"')[1].split("</li>")[0]
    )
    assert told(page(client, cast, who, nearest)) == [3, 4, 5, 6, 7, 8, 9]
    everything = page(client, cast, who, whole)
    assert told(everything) == list(range(10))
    assert 'id="earlier"' not in everything


def test_an_entry_s_own_link_finds_it_also_when_it_is_old(cast: Cast, client: Client) -> None:
    ticket = talk(cast)
    old = ticket.messages.get(body="сообщение 1")
    url = f"/t/{ticket.key}/"
    link = re.search(rf'href="({url}\?since=\d+)#m{old.pk}"', page(client, cast, "engineer", f"{url}?since=1"))
    assert link
    assert f'id="m{old.pk}"' not in page(client, cast, "engineer", url)
    assert f'id="m{old.pk}"' in page(client, cast, "engineer", link[1])


def test_what_is_new_to_the_reader_is_never_left_out(cast: Cast, client: Client) -> None:
    ticket = talk(cast, 2)
    page(client, cast, "engineer", f"/t/{ticket.key}/")
    talk(cast, 9, ticket=ticket, by="agent")
    assert told(page(client, cast, "engineer", f"/t/{ticket.key}/")) == list(range(9))
    assert ReadMark.objects.get(ticket=ticket, user=cast.users["engineer"]).seq == 12
    assert told(page(client, cast, "engineer", f"/t/{ticket.key}/")) == [5, 6, 7, 8]


def test_the_question_that_waits_is_on_the_page_that_proves_its_receipt(cast: Cast, client: Client) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая сборка?"))
    talk(cast, 12, ticket=ticket, by="agent")
    ReadMark.objects.update_or_create(ticket=ticket, user=cast.users["engineer"], defaults={"seq": 99})
    html = page(client, cast, "engineer", f"/t/{ticket.key}/")
    assert "Какая сборка?" in html
    ticket.refresh_from_db()
    assert ticket.term_evidence == "read"


def test_a_customer_s_part_holds_no_internal_note(cast: Cast, client: Client) -> None:
    ticket = talk(cast, 6)
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + 30 * MINUTE, remark=Remark("тайна", internal=True))
    talk(cast, 3, ticket=ticket)
    for query in ("", "?since=1", "?since=5", "?since=x", "?since=99999999999999999999"):
        assert "тайна" not in page(client, cast, "engineer", f"/t/{ticket.key}/{query}")
    assert "тайна" in page(client, cast, "agent", f"/t/{ticket.key}/?since=5")


def test_an_act_reaches_any_message(cast: Cast, client: Client) -> None:
    ticket = talk(cast, by="agent")
    first = ticket.messages.order_by("pk")[1]
    html = page(client, cast, "agent", f"/t/{ticket.key}/?do=correct&message={first.pk}")
    assert "сообщение 0</textarea>" in html


@pytest.mark.parametrize(("who", "most"), [("agent", 17), ("engineer", 14)])  # the bell's number among them
def test_a_page_costs_the_same_however_long_the_talk(cast: Cast, client: Client, who: str, most: int) -> None:
    ticket = talk(cast, 2)
    url = f"/t/{ticket.key}/"

    def statements() -> int:
        with stepped(WEDNESDAY + 60 * MINUTE), CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len([query for query in seen if "SAVEPOINT" not in query["sql"]])

    client.force_login(cast.users[who])

    statements()
    few = statements()
    talk(cast, 8, ticket=ticket)
    statements()
    assert statements() == few <= most


def test_a_comment_costs_few_statements(cast: Cast, client: Client) -> None:
    ticket = talk(cast, 1)
    client.force_login(cast.users["engineer"])

    def statements(key: str) -> int:
        with stepped(WEDNESDAY + 90 * MINUTE), CaptureQueriesContext(connection) as seen:
            answer: Any = client.post(f"/t/{ticket.key}/act/comment/", {"key": key, "body": "Ещё раз"})
        assert answer.status_code == 303
        return len([query for query in seen if "SAVEPOINT" not in query["sql"]])

    statements("a" * 32)
    assert statements("b" * 32) <= 16  # one of them keeps the pace
