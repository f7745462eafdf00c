"""What holds for every template, style sheet and script, whoever wrote it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mespace.web.icons import icon_names
from mespace.web.vocabulary import CLOCKS, CRITICALITIES, FILE_ICONS, PARTIES, STATUSES, TYPES
from tools import vendor

WEB = Path(__file__).resolve().parents[1]
STATIC = WEB / "static/web"
PAGES = sorted(WEB.rglob("templates/**/*.html"))


def colours(theme: str) -> dict[str, str]:
    text = (STATIC / "css/tokens.css").read_text("utf-8")
    block = re.search(rf"{re.escape(theme)} {{(.*?)\n}}", text, re.DOTALL)
    assert block
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pairs() -> Iterator[tuple[str, str, float]]:
    grounds = ("background", "card", "popover", "muted", "sidebar")
    yield from ((text, ground, 4.5) for text in ("foreground", "muted-foreground", "link") for ground in grounds)
    yield from ((tone, f"{tone}-bg", 4.5) for tone in (f"tone-{look.tone}" for look in STATUSES.values()))
    yield from ((tone, f"{tone}-bg", 4.5) for tone in ("tone-critical", "tone-internal", "good", "warn", "bad", "note"))
    yield from ((text, "card", 4.5) for text in ("good", "warn", "bad", "tone-internal", "destructive"))
    yield from ((text, "background", 4.5) for text in ("good", "warn", "bad"))
    yield from ((f"{name}-foreground", name, 4.5) for name in ("primary", "secondary", "accent"))
    yield from (
        ("muted-foreground", "tone-internal-bg", 4.5),
        ("foreground", "tone-internal-bg", 4.5),
        ("muted-foreground", "accent", 4.5),
    )
    yield from ((line, ground, 3.0) for line in ("input", "focus", "primary") for ground in ("card", "background"))


@pytest.mark.parametrize("theme", [":root", ".dark"])
def test_every_pair_of_colours_can_be_read(theme: str) -> None:
    of = colours(theme)
    poor = [(a, b, round(contrast(of[a], of[b]), 2)) for a, b, least in pairs() if contrast(of[a], of[b]) < least]
    assert poor == []


def test_every_icon_named_in_a_page_or_a_table_is_drawn() -> None:
    named = {name for page in PAGES for name in re.findall(r'{% icon "([^"]+)"', page.read_text("utf-8"))}
    named |= {look.icon for table in (STATUSES, CRITICALITIES, TYPES, PARTIES, CLOCKS) for look in table.values()}
    named |= {icon for _start, icon in FILE_ICONS} | {"file-unknown", "robot"}
    assert named - icon_names() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(WEB).as_posix())
def test_pages_hold_nothing_that_the_content_policy_forbids(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|hx-on", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert not re.search(r"(src|href)=\"(https?:)?//", text)


def test_nothing_is_loaded_from_elsewhere() -> None:
    for path in [*STATIC.rglob("*.css"), *(STATIC / "js").rglob("*.js")]:
        assert not re.search(
            r"@import|url\(['\"]?https?:|from ['\"]https?:|sourceMappingURL", path.read_text("utf-8")
        ), path


def test_vendored_files_are_as_fetched() -> None:
    assert vendor.check() == []
