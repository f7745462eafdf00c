"""Every address that shows a page, as those who may see it: accessible in both themes, within a phone's width."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mespace.platform.clock import stepped
from tests.access.test_access import OK, Line, lines
from tests.access.world import NOW, PEOPLE, World
from tests.cast import make_cast

# Who looks at a page: the first of each group who may. What they see differs by group, not within it.
GROUPS = (("user", "resp"), ("agent", "contr"), ("mgr", "dir", "aud"), ("adm",), ("anon",))
THE_SAME_FOR_ALL = ("account_", "mfa_", "mail_off", "styleguide", "usersessions", "worktime")
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 700}
ASKED = {"kb:search": "?q=текст", "desk_search": "?q=этикетки"}  # what a page needs to show anything
PART = 30  # pages of one test
# What another theme and width can spoil; all else was looked at in the first.
OF_THEME_AND_WIDTH = ("color-contrast", "target-size", "scrollable-region-focusable")


def pages_of(who: str) -> list[Line]:
    """The lines of the table that `who` looks at for their group."""
    return [line for line in lines() if line.method == "GET" and who in _who_looks(line)]


def _who_looks(line: Line) -> list[str]:
    allowed = [next((each for each in group if line.statuses[each] == OK), "") for group in GROUPS]
    found = [each for each in allowed if each]
    return found[:1] if line.name.startswith(THE_SAME_FOR_ALL) else found


def parts() -> list[tuple[str, int]]:
    """Who looks, and at which part of their pages: parts run beside each other."""
    return [(who, part) for who in PEOPLE for part in range(-(-len(pages_of(who)) // PART))]


@pytest.fixture
def world(http_site: Any, settings: Any, tmp_path: Path) -> Iterator[World]:
    settings.FILES = tmp_path
    with stepped(NOW):
        yield World(make_cast())


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("who", "part"), parts())
def test_every_page_is_accessible_and_fits_a_phone(
    who: str,
    part: int,
    world: World,
    http_site: Any,
    new_page: Callable[..., Any],
    accessible: Callable[..., None],
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    client = Client()
    if name := PEOPLE[who]:
        client.force_login(world.users[name])
    page = new_page()
    if name:
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": http_site.url}
        page.context.add_cookies([cookie])
    wrong, looked_at = [], 0
    for line in pages_of(who)[part * PART : (part + 1) * PART]:
        address = world.address(line.name, line.arguments) + ASKED.get(line.name, "")
        answer = page.context.request.get(address, max_redirects=0)
        if answer.status != OK or not _is_a_page(answer):
            continue
        looked_at += 1
        for size, theme in ((WIDE, "light"), (NARROW, "dark")):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=theme)
            page.goto(address, wait_until="load")
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > size["width"]:
                wrong.append(f"{line.name} {address} is {width} wide on a screen of {size['width']}")
            try:
                accessible(page, () if size is WIDE else OF_THEME_AND_WIDTH)
            except AssertionError as found:
                wrong.append(f"{line.name} ({theme}, {size['width']}): {found}")
            if folder := request.config.getoption("--shots"):
                shot = f"{who}.{line.name}.{'.'.join(line.arguments)}.{size['width']}.png".replace("/", "-")
                page.screenshot(path=Path(folder) / shot, full_page=True)
    record_property("count", f"{who}, part {part + 1}: {looked_at} pages looked at in both themes")
    assert wrong == [], "\n".join(wrong)
    assert looked_at or part


def _is_a_page(answer: Any) -> bool:
    headers = answer.headers
    return (
        headers.get("content-type", "").startswith("text/html")
        and "attachment" not in headers.get("content-disposition", "")
        and "<html" in answer.text()[:400]
    )
