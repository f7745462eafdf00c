"""A real Chromium, where there is one; pages looked at by axe as well as by eye."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.infrastructure.axe import findings
from tests.infrastructure.chromium import NONE, chromium


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    without = chromium() is None
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if without:
                item.add_marker(pytest.mark.skip(reason=f"browser test: {NONE}"))


@pytest.fixture
def new_page(browser: Any, http_site: Any) -> Iterator[Callable[..., Any]]:
    """Opens pages of `http_site`, each in a session of its own; options are Playwright's for a context.

    What a page says in its console as an error, and what it asks of foreign hosts, fails the test.
    """
    contexts, complaints = [], []

    def open_page(**options: Any) -> Any:
        defaults: dict[str, Any] = {
            "base_url": http_site.url,
            "locale": "ru-RU",
            "timezone_id": "Asia/Yekaterinburg",
            "viewport": {"width": 1440, "height": 900},
        }
        context = browser.new_context(**(defaults | options))
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on(
            "console",
            lambda line: (
                complaints.append(line.text)
                if line.type == "error" and "Content Security Policy" in line.text
                else None
            ),
        )
        page.on(
            "request",
            lambda asked: (
                complaints.append(f"foreign request: {asked.url}")
                if not asked.url.startswith((http_site.url, "data:", "blob:"))
                else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    """One page at desktop width."""
    return new_page()


@pytest.fixture
def accessible() -> Callable[..., None]:
    """Fails with axe's findings (WCAG 2.2 AA, or some of its rules) about the page as it stands."""

    def look(page: Any, rules: Sequence[str] = ()) -> None:
        found = findings(page, rules)
        assert not found, f"{page.url}\n" + "\n".join(found)

    return look
