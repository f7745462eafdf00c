"""The queue: order, views, filters in the address, choosing and assigning several, polling."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mespace.platform import clock
from mespace.tickets.models import SavedView, Ticket
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.assign import assign
from mespace.web.desk.tests.pages import form_to, send, signed_in
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOON = WEDNESDAY + timedelta(hours=3)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with clock.stepped(NOON):
        yield


def keys(client: Client, query: str = "") -> list[str]:
    import re

    return re.findall(r'id="row-([A-Z0-9-]+)"', client.get(f"/desk/{query}").content.decode())


def test_by_working_time_left_then_what_waits_for_support(cast: Cast) -> None:
    first, incident, taken, asked = (
        cast.file(now=WEDNESDAY),
        cast.file(now=WEDNESDAY + timedelta(hours=2), type="incident", critical=True, stopped_process="Отгрузка"),
        cast.file(now=WEDNESDAY),
        cast.file(now=WEDNESDAY),
    )
    accept(ticket_id=taken.pk, actor=cast.agent, now=WEDNESDAY + timedelta(hours=1))
    accept(ticket_id=asked.pk, actor=cast.agent, now=WEDNESDAY + timedelta(hours=1), then=Question("Какая модель?"))
    client = signed_in(cast, "agent")
    assert keys(client) == [incident.key, first.key, taken.key]
    assert keys(client, "?view=unaccepted") == [incident.key, first.key]
    assert keys(client, "?view=mine") == [taken.key, asked.key]
    assert keys(client, "?view=unassigned") == [incident.key, first.key]
    assert keys(client, "?view=waiting") == [asked.key]
    assert keys(client, "?view=all") == [incident.key, first.key, taken.key, asked.key]
    page = client.get("/desk/").content.decode().replace("\u00a0", " ")
    assert 'data-clock="soon"' not in page
    assert "1 ч" in page
    with clock.stepped(NOON + timedelta(hours=2)):
        assert 'data-clock="overdue"' in client.get("/desk/").content.decode()


def test_filters_stand_in_the_address(cast: Cast) -> None:
    ours, theirs = cast.file(), cast.file(by="stranger", place=cast.new().place.__class__(), type="consultation")
    client = signed_in(cast, "agent")
    assert keys(client, f"?customer={cast.rival.pk}") == [theirs.key]
    assert keys(client, "?type=bug") == [ours.key]
    assert keys(client, f"?customer={cast.factory.pk}&site={cast.other_site.pk}") == []
    assert keys(client, "?customer=999999999999999999999&type=nonsense&view=nothing") == [ours.key, theirs.key]
    page = client.get(f"/desk/?view=all&customer={cast.factory.pk}&type=bug")
    form = form_to(page, "/desk/")
    assert {name: form.values[name][0] for name in ("view", "customer", "type")} == {
        "view": "all",
        "customer": str(cast.factory.pk),
        "type": "bug",
    }
    assert str(cast.site.pk) in form.choices["site"]


def test_pages_go_on_where_the_former_ended(cast: Cast) -> None:
    import re

    every = [cast.file(now=WEDNESDAY + timedelta(minutes=n)).key for n in range(53)]
    client = signed_in(cast, "agent")
    page = client.get("/desk/?view=all").content.decode()
    link = re.search(r'rel="next" href="([^"]+)"', page)
    assert link is not None
    assert keys(client, "?view=all") + keys(client, link[1].replace("&amp;", "&").removeprefix("/desk/")) == every
    assert client.get("/desk/?cursor=nonsense").status_code == 400


def test_polling_says_when_nothing_changed(cast: Cast) -> None:
    cast.file()
    client = signed_in(cast, "agent")
    for url in ("/desk/?view=todo&part=rows", "/desk/counts/"):
        first = client.get(url)
        assert "<html" not in first.content.decode()
        etag = first.headers["ETag"]
        assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    cast.file()
    assert client.get("/desk/counts/", headers={"If-None-Match": etag}).status_code == 200


def test_counts_are_capped(cast: Cast) -> None:
    for number in range(101):
        cast.file(now=WEDNESDAY + timedelta(seconds=number))
    assert "99+" in signed_in(cast, "agent").get("/desk/counts/").content.decode()


def test_news_are_marked_until_they_are_read(cast: Cast) -> None:
    ticket = cast.file()
    client = signed_in(cast, "agent")
    assert 'class="unread"' in client.get("/desk/").content.decode()
    client.get(f"/t/{ticket.key}/")
    assert 'class="unread"' not in client.get("/desk/").content.decode()
    assign(ticket_id=ticket.pk, actor=cast.agent, now=NOON, to_user_id=cast.users["second_agent"].pk)
    assert 'class="unread"' not in client.get("/desk/").content.decode()


def test_assigning_several_says_what_became_of_each(cast: Cast) -> None:
    one, two, closed = cast.file(), cast.file(), cast.file()
    client = signed_in(cast, "agent")
    form = form_to(client.get("/desk/"), "/desk/assign/")
    from mespace.tickets.operations.withdraw import withdraw

    withdraw(ticket_id=closed.pk, actor=cast.engineer, now=NOON, reason="")
    chosen = [one.key, two.key, closed.key, "ZAVOD-99"]
    answer = send(client, form, ticket=chosen, assignee=str(cast.users["contractor"].pk))
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).content.decode()
    assert f"{one.key}, {two.key}" in page
    assert f"Не назначены: {closed.key}" in page
    assert "Не назначены: ZAVOD-99" in page
    assert set(Ticket.objects.filter(assignee=cast.users["contractor"])) == {one, two}


@pytest.mark.parametrize("fields", [{"ticket": []}, {"assignee": ""}])
def test_assigning_nothing_or_to_nobody_in_particular_is_said(cast: Cast, fields: dict[str, Any]) -> None:
    ticket = cast.file()
    client = signed_in(cast, "agent")
    sent = {"ticket": [ticket.key], "assignee": "nobody", "next": "https://elsewhere.example/", **fields}
    answer = client.post("/desk/assign/", sent)
    assert answer.headers["Location"] == "/desk/"
    assert "note-warn" in client.get("/desk/").content.decode()


def test_statements_are_few(cast: Cast) -> None:
    for _ in range(5):
        ticket = cast.file()
    client = signed_in(cast, "agent")
    urls = {  # on whole pages, the bell's number among them
        f"/desk/?view=all&customer={cast.factory.pk}": 10,
        "/desk/?view=todo&part=rows": 4,
        "/desk/counts/": 5,
        f"/t/{ticket.key}/": 17,
        f"/desk/t/{ticket.key}/as-customer/": 14,
        "/desk/search/?q=этикетка": 8,  # people of all rows in a statement of their own: faster than four joins
    }
    for url, most in urls.items():
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        assert len(captured) <= most, (url, [each["sql"][:150] for each in captured])


def test_saved_views(cast: Cast) -> None:
    client = signed_in(cast, "agent")
    narrowed = f"/desk/?view=all&customer={cast.factory.pk}&status=open"
    form = form_to(client.get(narrowed), "/desk/views/")
    answer = send(client, form, name="Завод: открытые", is_shared="on")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/desk/?view=all&customer={cast.factory.pk}&status=open"
    twice = send(client, form_to(client.get(narrowed), "/desk/views/"), name="завод: открытые ".replace("з", "З", 1))
    assert twice.status_code == 422
    assert form_to(twice, "/desk/views/").values["name"][0].strip() == "Завод: открытые"
    view = SavedView.objects.get()
    other = signed_in(cast, "second_agent")
    assert "Завод: открытые" in other.get("/desk/").content.decode()
    assert other.post(f"/desk/views/{view.pk}/delete/").status_code == 404
    assert send(client, form_to(client.get("/desk/views/"), f"/views/{view.pk}/"), name="Мой завод").status_code == 303
    page = client.get("/desk/views/")
    form = form_to(page, f"/views/{view.pk}/")
    form.values.pop("is_shared")
    send(client, form)
    assert "Мой завод" not in other.get("/desk/").content.decode()
    assert send(client, form_to(client.get("/desk/views/"), f"/views/{view.pk}/"), name=" ").status_code == 422
    send(client, form_to(client.get("/desk/views/"), f"/views/{view.pk}/delete/"))
    assert not SavedView.objects.exists()


def test_polling_marks_the_same_place(cast: Cast) -> None:
    import re

    client = signed_in(cast, "agent")
    client.post("/desk/views/", {"name": "Ошибки", "query": "view=all&type=bug"})
    page = client.get("/desk/?view=all&type=bug").content.decode()
    polled = re.search(r'id="desk-side" hx-get="([^"]+)"', page)
    assert polled is not None
    for html in (page, client.get(polled[1].replace("&amp;", "&")).content.decode()):
        marked = re.findall(r'<a href="([^"]+)" aria-current="page"', html)
        assert [url.replace("&amp;", "&") for url in marked] == ["/desk/?view=all&type=bug"]


def test_a_saved_view_keeps_only_filters(cast: Cast) -> None:
    client = signed_in(cast, "agent")
    client.post("/desk/views/", {"name": "x", "query": "view=all&next=//evil.example&customer=abc&type=bug"})
    assert SavedView.objects.get().query == "view=all&type=bug"
