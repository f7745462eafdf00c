"""An article as a Markdown file: what is known of it stands in TOML between two lines of `+++`, then comes the text."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FENCE = "+++"
_HEAD = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
LINES = ("title", "summary", "kind", "section", "audience", "known_error", "build", "note")
LISTS = ("products", "components", "versions")


class BadFrontMatter(Exception):  # noqa: N818 - named as what it says
    """The head of the file is not there or cannot be read; `problem` says what is wrong, in the parser's words."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


@dataclass(frozen=True)
class ArticleSheet:
    """What a file says of an article; names are as people read them, not rows' numbers."""

    lines: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    body: str = ""

    def line(self, name: str, default: str = "") -> str:
        """One of `LINES`."""
        return self.lines.get(name, default)

    def named(self, name: str) -> tuple[str, ...]:
        """One of `LISTS`."""
        return self.lists.get(name, ())


def read_sheet(text: str) -> ArticleSheet:
    """What a file says. Raises BadFrontMatter."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    match = _HEAD.match(text)
    if match is None:
        raise BadFrontMatter(FENCE)
    try:
        head = tomllib.loads(match[1])
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadFrontMatter(str(problem)) from None
    unknown = sorted(set(head) - {*LINES, *LISTS, "details"})
    if unknown:
        raise BadFrontMatter(unknown[0])
    lines = {name: _text(name, head[name]) for name in LINES if name in head}
    lists = {name: _texts(name, head[name]) for name in LISTS if name in head}
    details = head.get("details", {})
    if not isinstance(details, dict):
        raise BadFrontMatter("details")
    made = {name: _text(name, value) for name, value in details.items()}
    return ArticleSheet(lines, lists, made, text[match.end() :].strip())


def written_sheet(sheet: ArticleSheet) -> str:
    """The file; `read_sheet` gives the same again."""
    rows = [f"{name} = {_quoted(sheet.lines[name])}" for name in LINES if sheet.lines.get(name)]
    rows += [f"{name} = [{', '.join(map(_quoted, sheet.lists[name]))}]" for name in LISTS if sheet.lists.get(name)]
    if sheet.details:
        rows += ["", "[details]", *(f"{name} = {_quoted(value)}" for name, value in sheet.details.items())]
    return "\n".join([FENCE, *rows, FENCE, "", sheet.body, ""])


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are a part of TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _text(name: str, value: Any) -> str:  # noqa: ANN401 - whatever TOML holds
    if not isinstance(value, str):
        raise BadFrontMatter(name)
    return value


def _texts(name: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadFrontMatter(name)
    return tuple(value)
