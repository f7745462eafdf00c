"""Search, palette and answer templates."""

from collections.abc import Iterator

import pytest

from mespace.platform import clock
from mespace.tickets.models import AnswerTemplate
from mespace.web.desk.search import marked
from mespace.web.desk.tests.pages import form_to, form_with, send, signed_in
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_nine() -> Iterator[None]:
    with clock.stepped(WEDNESDAY):
        yield


def test_a_key_leads_to_its_request(cast: Cast) -> None:
    ticket = cast.file()
    client = signed_in(cast, "agent")
    assert client.get(f"/desk/search/?q=%20{ticket.key.lower()}").headers["Location"] == f"/t/{ticket.key}/"
    assert client.get("/desk/search/?q=ZAVOD-77").status_code == 200


def test_words_in_any_form_are_found_and_marked(cast: Cast) -> None:
    cast.file()
    cast.file(subject="Обновление", description="Ничего общего")
    page = signed_in(cast, "agent").get("/desk/search/?q=этикетка").content.decode()
    assert "<mark>этикетки</mark>" in page
    assert "Обновление" not in page


@pytest.mark.parametrize(
    ("subject", "text", "html"),
    [
        ("Не печатаются этикетки", "печатает этикетка", "Не <mark>печатаются</mark> <mark>этикетки</mark>"),
        ("<b>Печать</b>", "печать", "&lt;b&gt;<mark>Печать</mark>&lt;/b&gt;"),
        ("Печать", "a -b", "Печать"),
        ("Производственный", "про", "Производственный"),
    ],
)
def test_marking(subject: str, text: str, html: str) -> None:
    assert marked(subject, text) == html


def test_the_palette_knows_requests_and_customers(cast: Cast) -> None:
    ticket = cast.file()
    client = signed_in(cast, "agent")
    items = client.get("/desk/palette/?q=zavod-1").json()["items"]
    assert items[0]["url"] == f"/t/{ticket.key}/"
    assert f"/t/{ticket.key}/" in [item["url"] for item in client.get("/desk/palette/?q=этикетку").json()["items"]]
    urls = [item["url"] for item in client.get("/desk/palette/?q=соперн").json()["items"]]
    assert f"/desk/?view=all&customer={cast.rival.pk}" in urls
    assert client.get("/desk/palette/").json() == {"items": []}


def test_templates_are_written_changed_and_deleted(cast: Cast) -> None:
    client = signed_in(cast, "agent")
    new = "/desk/templates/new/"
    form = form_with(client.get(new), "title", new)
    refused = send(client, form, title="Журнал", body=" ")
    assert refused.status_code == 422
    assert form_with(refused, "title", new).values["title"] == ["Журнал"]
    said = {"title": "Журнал", "body": "Пришлите журнал, {имя}.", "product": str(cast.product.pk)}
    assert send(client, form, **said).status_code == 303
    again = form_with(client.get(new), "title", new)
    assert send(client, again, title="Журнал", body="Ещё раз").status_code == 422
    row = AnswerTemplate.objects.get()
    assert (row.product, row.is_active) == (cast.product, True)
    ticket = cast.file()
    client.get("/desk/")  # takes the message away
    assert ">Журнал<" in client.get(f"/t/{ticket.key}/").content.decode()
    page = client.get(f"/desk/templates/{row.pk}/")
    form = form_with(page, "title", f"/desk/templates/{row.pk}/")
    form.values.pop("is_active")
    assert send(client, form).status_code == 303
    client.get("/desk/")
    assert ">Журнал<" not in client.get(f"/t/{ticket.key}/").content.decode()
    assert client.get(f"/desk/t/{ticket.key}/template/{row.pk}/").status_code == 404
    asked = send(client, form_to(page, "/delete/"))
    assert "Удалить шаблон?" in asked.content.decode()
    assert send(client, form_to(asked, "/delete/")).status_code == 303
    assert not AnswerTemplate.objects.exists()
    assert client.get(f"/desk/templates/{row.pk}/").status_code == 404


def test_presence_and_news(cast: Cast) -> None:
    from mespace.tickets.operations.comment import Remark, comment

    ticket = cast.file()
    url = f"/desk/t/{ticket.key}/presence/"
    first, second = signed_in(cast, "agent"), signed_in(cast, "second_agent")
    assert first.post(url, {"seen": ticket.version}).content.decode().strip() == ""
    assert "Agent смотрит" in second.post(url, {"seen": ticket.version, "writing": "1"}).content.decode()
    assert "Second Agent пишет ответ" in first.post(url, {"seen": ticket.version}).content.decode()
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, remark=Remark("Ещё одно"))
    assert "Появилось 1 новое сообщение" in first.post(url, {"seen": ticket.version}).content.decode().replace("\n", "")
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, remark=Remark("Своё"))
    ticket.refresh_from_db()
    assert "presence-news" not in second.post(url, {"seen": ticket.version}).content.decode()
