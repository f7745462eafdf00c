"""The kit in a real browser: what scripts add, and that the accessibility rules and the content policy hold."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.infrastructure.axe import findings
from tests.infrastructure.chromium import chromium
from tests.infrastructure.http import Served, serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine"),
    pytest.mark.usefixtures("strangers_welcome"),
]


@pytest.fixture
def site(strangers_welcome: None) -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def page(browser: Any, site: Served) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ru-RU")
    page = context.new_page()
    page.set_default_timeout(5000)
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{site}/styleguide/")
    page.evaluate("document.body.dataset.user = '7'")
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390, 320])
@pytest.mark.parametrize("query", ["", "?shell=desk&errors=1&messages=1"])
def test_no_rule_is_broken_and_nothing_sticks_out(
    browser: Any, site: Served, theme: str, width: int, query: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    page = context.new_page()
    page.set_default_timeout(5000)
    page.goto(f"{site}/styleguide/{query}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert findings(page) == []
    context.close()


def test_error_pages_break_no_rule(browser: Any, site: Served) -> None:
    page = browser.new_page()
    for status in (403, 409, 503):
        page.goto(f"{site}/styleguide/errors/{status}/")
        assert findings(page) == []
    page.close()


def test_the_theme_is_kept(page: Any) -> None:
    page.click("[popovertarget=user-menu]")
    page.click("[data-theme-set=dark]")
    page.reload()
    assert page.evaluate("document.documentElement.classList.contains('dark')")
    assert page.get_attribute("[data-theme-set=dark]", "aria-pressed") == "true"


def test_menus_open_without_scripts(browser: Any, site: Served) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.set_default_timeout(5000)
    page.goto(f"{site}/styleguide/")
    page.click("[popovertarget=nav]")
    assert page.is_visible("#nav a")
    assert not page.is_visible("[data-open=kit-palette]")
    context.close()


def test_an_unfinished_text_is_restored_and_can_be_discarded(browser: Any, site: Served) -> None:
    context = browser.new_context()
    context.add_init_script(
        "document.addEventListener('readystatechange', () => { if (document.body) document.body.dataset.user = '7' })"
    )
    page = context.new_page()
    page.set_default_timeout(5000)
    page.goto(f"{site}/styleguide/")
    page.fill("[name=subject]", "Начатая тема")
    page.check("[name=stopped]")
    page.wait_for_function("() => Object.keys(localStorage).some(name => name === 'draft:7:styleguide')")
    page.close()
    page = context.new_page()
    page.set_default_timeout(5000)
    page.goto(f"{site}/styleguide/")
    assert page.input_value("[name=subject]") == "Начатая тема"
    assert page.is_checked("[name=stopped]")
    page.click("text=Удалить черновик")
    assert page.input_value("[name=subject]") == ""
    assert page.evaluate("localStorage.getItem('draft:7:styleguide')") is None
    context.close()


def test_a_draft_goes_when_the_form_is_accepted_and_all_go_on_signing_out(browser: Any, site: Served) -> None:
    context = browser.new_context()
    context.add_init_script(
        "document.addEventListener('readystatechange', () => { if (document.body) document.body.dataset.user = '7' })"
    )
    page = context.new_page()
    page.set_default_timeout(5000)
    page.goto(f"{site}/styleguide/")
    page.evaluate("""() => { for (const name of ['draft:7:styleguide', 'draft:7:reply', 'draft:8:reply', 'theme'])
        localStorage.setItem(name, JSON.stringify({at: 1, values: {}})) }""")
    page.evaluate("document.dispatchEvent(new CustomEvent('draft:accepted', {detail: {key: 'reply'}}))")
    assert sorted(page.evaluate("Object.keys(localStorage)")) == ["draft:7:styleguide", "draft:8:reply", "theme"]
    page.evaluate("""() => { const form = document.createElement('form'); form.method = 'post';
        form.dataset.signOut = ''; form.addEventListener('submit', event => event.preventDefault());
        document.body.append(form); form.requestSubmit() }""")
    assert page.evaluate("Object.keys(localStorage)") == ["theme"]
    context.close()


def test_a_form_is_sent_once(page: Any) -> None:
    page.evaluate("""() => { window.sent = 0; const form = document.querySelector('form[data-draft]');
        form.addEventListener('submit', event => { window.sent++; event.preventDefault() });
        form.requestSubmit(); form.requestSubmit(); form.requestSubmit() }""")
    assert page.evaluate("window.sent") == 1


def test_a_final_step_asks_first(page: Any) -> None:
    page.evaluate("""() => { window.sent = []; const form = document.querySelector('form[data-confirm]');
        form.addEventListener('submit', event => { event.preventDefault();
            window.sent.push(new FormData(form).get('confirmed')) }) }""")
    page.click("button:has-text('Отозвать обращение')")
    page.click("dialog[open] button[value=no]")
    assert page.evaluate("window.sent") == []
    page.click("button:has-text('Отозвать обращение')")
    page.click("dialog[open] button[value=yes]")
    assert page.evaluate("window.sent") == ["1"]


def test_shortcuts_work_in_the_russian_layout(page: Any) -> None:
    press = """([key, code, ctrl]) => document.body.dispatchEvent(
        new KeyboardEvent('keydown', {key, code, ctrlKey: ctrl, bubbles: true, cancelable: true}))"""
    page.evaluate(
        "document.querySelector('[data-hotkey=\"g m\"]').addEventListener('click', () => { window.gone = true })"
    )
    page.evaluate(press, ["п", "KeyG", False])
    page.evaluate(press, ["ь", "KeyM", False])
    assert page.evaluate("window.gone") is True
    page.evaluate(press, ["л", "KeyK", True])
    assert page.is_visible("#kit-palette")


def test_the_palette_finds_and_goes(page: Any) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("ZT410")
    page.wait_for_selector("#kit-palette [role=option]:has-text('CHTPZ-45')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/styleguide/#CHTPZ-45")
    assert not page.is_visible("#kit-palette")


def test_the_help_lists_the_pages_shortcuts(page: Any) -> None:
    page.keyboard.press("Shift+?")
    assert "Мои обращения" in page.inner_text("#kit-keys")


def test_a_dropped_picture_is_uploaded_and_linked_and_a_refusal_is_said(page: Any) -> None:
    drop = """([name, type]) => { const data = new DataTransfer(); data.items.add(new File(['x'], name, {type}));
        document.querySelector('.editor-box').dispatchEvent(
            new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})) }"""
    page.evaluate(drop, ["снимок.png", "image/png"])
    page.wait_for_function("() => document.querySelector('[name=text]').value.includes('![снимок.png](attachment:17)')")
    assert page.inner_text(".editor-note") == "Файл снимок.png приложен."


def test_the_preview_shows_what_the_server_made(page: Any) -> None:
    page.fill("[name=text]", "Строка <b>")
    page.click("[data-preview]")
    page.wait_for_selector(".editor-preview:has-text('Строка <b>')")
    page.click("[data-preview]")
    assert page.input_value("[name=text]") == "Строка <b>"


def test_the_toolbar_makes_bold(page: Any) -> None:
    page.fill("[name=text]", "слово")
    page.evaluate("document.querySelector('[name=text]').select()")
    page.click("md-bold")
    assert page.input_value("[name=text]") == "**слово**"


def test_chosen_files_are_listed_and_can_be_removed(page: Any) -> None:
    assert page.locator(".file-prompt").first.is_visible()
    page.set_input_files("[name=attachments]", {"name": "журнал.txt", "mimeType": "text/plain", "buffer": b"x" * 4096})
    assert "журнал.txt" in page.inner_text(".file-list")
    assert "4 КБ" in page.inner_text(".file-list")
    page.click("[aria-label='Убрать журнал.txt']")
    assert page.evaluate("document.querySelector('[name=attachments]').files.length") == 0


def test_a_polled_part_is_asked_for_again_only_if_it_changed(page: Any) -> None:
    answers: list[int] = []
    page.on("response", lambda response: answers.append(response.status) if "/polled/" in response.url else None)
    page.evaluate("""() => { const part = document.createElement('div'); part.id = 'part';
        part.setAttribute('hx-get', '/styleguide/polled/'); part.setAttribute('hx-trigger', 'every 100ms');
        document.querySelector('main').append(part); htmx.process(part) }""")
    page.wait_for_selector("#part b")
    assert answers[0] == 200

    def unchanged(response: Any) -> bool:
        return "/polled/" in response.url and response.status == 304

    with page.expect_response(unchanged):  # on a busy machine a second question may leave before the first answer
        pass
    page.evaluate("document.querySelector('#part b').textContent = 'мой'")
    known = len(answers)
    for _ in range(2):
        with page.expect_response(unchanged):
            pass
    assert set(answers[known:]) == {304}
    assert page.inner_text("#part") == "мой"
