"""People's text on pages: all that Markdown offers, nothing that a browser would run, and an end to every parse."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespace.platform import markdown
from mespace.platform.markdown import ATTRIBUTES, CLASSES, LONGEST, SCHEMES, TAGS, plain_text, render

ALLOWED_ALWAYS = {"rel", "class"}
SECONDS = 20  # far more than any text takes on the slowest machine that runs tests


class Checker(HTMLParser):
    """Fails on anything that is not on the list."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            assert name in ATTRIBUTES.get(tag, set()) | ALLOWED_ALWAYS
            if name == "class":
                assert set((value or "").split()) <= CLASSES[tag]
            if name == "href":
                scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", value or "")
                assert scheme is None or scheme[1].lower() in SCHEMES
            if tag == "img" and name == "src":
                assert re.fullmatch(r"/files/\d+/", value or "")


def checked(source: str) -> str:
    made = render(source)
    checker = Checker()
    checker.feed(made)
    checker.close()
    return made


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("первая\nвторая", "<p>первая<br>\nвторая</p>\n"),
        ("**ж** *к* ~~з~~ `к`", "<p><strong>ж</strong> <em>к</em> <s>з</s> <code>к</code></p>\n"),
        ("# Раздел", "<h3>Раздел</h3>\n"),
        ("###### Мелкий", "<h6>Мелкий</h6>\n"),
        ("- [ ] раз\n- [x] два", '<ul>\n<li class="task">☐ раз</li>\n<li class="task">☑ два</li>\n</ul>\n'),
        ("```sql\nselect '<b>'\n```", "<pre><code>select '&lt;b&gt;'\n</code></pre>\n"),
        ("| a |\n|--:|\n| 1 |", None),
        ("ZAVOD-42", '<p><a href="/t/ZAVOD-42/" rel="nofollow noopener noreferrer">ZAVOD-42</a></p>\n'),
        ("UTF-8, ISO-9001, RS-485, A-1, xZAVOD-42, ZAVOD-042", "<p>UTF-8, ISO-9001, RS-485, A-1, xZAVOD-42, ZAVOD-042</p>\n"),  # noqa: E501
        ("`ZAVOD-42`", "<p><code>ZAVOD-42</code></p>\n"),
        ("main.py и server.ru", "<p>main.py и server.ru</p>\n"),
        ("![экран](attachment:7)", '<p><img src="/files/7/" alt="экран" loading="lazy"></p>\n'),
        ("[журнал](attachment:8)", '<p><a href="/files/8/" rel="nofollow noopener noreferrer">журнал</a></p>\n'),
        ("![x](https://evil.example/x.png)", '<p><a href="https://evil.example/x.png" rel="nofollow noopener noreferrer">x</a></p>\n'),  # noqa: E501
        ("[![x](http://a/b.png)](http://q/)", '<p><a href="http://q/" rel="nofollow noopener noreferrer">x</a></p>\n'),
    ],
)  # fmt: skip
def test_what_markdown_becomes(source: str, expected: str | None) -> None:
    made = checked(source)
    assert expected is None or made == expected


def test_addresses_become_links_that_give_nothing_away() -> None:
    made = checked("См. https://example.com/a?b=1 и mail@example.com")
    assert '<a href="https://example.com/a?b=1" rel="nofollow noopener noreferrer">' in made
    assert 'href="mailto:mail@example.com"' in made


def test_alignment_is_a_class_and_no_style() -> None:
    made = checked("| a | b |\n|--:|:-:|\n| 1 | 2 |")
    assert '<td class="align-right">1</td>' in made
    assert "style" not in made


def test_an_attachment_may_live_elsewhere() -> None:
    made = render("![a](attachment:7)", attachment_url=lambda pk: f"https://support.example.com/files/{pk}/")
    assert '<img src="https://support.example.com/files/7/" alt="a" loading="lazy">' in made


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java&#10;script:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](&#x6A;&#x61;vascript&colon;alert(1))",
        "[a](\x01javascript:alert(1))",
        "[a](vbscript:msgbox)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "![a](data:image/svg+xml;base64,PHN2Zz4=)",
        "![a](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[a]: javascript:alert(1)\n\n[a]",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "![a](attachment:7 'x\" onerror=\"alert(1)')",
        '[a](http://x "t\' onmouseover=alert(1) \\"")',
        "![a](attachment:7/../../admin)",
        "![a](/files/1/)",
        "![a](//evil.example/x)",
        '```"><script>alert(1)</script>\n```',
        "<!--><script>alert(1)</script>-->",
        "<style>*{display:none}</style>",
        "<iframe src=//evil.example>",
        "\ud800<script>",
        "a\x00<b>",
    ],
)
def test_nothing_that_a_browser_runs_survives(source: str) -> None:
    made = checked(source)
    assert not re.search(r"<(?:script|svg|iframe|style|b)\b", made)
    assert not re.search(r'(?:href|src)="\s*(?:javascript|data|vbscript)', made, re.IGNORECASE)


@given(st.text(alphabet=st.sampled_from("<>&#;:/\\\"'()[]!*_~`|-=x1aя \n\tjavscriptdhef.@"), max_size=120))
def test_any_text_stays_within_the_list(source: str) -> None:
    checked(source)
    plain_text(source)


N = LONGEST
HOSTILE = {
    "brackets": "[" * N,
    "pictures": "![" * (N // 2),
    "angles": "<" * N,
    "ticks": "".join("`" * i + " " for i in range(1, 600)),
    "quotes": ">" * N,
    "lists": "- " * (N // 2),
    "nested lists": "".join(" " * i + "- a\n" for i in range(600)),
    "links": "[a](" * (N // 4),
    "titles": '[x](a "' * (N // 7),
    "emphasis": "*a **a " * (N // 7),
    "stars": "a**b" * (N // 4),
    "ampersands": "&" * N,
    "at signs": "a@" * (N // 2),
    "addresses": "http://a " * (N // 9),
    "brackets in an address": "http://a/" + "(" * (N - 9),
    "tables": "a|b\n-|-\n" * (N // 8),
    "one wide table": "|a" * (N // 4) + "\n" + "|-" * (N // 4),
    "references": "[a]: b\n" * (N // 7),
    "used references": "[a]: x\n\n" + "[a]" * (N // 3 - 4),
    "lines": "a\n" * (N // 2),
    "deep": "> > > > > - a\n" * (N // 14),
    "spaces": "a" + " " * (N - 2) + "b",
    "keys": "ZAVOD-42 " * (N // 9),
    "capitals": "A" * N,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_text_ends(name: str) -> None:
    source = HOSTILE[name] if name == "ticks" else HOSTILE[name][:N]
    start = time.thread_time()
    render(source)
    assert time.thread_time() - start < SECONDS


def test_what_takes_too_many_steps_or_is_too_long_comes_as_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MOST_STEPS", 50)
    assert checked("**a** <b>\nc\n\n" * 30).startswith("<p>**a** &lt;b&gt;<br>\nc</p>\n<p>**a**")
    monkeypatch.undo()
    assert checked("*a*" * LONGEST)[:14] == "<p>*a**a**a**a"


def test_plain_text_for_mails_and_search() -> None:
    source = (
        "# Шаги\nНажмите **Печать** [здесь](https://example.com/x), см. https://example.com/y и ZAVOD-1.\n\n"
        "1. раз\n2. два\n\n![экран](attachment:7) [журнал](attachment:8)\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n```\nкод\n```\n"  # noqa: E501
    )
    assert plain_text(source).split("\n") == [
        "Шаги", "", "Нажмите Печать здесь (https://example.com/x), см. https://example.com/y и ZAVOD-1.", "",
        "1. раз", "2. два", "", "экран журнал", "", "a\tb\t", "1\t2\t", "", "код",
    ]  # fmt: skip
