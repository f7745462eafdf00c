"""Files in an archive of a space: under which path each lies, and how the texts beside them name it.

In the product a text names a file by number (`attachment:12`); in an archive by the way to it, `../files/ARTICLE/NAME`,
as every reader of Markdown understands.
"""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import quote, unquote

from mespace.knowledge.models import ArticleFile
from mespace.knowledge.texts import ATTACHMENT
from mespace.platform.files import clean_name, numbered_name

FOLDER = "files"
_WAY = rf"(?:\.{{1,2}}/)*{FOLDER}/"
_PLAIN = re.compile(rf"{_WAY}[\w\-.~%/]+")  # as export writes it
_NAMING = re.compile(
    rf"{ATTACHMENT.pattern}"
    rf"|(?P<link>\]\([ \t]*)?<(?P<angled>{_WAY}[^<>\n]+)>"
    rf"|(?<=\]\()(?P<aim>{_WAY}[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)"
    rf"|(?<![\w/.%~-])(?P<plain>{_PLAIN.pattern})"
)
ByNumber = Callable[[int], int | None]
ByPath = Callable[[str], int | None]


class FreeNames:
    """Names of which no two are alike, on disks that know no capitals either: a later one gets a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        """The name, or the next that is free."""
        made, number = name, 1
        while made.casefold() in self._taken:
            number += 1
            made = numbered_name(name, number)
        self._taken.add(made.casefold())
        return made


def paths_of(article: str, files: Iterable[ArticleFile]) -> dict[int, str]:
    """The paths of an article's files by number, given the name of the article's own file (without `.md`)."""
    names = FreeNames()
    ordered = sorted(files, key=lambda file: file.pk)
    return {file.pk: f"{FOLDER}/{article}/{names.take(clean_name(file.name))}" for file in ordered}


def with_paths(text: str, paths: Mapping[int, str]) -> str:
    """The text of an article in a section's folder, with its files named by the way to them."""

    def said(match: re.Match[str]) -> str:
        path = paths.get(int(match[1]))
        return match[0] if path is None else f"../{_quoted(path)}"

    return ATTACHMENT.sub(said, text)


def with_numbers(text: str, at: str, *, by_number: ByNumber, by_path: ByPath) -> tuple[str, list[str]]:
    """The text of the file `at` with its files named by number, and what it names that is not there, as it is written.

    Old archives name files by number, too. What only looks like a path, in no link, stays as it is.
    """
    missing: list[str] = []

    def said(match: re.Match[str]) -> str:
        if match[1] is not None:
            number = by_number(int(match[1]))
            if number is None:
                missing.append(match[0])
            return match[0] if number is None else f"attachment:{number}"
        written = match["angled"] or match["aim"] or match["plain"]
        before, rest = match[0].split(written, 1)
        for part, path in _readings(written, at):
            number = by_path(path)
            if number is not None:
                return f"{before}attachment:{number}{_NAMING.sub(said, written[len(part) :] + rest)}"
        if match["aim"] or match["link"]:
            missing.append(written)
        plain = _PLAIN.match(written)
        known = len(plain[0]) if plain else len(FOLDER)
        return f"{before}{written[:known]}{_NAMING.sub(said, written[known:] + rest)}"

    names_any = "attachment:" in text or f"{FOLDER}/" in text
    return (_NAMING.sub(said, text) if names_any else text), missing


def _readings(written: str, at: str) -> Iterator[tuple[str, str]]:
    """What of the written may be a path, and which: all of it, or without what a sentence added."""
    plain = _PLAIN.match(written)
    parts = [written, written.rstrip(".,;:!?*_"), plain[0] if plain else written]
    for part in dict.fromkeys([*parts, parts[-1].rstrip(".")]):
        for path in dict.fromkeys([unquote(part), part]):
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(at), path))
            yield part, unicodedata.normalize("NFC", whole)


def _quoted(path: str) -> str:
    """As a link can name it: letters and digits of any script as they are, what Markdown might take for its own not."""
    return "".join(letter if letter.isalnum() or letter in "-._~/" else quote(letter) for letter in path)
