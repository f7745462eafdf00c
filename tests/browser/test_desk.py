"""The desk in a real browser: by keyboard, with two agents at once, through a reload, and for everyone."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mespace.platform import clock
from mespace.tickets.models import AnswerTemplate, Draft, Message, Ticket
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.comment import Remark, comment
from tests.cast import WEDNESDAY, Cast, make_cast

LATER = WEDNESDAY + timedelta(minutes=40)
POLL = 16_000  # ms: a queue asks every fifteen seconds, a request every ten
Opener = Callable[..., Any]


@pytest.fixture
def cast(http_site: Any) -> Iterator[Cast]:
    with clock.stepped(LATER):
        yield make_cast()


@pytest.fixture
def open_as(cast: Cast, http_site: Any, new_page: Opener) -> Opener:
    """A page in which somebody of the cast is signed in."""

    def opened(who: str, **options: Any) -> Any:
        client = Client()
        client.force_login(cast.users[who])
        page = new_page(**options)
        name, value = "sessionid", client.cookies["sessionid"].value
        page.context.add_cookies([{"name": name, "value": value, "url": http_site.url}])
        return page

    return opened


def test_accepted_and_asked_in_one_stroke_by_keyboard_only(cast: Cast, open_as: Opener) -> None:
    ticket = cast.file(now=WEDNESDAY)
    cast.file(now=WEDNESDAY + timedelta(minutes=1))
    page = open_as("agent")
    page.goto("/desk/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("o")
    page.wait_for_url(f"**/t/{ticket.key}/")
    page.keyboard.press("r")
    page.keyboard.type("Какая модель принтера?")
    assert "Принять и спросить" in page.inner_text(".reply-send")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-status=info_requested]")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.reaction_state, ticket.reacted_at) == ("info_requested", "kept", LATER)
    assert Message.objects.filter(ticket=ticket).latest("pk").body == "Какая модель принтера?"


def test_rows_are_chosen_by_keyboard_and_stay_chosen_while_polled(cast: Cast, open_as: Opener) -> None:
    tickets = [cast.file(now=WEDNESDAY + timedelta(minutes=n)) for n in range(3)]
    page = open_as("agent")
    page.clock.install()
    page.goto("/desk/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert "2" in page.inner_text(".bulk-count")
    late = cast.file(now=WEDNESDAY - timedelta(minutes=5))
    page.clock.fast_forward(POLL)
    page.wait_for_selector(f"#row-{late.key}")
    chosen = page.eval_on_selector_all("[name=ticket]:checked", "boxes => boxes.map((box) => box.value)")
    assert chosen == [each.key for each in tickets[:2]]
    assert page.evaluate("document.activeElement.id") == f"open-{tickets[1].key}"
    page.select_option("#bulk-assignee", label="Second Agent")
    page.click("#bulk button:has-text('Назначить')")
    page.wait_for_selector("[data-message]")
    assert Ticket.objects.filter(assignee=cast.users["second_agent"]).count() == 2


def test_the_palette_finds_a_request(cast: Cast, open_as: Opener) -> None:
    ticket = cast.file(now=WEDNESDAY)
    page = open_as("agent")
    page.goto("/desk/")
    page.keyboard.press("Control+k")
    page.keyboard.type("этикетки")
    page.wait_for_selector(f"#kit-palette [role=option]:has-text('{ticket.key}')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/t/{ticket.key}/")


def test_two_agents_hear_of_each_other(cast: Cast, open_as: Opener) -> None:
    ticket = cast.file(now=WEDNESDAY)
    first, second = open_as("agent"), open_as("second_agent")
    second.clock.install()
    first.goto(f"/t/{ticket.key}/")
    second.goto(f"/t/{ticket.key}/")
    second.wait_for_selector(".presence-note:has-text('Agent')")
    with first.expect_response(
        lambda answer: answer.url.endswith("/presence/") and "writing=1" in answer.request.post_data
    ):
        first.fill("[name=body]", "Проверяю")
    second.reload()
    second.wait_for_selector(".presence-writing:has-text('Agent')")
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=LATER, remark=Remark("Уже работает"))
    second.clock.fast_forward(POLL)
    second.wait_for_selector(".presence-news")
    second.click(".presence-news a")
    second.wait_for_selector("text=Уже работает")


def test_a_draft_is_there_after_a_reload(cast: Cast, open_as: Opener) -> None:
    ticket = cast.file(now=WEDNESDAY)
    page = open_as("agent")
    page.goto(f"/t/{ticket.key}/")
    page.keyboard.press("n")
    page.keyboard.type("Проверить на стенде")
    page.wait_for_selector("#draft-state svg")
    page.reload()
    assert page.input_value("[name=body]") == "Проверить на стенде"
    assert page.is_checked("[name=what][value=note]")
    page.fill("[name=body]", "Проверить на стенде сегодня")
    page.goto("/desk/")  # left before the draft was kept: it goes along
    page.goto(f"/t/{ticket.key}/")
    assert page.input_value("[name=body]") == "Проверить на стенде сегодня"
    assert Draft.objects.count() == 1


def test_a_note_is_not_sent_to_the_customer_unasked(cast: Cast, open_as: Opener) -> None:
    ticket = cast.file(now=WEDNESDAY)
    page = open_as("agent")
    page.goto(f"/t/{ticket.key}/")
    page.keyboard.press("n")
    page.keyboard.type("Между нами")
    ground = page.evaluate("getComputedStyle(document.querySelector('.reply')).backgroundColor")
    page.click(".what-comment")
    assert page.evaluate("getComputedStyle(document.querySelector('.reply')).backgroundColor") != ground
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("dialog:has-text('внутренней заметкой')")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:has-text('внутренней заметкой')", state="detached")
    assert Message.objects.filter(ticket=ticket).count() == 1
    page.click(".what-note")
    page.click(".reply-send")
    page.wait_for_selector(".tl-internal")
    assert Message.objects.filter(ticket=ticket).latest("pk").audience == "staff"


def test_a_form_opens_in_a_dialog_and_a_template_comes_where_the_cursor_is(cast: Cast, open_as: Opener) -> None:
    from playwright.sync_api import expect

    AnswerTemplate.objects.create(title="Журнал", body="Пришлите журнал, {имя}.")
    ticket = cast.file(now=WEDNESDAY)
    page = open_as("agent")
    page.goto(f"/t/{ticket.key}/")
    page.keyboard.press("r")
    page.keyboard.type("Добрый день! ")
    page.select_option("#template", label="Журнал")
    expect(page.locator("[name=body]")).to_have_value("Добрый день! Пришлите журнал, Engineer.")
    page.click("summary:has-text('Ещё')")
    page.click("a:has-text('Изменить тип')")
    page.wait_for_selector("#act-dialog[open]")
    page.select_option("#act-dialog [name=type]", "incident")
    page.fill("#act-dialog [name=reason]", "Стоит линия")
    page.click("#act-dialog button:has-text('Изменить')")
    page.wait_for_selector("[data-type=incident]")
    expect(page.locator("[name=body]")).to_have_value("Добрый день! Пришлите журнал, Engineer.")


def test_everything_is_there_without_scripts(cast: Cast, open_as: Opener) -> None:
    ticket = cast.file(now=WEDNESDAY)
    page = open_as("agent", java_script_enabled=False)
    page.goto("/desk/")
    page.check(f"#pick-{ticket.key}")
    page.select_option("#bulk-assignee", label="Мне")
    page.click("#bulk button")
    page.wait_for_selector("[data-message]")
    page.click(f"#open-{ticket.key}")
    page.click("a:has-text('Назначить')")
    page.select_option("#do [name=assignee]", str(cast.users["contractor"].pk))
    page.click("#do button:has-text('Назначить')")
    page.wait_for_selector("[data-message]")
    page.click(".what-proposal")
    assert page.is_visible("[name=answer]")
    assert not page.is_visible("[name=resolution]")
    page.fill("[name=body]", "Обновите прошивку.")
    page.click(".reply-send")
    page.wait_for_selector("[data-status=solution_proposed]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_the_desk_is_usable_for_everyone(
    cast: Cast, open_as: Opener, accessible: Callable[[Any], None], scheme: str, width: int
) -> None:
    ticket = cast.file(now=WEDNESDAY, type="incident", critical=True, stopped_process="Отгрузка")
    other = cast.file(now=WEDNESDAY)
    accept(ticket_id=other.pk, actor=cast.agent, now=LATER, then=Question("Какая модель?"))
    comment(ticket_id=other.pk, actor=cast.agent, now=LATER, remark=Remark("Между нами", internal=True))
    page = open_as("agent", color_scheme=scheme, viewport={"width": width, "height": 900})
    for url in (
        "/desk/?view=all",
        f"/t/{ticket.key}/",
        f"/t/{other.key}/?do=record-reaction",
        "/desk/search/?q=принтер",
        f"/desk/new/?person={cast.users['engineer'].pk}",
    ):
        page.goto(url)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), url
