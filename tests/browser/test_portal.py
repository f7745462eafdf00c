"""The customers' side in a real browser: drafts, pasted pictures, scripts off, a small phone, and axe on every page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mespace.platform.clock import stepped
from mespace.tickets.models import Attachment, Ticket
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.uploads import upload
from tests.cast import WEDNESDAY, Cast, make_cast

HOUR = timedelta(hours=1)
OPEN_ALL = """async () => {
    document.querySelectorAll('main details').forEach((one) => { one.open = true });
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    await Promise.all(document.getAnimations().map((one) => one.finished));  // until they stand open
}"""
PASTE = """async () => {
    const area = document.querySelector('textarea[name=description]');
    const canvas = Object.assign(document.createElement('canvas'), {width: 8, height: 8});
    canvas.getContext('2d').fillRect(0, 0, 8, 8);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
    const data = new DataTransfer();
    data.items.add(new File([blob], 'screen.png', {type: 'image/png'}));
    area.focus();
    area.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def cast(http_site: Any) -> Any:
    made = make_cast()
    with stepped(WEDNESDAY):
        yield made


@pytest.fixture
def opened(new_page: Callable[..., Any], http_site: Any, cast: Cast) -> Callable[..., Any]:
    """A page of a signed-in person of the cast."""

    def open_page(name: str = "engineer", **options: Any) -> Any:
        page = new_page(**options)
        client = Client()
        client.force_login(cast.users[name])
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": http_site.url}
        page.context.add_cookies([cookie])
        return page

    return open_page


def asked(cast: Cast) -> Ticket:
    files = [upload(actor=cast.engineer, now=WEDNESDAY, name="mes.log", chunks=[b"E-1042"]).pk]
    words = "Терминалы не видят сервер.\n\n1. Открыли задание\n2. Ждём\n\n```\nE-1042\n```"
    ticket = cast.file(type="incident", description=words, attachment_ids=files)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, then=Question("Какая **версия**?"))
    return ticket


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 320])
def test_every_page_is_usable_for_everyone_down_to_a_small_phone(
    opened: Callable[..., Any], accessible: Callable[[Any], None], cast: Cast, scheme: str, width: int
) -> None:
    key = asked(cast).key
    page = opened(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 800})
    addresses = (
        "/tickets/?whose=all&state=all",
        "/tickets/?q=ничего",
        "/tickets/new/?type=incident",
        f"/t/{key}/",
        f"/t/{key}/clock/",
        f"/t/{key}/print/",
        f"/t/{key}/details/",
        "/worktime/?op=due&start=2024-12-27T16:30%2B03:00&hours=2",
    )
    with stepped(WEDNESDAY + 2 * HOUR):
        for address in addresses:
            page.goto(address)
            page.evaluate(OPEN_ALL)
            accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_an_unfinished_form_survives_a_closed_tab_and_goes_when_it_was_filed(
    opened: Callable[..., Any], cast: Cast
) -> None:
    page = opened()
    page.goto("/tickets/new/")
    page.check("input[name=type][value=bug]")
    page.fill("input[name=subject]", "Начатая тема")
    page.fill("textarea[name=description]", "Начатое описание")
    page.wait_for_function("() => Object.values(localStorage).some((kept) => kept.includes('Начатое описание'))")
    page.close()
    page = page.context.new_page()
    page.goto("/tickets/new/")
    assert page.input_value("input[name=subject]") == "Начатая тема"
    assert page.is_checked("input[name=type][value=bug]")
    page.click("main form button:not([type=button]):has-text('Подать обращение')")
    page.wait_for_url("**/t/ZAVOD-1/")
    page.goto("/tickets/new/")
    assert page.input_value("input[name=subject]") == ""
    assert Ticket.objects.get().requester == cast.users["engineer"]


def test_a_pasted_screenshot_is_filed_with_the_request(opened: Callable[..., Any], cast: Cast) -> None:
    page = opened()
    page.goto("/tickets/new/?type=consultation")
    page.fill("input[name=subject]", "Со снимком")
    page.evaluate(PASTE)
    page.wait_for_function("() => /attachment:\\d+/.test(document.querySelector('textarea[name=description]').value)")
    page.click("main form button:not([type=button]):has-text('Подать обращение')")
    page.wait_for_url("**/t/ZAVOD-1/")
    picture = page.locator(".tl .prose img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.tl .prose img').naturalWidth === 8")
    assert Attachment.objects.get().ticket == Ticket.objects.get()
    assert cast.users["engineer"].pk == Attachment.objects.get().uploaded_by_id


def test_the_form_shows_what_fits_the_type_and_the_promise_that_goes_with_it(
    opened: Callable[..., Any], cast: Cast, settings: Any
) -> None:
    settings.EMERGENCY_PHONE = "+7 495 123-45-67"
    asked_for: list[str] = []
    page = opened()
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto("/tickets/new/")
    assert not page.is_visible("#promise")
    page.check("input[name=type][value=consultation]")
    assert page.is_visible(".promise-ordinary")
    assert not page.is_visible("textarea[name=expected]")
    assert not page.is_visible("input[name=critical]")
    page.check("input[name=type][value=incident]")
    assert page.is_visible("textarea[name=expected]")
    assert not page.is_visible("input[name=stopped_process]")
    page.check("input[name=critical]")
    assert page.is_visible("input[name=stopped_process]")
    assert page.is_visible("text=+7 495 123-45-67")
    assert not page.is_visible(".promise-ordinary")
    assert "на вашей площадке" in page.inner_text("#promise")
    page.fill("textarea[name=description]", "Ничего лишнего")
    page.select_option("select[name=site]", str(cast.other_site.pk))
    page.wait_for_function("() => !document.querySelector('#promise').innerText.includes('на вашей площадке')")
    promises = [url for url in asked_for if "/tickets/promise/" in url]
    assert promises
    assert all("description" not in url and "csrf" not in url for url in promises)


def test_filing_answering_and_accepting_work_with_scripts_off(opened: Callable[..., Any], cast: Cast) -> None:
    page = opened(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto("/tickets/")
    page.click("main >> text=Подать обращение >> nth=0")
    page.check("input[name=type][value=bug]")
    page.fill("input[name=subject]", "Без сценариев")
    page.fill("textarea[name=description]", "Принтер молчит")
    page.set_input_files(
        "input[name=attachments]", [{"name": "mes.log", "mimeType": "text/plain", "buffer": b"E-1042"}]
    )
    page.click("main form button:not([type=button]):has-text('Подать обращение')")
    page.wait_for_url("**/t/ZAVOD-1/")
    ticket = Ticket.objects.get()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая версия?"))
    page.reload()
    page.fill("#reply textarea[name=body]", "Версия 4")
    page.click("text=Отправить ответ")
    page.wait_for_load_state()
    ticket.refresh_from_db()
    assert ticket.status == "analysis"
    page.click("summary:has-text('Отозвать')")
    page.click("text=Отозвать обращение")
    page.wait_for_load_state()
    ticket.refresh_from_db()
    assert ticket.resolution == "withdrawn"


def test_news_is_announced_on_an_open_page_and_typed_text_stays(opened: Callable[..., Any], cast: Cast) -> None:
    ticket = asked(cast)
    page = opened()
    page.clock.install()
    with stepped(WEDNESDAY + 2 * HOUR):
        page.goto(f"/t/{ticket.key}/")
        page.fill("#reply textarea[name=body]", "Пишу ответ")
        comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + 2 * HOUR, remark=Remark("Ещё вопрос"))
        page.clock.fast_forward(21_000)  # ms: the page asks every twenty seconds
        page.wait_for_selector("text=В обращении есть новое")
        assert page.input_value("#reply textarea[name=body]") == "Пишу ответ"


def test_a_refused_form_keeps_its_text_and_the_error_is_focused(opened: Callable[..., Any], cast: Cast) -> None:
    cast.users["engineer"].refresh_from_db()
    page = opened()
    page.goto("/tickets/new/?type=incident")
    page.check("input[name=critical]")
    page.fill("input[name=subject]", "Стоим")
    page.fill("textarea[name=description]", "Всё стоит")
    page.click("main form button:not([type=button]):has-text('Подать обращение')")
    page.wait_for_selector("[data-form-errors]")
    assert page.input_value("textarea[name=description]") == "Всё стоит"
    assert page.evaluate("document.activeElement.name") == "stopped_process"
