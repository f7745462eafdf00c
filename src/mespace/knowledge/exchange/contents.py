"""What an archive of a space holds: articles' texts, and the files that they name, by path or by number."""

import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.knowledge.exchange.file_paths import FOLDER, with_numbers
from mespace.platform.files import Archive, Bounds

BOUNDS = Bounds(entries=1_000, unpacked=128 * 2**20)
MOST_BYTES = 64 * 2**20  # of the archive
MOST_TEXTS = 300
MOST_FILES = 300
LONGEST_TEXT = 1 * 2**20  # bytes
_NUMBERED = re.compile(rf"{FOLDER}/([1-9]\d{{0,17}})-([^/]+)", re.DOTALL)  # as archives were written before
_OF_THE_SYSTEM = re.compile(r"(?:.*/)?(?:__MACOSX(?:/.*)?|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)", re.IGNORECASE)


@dataclass(frozen=True)
class Complaint:
    """What is wrong, by file and line (0: the file as a whole)."""

    path: str
    line: int
    text: str


@dataclass
class Contents:
    """The texts by path, the files' paths, those that begin with a number by it, and what could not be read."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    numbered: dict[int, str] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, path: str, text: str, line: int = 0) -> None:
        """Note what is wrong."""
        self.complaints.append(Complaint(path, line, text))

    @cached_property
    def named(self) -> tuple[set[str], set[int]]:
        """The files that the texts name, by path and by number; asked for when all are there."""
        paths: set[str] = set()
        numbers: set[int] = set()

        def by_path(path: str) -> int | None:
            if path not in self.files:
                return None
            paths.add(path)
            return 0

        def by_number(number: int) -> int | None:
            if number in self.numbered:
                numbers.add(number)
            return 0

        for at, text in self.texts:
            with_numbers(text, at, by_number=by_number, by_path=by_path)
        return paths, numbers


def contents_of(archive: Archive) -> Contents:
    """What the archive holds; files are looked up, not read. Raises ArchiveRefused."""
    made = Contents()
    names = [name for name in archive.names if not _OF_THE_SYSTEM.fullmatch(name)]
    folder = _common_folder(names)
    texts = []
    for name in names:
        path = name.removeprefix(folder)
        if path.startswith(f"{FOLDER}/"):
            _note_file(made, name, path)
        elif path.lower().endswith(".md"):
            texts.append(name)
        else:
            made.complain(name, _("Neither an article (.md) nor a file in the folder “files”."))
    if len(texts) > MOST_TEXTS:
        told = ngettext("At most %(n)d article at once.", "At most %(n)d articles at once.", MOST_TEXTS)
        made.complain("", told % {"n": MOST_TEXTS})
        return made  # looking at each of them would take a minute
    for name in texts:
        _read_text(made, archive, name)
    if len(made.files) > MOST_FILES:
        told = ngettext("At most %(n)d file at once.", "At most %(n)d files at once.", MOST_FILES)
        made.complain("", told % {"n": MOST_FILES})
    _refuse_loose(made, folder)
    if not made.texts and not made.complaints:
        made.complain("", _("There is no article in the archive: no file ends with .md."))
    return made


def _common_folder(names: list[str]) -> str:
    """The folder in which everything lies, when somebody packed the folder and not what is in it."""
    first = names[0].partition("/")[0] + "/" if names else ""
    inside = all(name.startswith(first) for name in names)
    holds_files = any(name.startswith(f"{first}{FOLDER}/") for name in names)
    return first if inside and holds_files else ""


def _note_file(made: Contents, name: str, path: str) -> None:
    made.files.add(name)
    match = _NUMBERED.fullmatch(path)
    if match is not None and int(match[1]) in made.numbered:
        made.complain(name, _("Two files have this number."))
    elif match is not None:
        made.numbered[int(match[1])] = name


def _refuse_loose(made: Contents, folder: str) -> None:
    """Refuse what lies beside the articles' folders of files, and no text names: it was meant for something."""
    for name in sorted(made.files - made.named[0]):
        path = name.removeprefix(folder)
        if path.count("/") == 1 and not _NUMBERED.fullmatch(path):
            made.complain(name, _("No text names this file. A text names it by the way to it: ../files/plan.png."))


def _read_text(made: Contents, archive: Archive, name: str) -> None:
    data = b""
    for chunk in archive.chunks(name):
        data += chunk
        if len(data) > LONGEST_TEXT:
            made.complain(name, _("An article's file is at most 1 MB."))
            return
    try:
        made.texts.append((name, data.removeprefix(codecs.BOM_UTF8).decode("utf-8").replace("\x00", "")))
    except UnicodeDecodeError as problem:
        line = 1 + data[: problem.start].count(b"\n")
        made.complain(name, _("The text is not UTF-8. Save it as UTF-8."), line)


@dataclass
class Counted:
    """Chunks that pass through, and the SHA-256 of them in hex."""

    chunks: Iterable[bytes]
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def __iter__(self) -> Iterator[bytes]:
        """The chunks."""
        for chunk in self.chunks:
            self.digest.update(chunk)
            yield chunk
