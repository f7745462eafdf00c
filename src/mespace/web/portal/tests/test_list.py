"""The customer's list: whose move, by when, what is new; filters, search, pages, polling; nobody else's."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from mespace.platform.clock import stepped
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.hand_over import hand_over
from mespace.tickets.operations.withdraw import withdraw
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def engineer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.users["engineer"])
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_row_says_whose_move_it_is_and_by_when(cast: Cast, engineer: Client) -> None:
    cast.users["engineer"].time_zone = "Asia/Yekaterinburg"
    cast.users["engineer"].save()
    ticket = cast.file()
    with stepped(WEDNESDAY + HOUR):
        page = text(engineer.get("/tickets/"))
        assert "Открыт" in page
        assert "19:00\xa0МСК+2" in page  # the deadline in the reader's zone …
        assert "17:00\xa0МСК" in page  # … and in Moscow's
        accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, then=Question("Какая версия?"))
        page = text(engineer.get("/tickets/"))
    assert "Ваш ход" in page
    assert "ответить на вопрос" in page
    assert "24.11.2026" in page  # presumed receipt on Thursday, the third working day after it


def test_a_deadline_in_a_year_without_an_adopted_calendar_says_so(cast: Cast, engineer: Client) -> None:
    before_new_year = datetime(2027, 12, 30, 13, 0, tzinfo=UTC)  # the last working day of the years that are adopted
    with stepped(before_new_year - timedelta(days=1)):
        cast.file(now=before_new_year - timedelta(days=1))
        assert "предварительно" not in text(engineer.get("/tickets/"))
    with stepped(before_new_year):
        cast.file(now=before_new_year)
        assert text(engineer.get("/tickets/")).count("предварительно") == 1


def test_a_deadline_that_has_passed_is_marked(cast: Cast, engineer: Client) -> None:
    cast.file()
    with stepped(WEDNESDAY + 9 * HOUR):
        assert "просрочено" in text(engineer.get("/tickets/"))


def test_news_is_marked_until_the_ticket_was_opened(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    assert "(есть новое)" not in text(engineer.get("/tickets/"))
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, remark=Remark("Смотрим."))
    assert "(есть новое)" in text(engineer.get("/tickets/"))
    engineer.get(f"/t/{ticket.key}/")
    assert "(есть новое)" not in text(engineer.get("/tickets/"))


def test_an_internal_note_is_no_news(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, remark=Remark("Тайна", internal=True))
    assert "(есть новое)" not in text(engineer.get("/tickets/"))


def test_mine_are_those_i_filed_watch_or_was_handed(cast: Cast, engineer: Client) -> None:
    cast.file(subject="Своё")
    cast.file(subject="Чужое", by="colleague")
    handed = cast.file(subject="Переданное", by="colleague")
    hand_over(ticket_id=handed.pk, actor=cast.colleague, now=WEDNESDAY + HOUR, to_user_id=cast.users["engineer"].pk)
    mine, everybody = text(engineer.get("/tickets/?whose=mine")), text(engineer.get("/tickets/?whose=all"))
    assert ("Своё" in mine, "Переданное" in mine, "Чужое" in mine) == (True, True, False)
    assert "Чужое" in everybody


def test_a_responsible_employee_begins_with_the_whole_company(cast: Cast, client: Client) -> None:
    cast.file(subject="Коллеги")
    client.force_login(cast.users["responsible"])
    assert "Коллеги" in text(client.get("/tickets/"))


def test_states_and_sites_narrow_the_list(cast: Cast, engineer: Client) -> None:
    from mespace.tickets.operations._place import Place

    done = cast.file(subject="Закрытое обращение")
    withdraw(ticket_id=done.pk, actor=cast.engineer, now=WEDNESDAY + HOUR)
    cast.file(subject="Открытое обращение", place=Place(site_id=cast.other_site.pk))
    closed, opened = text(engineer.get("/tickets/?state=closed")), text(engineer.get("/tickets/?state=open"))
    assert ("Закрытое обращение" in closed, "Открытое обращение" in closed) == (True, False)
    assert ("Закрытое обращение" in opened, "Открытое обращение" in opened) == (False, True)
    there = text(engineer.get(f"/tickets/?state=all&site={cast.other_site.pk}"))
    assert ("Закрытое обращение" in there, "Открытое обращение" in there) == (False, True)
    assert "От вас ничего не ждут" in text(engineer.get("/tickets/?state=ours"))


def test_search_finds_other_forms_of_the_words_in_all_that_one_sees(cast: Cast, engineer: Client) -> None:
    cast.file(subject="Принтеры молчат", by="colleague")
    cast.file(subject="Соперничий принтер", by="stranger", place=_rival_place(cast))
    found = text(engineer.get("/tickets/", {"q": "принтер молчит"}))
    assert "Принтеры молчат" in found
    assert "Соперничий" not in found
    assert "Ничего не найдено" in text(engineer.get("/tickets/", {"q": "экскаватор"}))


def _rival_place(cast: Cast) -> Any:
    from mespace.tickets.operations._place import Place

    return Place(site_id=cast.rival.sites.get().pk)


def test_before_the_first_request_the_page_offers_to_file_it(cast: Cast, engineer: Client) -> None:
    page = text(engineer.get("/tickets/"))
    assert "Здесь будут ваши обращения" in page
    assert "/tickets/new/" in page


def test_pages_go_on_by_cursor_and_a_wrong_cursor_is_refused(cast: Cast, engineer: Client) -> None:
    for number in range(52):
        cast.file(subject=f"Номер {number:02}", now=WEDNESDAY + number * timedelta(minutes=1))
    first = engineer.get("/tickets/")
    rows = text(first)
    assert "Номер 51" in rows
    assert "Номер 01" not in rows
    after = rows.split("after=")[1].split('"')[0]
    second = text(engineer.get(f"/tickets/?whose=mine&state=open&after={after}"))
    assert "Номер 01" in second
    assert "К новым" in second
    assert engineer.get("/tickets/?after=nonsense").status_code == 400


def test_polling_answers_304_until_something_changes(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    with stepped(WEDNESDAY + HOUR):
        first = engineer.get("/tickets/?part=rows")
        again = engineer.get("/tickets/?part=rows", headers={"If-None-Match": first["ETag"]})
        assert (first.status_code, again.status_code) == (200, 304)
        assert "<html" not in text(first)
        comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, remark=Remark("Новость"))
        changed = engineer.get("/tickets/?part=rows", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_the_list_needs_few_statements_whatever_its_length(
    cast: Cast, engineer: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        cast.file(subject=f"Обращение {number}")
    with django_assert_max_num_queries(8):
        engineer.get("/tickets/?whose=all&state=all")
    with django_assert_max_num_queries(8):
        engineer.get("/tickets/?q=обращение")


@pytest.mark.parametrize("who", ["agent", "contractor", "manager", "director", "auditor", "administrator"])
@pytest.mark.parametrize("url", ["/tickets/", "/tickets/new/", "/tickets/promise/", "/tickets/palette/"])
def test_the_portal_does_not_exist_for_staff(cast: Cast, client: Client, who: str, url: str) -> None:
    client.force_login(cast.users[who])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("url", ["/tickets/", "/tickets/new/"])
def test_strangers_are_sent_to_the_sign_in_page(client: Client, db: None, url: str) -> None:
    assert client.get(url)["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    "address",
    [
        "/tickets/?site=9999999999999999999999&whose=me&state=nowhere&q=%00",
        "/tickets/?q=" + "ы" * 5000,
        "/tickets/palette/?q=%00%27%22",
        "/tickets/promise/?site=%D9%A3",
        "/tickets/new/?type=%00",
    ],
)
def test_junk_in_an_address_is_no_server_error(cast: Cast, engineer: Client, address: str) -> None:
    assert engineer.get(address).status_code in {200, 400}


def test_the_palette_offers_what_the_search_finds(cast: Cast, engineer: Client) -> None:
    ticket = cast.file(subject="Принтер печатает пустое")
    items = engineer.get("/tickets/palette/", {"q": "принтер"}).json()["items"]
    everywhere = f"/kb/search/?{urlencode({'q': 'принтер'})}"
    assert [item["url"] for item in items] == [f"/t/{ticket.key}/", everywhere]
    assert engineer.get("/tickets/palette/").json() == {"items": []}


def test_people_narrowed_to_their_sites_see_neither_others_requests_nor_other_sites(cast: Cast, client: Client) -> None:
    cast.factory.narrow_to_sites = True
    cast.factory.save()
    cast.file(subject="На площадке один")
    client.force_login(cast.users["far_colleague"])
    page = client.get("/tickets/?whose=all&state=all")
    assert "На площадке один" not in text(page)
    assert page.context["sites"] == [cast.other_site]
