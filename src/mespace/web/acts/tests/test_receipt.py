"""Which answers count as received (E3): those that a person got to see, and no others."""

import pytest
from django.test import Client

from mespace.platform.clock import now as clock_now
from mespace.tickets.models import Ticket
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from tests.cast import Cast

PAGES = ["/t/{}/", "/t/{}/print/"]

pytestmark = pytest.mark.django_db


def asked(cast: Cast) -> Ticket:
    ticket = cast.file(now=clock_now())
    accept(ticket_id=ticket.pk, actor=cast.agent, now=clock_now(), then=Question("Какая модель?"))
    return ticket


def reader(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


def evidence(ticket: Ticket) -> str:
    return Ticket.objects.get(pk=ticket.pk).term_evidence


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_nobody_has_seen_yet_is_no_receipt(cast: Cast, page: str) -> None:
    ticket = asked(cast)
    url, holder = page.format(ticket.key), reader(cast, "engineer")
    assert holder.head(url).status_code == 200
    for header in ("Sec-Purpose", "Purpose"):
        assert holder.get(url, headers={header: "prefetch;prerender"}).status_code == 200
    assert not evidence(ticket)
    assert holder.get(url).status_code == 200
    assert evidence(ticket) == "read"


@pytest.mark.parametrize("who", ["colleague", "responsible", "agent", "auditor"])
@pytest.mark.parametrize("page", [*PAGES, "/t/{}/clock/", "/t/{}/bundle.json", "/desk/t/{}/as-customer/"])
def test_what_others_read_is_no_receipt(cast: Cast, page: str, who: str) -> None:
    ticket = asked(cast)
    assert reader(cast, who).get(page.format(ticket.key)).status_code in {200, 404}
    assert not evidence(ticket)


@pytest.mark.parametrize(
    "page", ["/tickets/", "/t/{}/news/?seen=0", "/t/{}/clock/", "/t/{}/bundle.json", "/notifications/"]
)
def test_lists_notes_and_figures_are_no_receipt(cast: Cast, page: str) -> None:
    ticket = asked(cast)
    assert reader(cast, "engineer").get(page.format(ticket.key)).status_code == 200
    assert not evidence(ticket)
