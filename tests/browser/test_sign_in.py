"""The way in, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_sign_in_page_is_usable_for_everyone(
    new_page: Callable[..., Any], accessible: Callable[[Any], None], scheme: str, width: int
) -> None:
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto("/account/login/")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_wrong_password_keeps_what_was_typed(page: Any) -> None:
    page.goto("/account/login/")
    page.locator("input[name=login]").fill("engineer@example.com")
    page.locator("input[name=password]").fill("not the password")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_load_state()
    assert page.locator("input[name=login]").input_value() == "engineer@example.com"
    assert page.locator("[role=alert], .errorlist, [data-error], [aria-invalid=true]").count() > 0
