"""The look of axe finds what is wrong, and says where."""

from typing import Any

import pytest

from tests.infrastructure.axe import findings
from tests.infrastructure.chromium import NONE, chromium

pytestmark = [pytest.mark.browser, pytest.mark.skipif(chromium() is None, reason=f"browser test: {NONE}")]

GOOD = '<!doctype html><html lang="ru"><title>Страница</title><main><h1>Заголовок</h1><p>Текст</p></main>'


def test_a_good_page_has_no_findings(browser: Any) -> None:
    assert found_in(browser, GOOD) == []


def test_what_is_wrong_is_found_with_each_place(browser: Any) -> None:
    wrong = '<img src="data:," id="first"><img src="data:," id="second"><p id="pale" style="color:#ddd">Бледно</p>'
    found = found_in(browser, GOOD.replace("<p>Текст</p>", wrong))
    assert [line.split(" (")[0] for line in found] == ["color-contrast", "image-alt"]
    assert "#pale" in found[0]
    assert "#first" in found[1]
    assert "#second" in found[1]


def test_only_the_rules_that_were_asked_for_are_looked_at(browser: Any) -> None:
    pale = GOOD.replace("<p>", '<p style="color:#ddd">')
    assert found_in(browser, pale, "image-alt") == []
    assert "image-alt" in found_in(browser, pale.replace("Текст", '<img src="data:,">'), "image-alt")[0]


def found_in(browser: Any, html: str, *rules: str) -> list[str]:
    page = browser.new_page()
    try:
        page.set_content(html)
        return findings(page, rules)
    finally:
        page.close()
