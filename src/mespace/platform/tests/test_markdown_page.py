"""Long texts as pages: headings with addresses, callouts, frames; and nothing that a browser would run."""

import re
import time
from html.parser import HTMLParser

import pytest

from mespace.platform.markdown_page import (
    _PAGE_ATTRIBUTES,
    _PAGE_CLASSES,
    _PAGE_TAGS,
    RenderedPage,
    plain_page,
    render_page,
    slug,
)

SECONDS = 20


class Checker(HTMLParser):
    """Fails on anything that is not on the list."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _PAGE_TAGS
        for name, value in attrs:
            assert name in _PAGE_ATTRIBUTES.get(tag, set()) | {"rel", "class"}
            if name == "class":
                assert set((value or "").split()) <= _PAGE_CLASSES[tag]
            if name == "href":
                assert re.match(r"(https?:|mailto:|tel:|/|#)", value or "")
            if name == "src":
                assert re.fullmatch(r"/kb/files/\d+/", value or "")


def page(source: str) -> RenderedPage:
    made = render_page(source, attachment_url=lambda pk: f"/kb/files/{pk}/")
    checker = Checker()
    checker.feed(made.html)
    checker.close()
    return made


def test_headings_begin_below_the_title_and_have_addresses() -> None:
    made = page("# Что проверить\n### Сеть\n# Что проверить\n###### Совсем мелко")
    assert [(one.level, one.anchor, one.text) for one in made.contents] == [
        (2, "s-chto-proverit", "Что проверить"),
        (2, "s-chto-proverit-2", "Что проверить"),
    ]
    assert '<h4 id="s-set">' in made.html
    assert page("текст").contents == ()


@pytest.mark.parametrize(("heading", "end"), [("Щётки №5", "shchetki-5"), ("!!!", ""), ("a" * 90, "a" * 60)])
def test_addresses_are_latin_and_short(heading: str, end: str) -> None:
    assert slug(heading) == end


def test_callouts_are_quotes_that_say_what_they_are() -> None:
    made = page("> [!WARNING]\n> Осторожно, **ток**.\n\n> [!tip] сразу\n\n> просто цитата\n\n> [!EVIL] нет такой")
    assert made.html.count('<div class="callout callout-') == 2
    assert made.html.count("<blockquote>") == 2
    assert "[!WARNING]" not in made.html


def test_wide_things_scroll_by_keyboard() -> None:
    made = page("| a | b |\n|--|--|\n| 1 | 2 |\n\n```\nselect '<b>'\n```")
    assert 'class="table-scroll" role="region" tabindex="0"' in made.html
    assert "<pre tabindex=\"0\"><code>select '&lt;b&gt;'" in made.html or "&#x27;&lt;b&gt;&#x27;" in made.html


@pytest.mark.parametrize(
    "source",
    [
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<script>alert(1)</script>",
        '<svg onload="alert(1)"></svg>',
        "<iframe src=//evil></iframe>",
        "![x](data:image/svg+xml;base64,AAAA)",
        "![x](https://evil.example/x.png)",
        '# <img src=x onerror=alert(1)> "><b id=main>',
        "> [!NOTE]<script>alert(1)</script>",
        "```\n</code></pre><script>alert(1)</script>\n```",
        '| <a href="javascript:x"> |\n|--|\n| <form action=/logout> |',
        "[x](vbscript:x) [y](JaVaScRiPt&#58;alert(1)) [z](\x01javascript:1)",
    ],
)
def test_nothing_runs(source: str) -> None:
    made = page(source)
    assert "<script" not in made.html
    assert "<svg" not in made.html
    assert "<iframe" not in made.html


def test_for_search_a_callout_is_its_words() -> None:
    assert plain_page("Сначала\n\n> [!TIP]\n> Файлы можно *перетащить*.\n>\n> > [!warning] Стой") == (
        "Сначала\n\nФайлы можно перетащить.\n\nСтой"
    )
    assert plain_page("Отметка [!TIP] посреди строки") == "Отметка [!TIP] посреди строки"


@pytest.mark.parametrize(
    "source",
    [
        "> " * 5_000 + "[!NOTE] x",
        "".join(f"{'#' * (1 + number % 6)} Раздел {number}\n\n" for number in range(3_000)),
        "|" + "a|" * 400 + "\n|" + "-|" * 400 + "\n" + ("|" + "b|" * 400 + "\n") * 100,
        "[" * 50_000,
        "```\n" * 20_001,
        "- " * 3_000 + "x",
    ],
)
def test_huge_and_deep_texts_come_to_an_end(source: str) -> None:
    began = time.monotonic()
    page(source)
    assert time.monotonic() - began < SECONDS
