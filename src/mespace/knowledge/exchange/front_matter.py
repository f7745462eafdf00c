"""An article as a Markdown file: what is known of it stands in TOML between two lines of `+++`, then comes the text."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FENCE = "+++"
_HEAD = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_AT_LINE = re.compile(r"at line (\d+)")
ORIGIN = ("article", "begun", "revision")  # which article this was, since when there is such, and which of its texts
LINES = ("title", "summary", "kind", "section", "audience", "known_error", "build", *ORIGIN, "note")
LISTS = ("products", "components", "versions")


class BadFrontMatter(Exception):  # noqa: N818 - named as what it says
    """The head of the file is not there or cannot be read: `field` (the fence, or "": the whole) and `line`, from 1."""

    def __init__(self, field: str, line: int = 1) -> None:
        self.field, self.line = field, line
        super().__init__(f"{field} in line {line}")


@dataclass(frozen=True)
class ArticleSheet:
    """What a file says of an article; names are as people read them, not rows' numbers."""

    lines: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    # The line in which each field begins, from 1; that of the text under `body`.
    places: Mapping[str, int] = field(default_factory=dict, compare=False)

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
    places = _places(match[0])
    try:
        head = tomllib.loads(match[1])
    except (ValueError, RecursionError) as problem:
        at = _AT_LINE.search(str(problem))
        raise BadFrontMatter("", int(at[1]) + 1 if at else 1) from None
    unknown = sorted(set(head) - {*LINES, *LISTS, "details"})
    if unknown:
        raise BadFrontMatter(unknown[0], places.get(unknown[0], 1))
    try:
        lines = {name: _text(name, head[name]) for name in LINES if name in head}
        lists = {name: _texts(name, head[name]) for name in LISTS if name in head}
        details = {name: _text(name, value) for name, value in _table(head.get("details", {})).items()}
    except BadFrontMatter as problem:
        raise BadFrontMatter(problem.field, places.get(problem.field, 1)) from None
    rest = text[match.end() :]
    blank = rest[: len(rest) - len(rest.lstrip())].count("\n") if rest.strip() else 0
    places["body"] = 1 + match[0].count("\n") + blank
    return ArticleSheet(lines, lists, details, rest.strip(), places)


def _places(head: str) -> dict[str, int]:
    """In which line each field begins, as far as it is written plainly."""
    names = (row.partition("=")[0].strip().strip("\"'[]") for row in head.split("\n"))
    return {name: number for number, name in reversed(list(enumerate(names, 1))) if name}


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


def _table(value: Any) -> dict[str, Any]:  # noqa: ANN401
    if not isinstance(value, dict):
        raise BadFrontMatter("details")
    return value


def _texts(name: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadFrontMatter(name)
    return tuple(value)
