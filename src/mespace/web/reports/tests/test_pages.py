"""The report's pages, the director's and the manager's, as people see them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mespace.platform.clock import stepped
from mespace.regulation.tests.transfers import before_transfers
from mespace.tickets.operations.accept import accept
from tests.cast import WEDNESDAY

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def later() -> Any:
    with stepped(WEDNESDAY + 2 * HOUR):
        yield


def client_of(cast: Any, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def test_a_number_leads_to_its_requests_and_to_files(cast: Any) -> None:
    ticket = cast.file(subject="=HYPERLINK(1)")
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR)
    client = client_of(cast, "manager")
    page = client.get(reverse("reports:reaction"))
    (url,) = {cell["url"] for row in page.context["tables"][0]["rows"] for cell in row["cells"] if cell["count"]}
    listed = client.get(url)
    assert ticket.key in listed.content.decode()
    for _word, file_url in [*page.context["files"], *listed.context["files"]]:
        answer = client.get(file_url)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"<f>" not in answer.content
        assert "\n=HYPER" not in answer.content.decode("utf-8", "replace")


def test_a_customer_s_report_names_no_other(cast: Any) -> None:
    cast.file()
    theirs = cast.file(by="stranger", type="consultation", place=cast.new().place.__class__())
    client = client_of(cast, "responsible")
    for name in ("reports:reaction", "reports:requests"):
        text = client.get(reverse(name), {"customer": cast.rival.pk}).content.decode()
        assert theirs.key not in text
        assert "Соперник" not in text
    assert client.get(reverse("reports:reaction")).context["total"]["figures"].total == 1


def test_pages_take_a_fixed_number_of_statements(cast: Any) -> None:
    def counts() -> list[int]:
        client = client_of(cast, "manager")
        found = []
        for name in ("reports:reaction", "reports:requests", "oversight:today", "oversight:director"):
            client.get(reverse(name))
            with CaptureQueriesContext(connection) as statements:
                assert client.get(reverse(name)).status_code == 200
            found.append(len(statements))
        return found

    cast.file()
    few = counts()
    for number in range(6):
        cast.file(now=WEDNESDAY + number * timedelta(minutes=1), type="incident")
    assert counts() == few
    assert max(few) <= 25


def test_the_manager_s_home_names_what_breaks_and_the_provisional_year(cast: Any) -> None:
    before_transfers()
    ticket = cast.file(type="incident", critical=True, stopped_process="Печать")
    text = client_of(cast, "manager").get(reverse("oversight:today")).content.decode()
    assert ticket.key in text
    assert "2027" in text
    assert client_of(cast, "manager").get(reverse("home")).headers["Location"] == reverse("oversight:today")
    assert client_of(cast, "director").get(reverse("home")).headers["Location"] == reverse("oversight:director")
    assert client_of(cast, "agent").get(reverse("home")).headers["Location"] == reverse("queue")


def test_every_number_of_the_director_s_page_opens_a_list(cast: Any) -> None:
    cast.file()
    client = client_of(cast, "director")
    page = client.get(reverse("oversight:director"))
    urls = {tile["url"] for tile in [*page.context["tiles"], *page.context["contracts"]]}
    assert len(urls) >= 5
    assert {client.get(url).status_code for url in urls} == {200}
