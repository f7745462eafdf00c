"""Collects the words of each room, merges them into its Russian catalogue and compiles it (needs Babel, no gettext).

python tools/messages.py                   all rooms
python tools/messages.py tickets web/desk  these two
python tools/messages.py --check           changes nothing; names what is missing, fuzzy, unused or not compiled

A room's catalogue is src/mespace/ROOM/locale/ru/LC_MESSAGES/django.po. Each audience of web is a room of its own.
New words are added empty: write the Russian by hand, then run the tool again to compile.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/mespace"
KEPT_IN_WEB = {"templatetags", "templates"}
LANGUAGE = "ru"
SKIPPED = {"tests", "migrations", "locale", "static", "__pycache__"}
TEMPLATES = {".html", ".txt"}
UNCHANGING = datetime(2026, 1, 1, tzinfo=UTC)
"""Catalogues carry no dates of their own: version control has them, and equal words must give equal files."""

KEYWORDS: dict[str, tuple[object, ...] | None] = {
    name + lazy: spec
    for lazy in ("", "_lazy", "_noop")
    for name, spec in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
} | {"_": None}

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|(?<!%)\{(\w+)\}")

Key = tuple[str, str | None]


class Room(NamedTuple):
    """A folder with a catalogue of its own; `without` names sub-folders that are rooms themselves."""

    name: str
    without: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Where its sources lie."""
        return SOURCE / self.name

    @property
    def catalogue(self) -> Path:
        """Its .po file."""
        return self.folder / "locale" / LANGUAGE / "LC_MESSAGES/django.po"


def rooms() -> list[Room]:
    """Every room, by name; each audience of web is one."""
    found = []
    for folder in sorted(path for path in SOURCE.iterdir() if path.is_dir() and path.name not in SKIPPED):
        if folder.name == "web":
            parts = sorted(
                path.name for path in folder.iterdir() if path.is_dir() and path.name not in SKIPPED | KEPT_IN_WEB
            )
            found += [Room("web", tuple(parts)), *(Room(f"web/{name}") for name in parts)]
        else:
            found.append(Room(folder.name))
    return found


def sources(room: Room) -> Iterator[Path]:
    """The room's Python files and templates, in a fixed order."""
    for path in sorted(room.folder.rglob("*")):
        inside = path.relative_to(room.folder).parts
        if path.is_file() and not SKIPPED.intersection(inside) and inside[0] not in room.without:
            yield path


def words_of(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None, list[str]]]:
    """Each msgid (a pair for plurals) with its context and the translators' comments above it."""
    if path.suffix == ".py":
        text = path.read_text("utf-8")
    elif path.suffix in TEMPLATES:
        # Brackets keep the tokenizer from judging the indentation of what templatize leaves of the markup.
        text = "(\n" + templatize(path.read_text("utf-8"), origin=str(path)) + "\n)"
    else:
        return
    for _line, function, found, comments in extract_python(
        io.BytesIO(text.encode()), dict(KEYWORDS), ["Translators:"], {"encoding": "utf-8"}
    ):
        spec = KEYWORDS[function]
        arguments = list(found) if isinstance(found, tuple | list) else [found]
        context = arguments.pop(0) if function.startswith(("pgettext", "npgettext")) else None
        if (
            not arguments
            or arguments[0] is None
            or (function.startswith(("pgettext", "npgettext")) and context is None)
        ):
            continue
        plural = spec is not None and function.startswith(("ngettext", "npgettext"))
        yield ((arguments[0], arguments[1]) if plural else arguments[0]), context, comments


def extracted(room: Room) -> Catalog:
    """A catalogue of the room's words without translations."""
    catalogue = Catalog(locale=LANGUAGE, fuzzy=False)
    for path in sources(room):
        for word, context, comments in words_of(path):
            catalogue.add(
                word, context=context, locations=[(path.relative_to(ROOT).as_posix(), 1)], auto_comments=comments
            )
    return catalogue


def stored(room: Room) -> Catalog | None:
    """The room's catalogue as it lies in the tree; None when there is none."""
    if not room.catalogue.exists():
        return None
    with room.catalogue.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def compiled(catalogue: Catalog) -> bytes:
    """The .mo file's bytes."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def update(room: Room) -> list[str]:
    """Merge and compile one room; what is still to be translated, in sentences."""
    words = extracted(room)
    old = stored(room)
    if not len(words) and old is None:
        return []
    if old is None:
        catalogue = words
    else:
        catalogue = old
        catalogue.update(words, no_fuzzy_matching=True)
    catalogue.project, catalogue.version, catalogue.fuzzy = "MESPACE Support", room.name, False
    catalogue.header_comment = f"# Russian words of {room.name}."
    catalogue.copyright_holder, catalogue.msgid_bugs_address, catalogue.last_translator, catalogue.language_team = (
        "",
        "",
        "MESPACE",
        "Russian",
    )
    catalogue.creation_date = catalogue.revision_date = UNCHANGING
    for message in catalogue:
        message.locations = sorted({(name, 1) for name, _line in message.locations})
    room.catalogue.parent.mkdir(parents=True, exist_ok=True)
    with room.catalogue.open("wb") as file:
        write_po(file, catalogue, ignore_obsolete=True, include_lineno=False, sort_output=True, width=120)
    again = stored(room)
    if again is not None:
        room.catalogue.with_suffix(".mo").write_bytes(compiled(again))
    return [
        f"{room.name}: {shown(message)} has no Russian yet"
        for message in catalogue
        if message.id and not complete(message)
    ]


def shown(message: Message) -> str:
    """A msgid as a person finds it in the file."""
    word = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return f"“{word}”" + (f" ({message.context})" if message.context else "")


def complete(message: Message) -> bool:
    """Every form has text."""
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(strings)


def placeholders(text: str) -> set[str]:
    """The names between %( ) and { }."""
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def wrong_placeholders(message: Message) -> bool:
    """A translation that names something which the msgid does not, or leaves out what a sentence needs."""
    if isinstance(message.id, tuple | list):
        known = placeholders(message.id[0]) | placeholders(message.id[1])
        return any(placeholders(text) - known for text in message.string)
    return placeholders(message.string) != placeholders(message.id)


def key_of(message: Message) -> Key:
    """What identifies a message."""
    return (message.id[0] if isinstance(message.id, tuple | list) else message.id, message.context)


def check(room: Room) -> list[str]:
    """What is wrong with a room's catalogue, in sentences; empty when nothing is."""
    words = {key_of(message): message for message in extracted(room) if message.id}
    old = stored(room)
    if old is None:
        return (
            [f"{room.name}: there is no {room.catalogue.relative_to(ROOT)} for its {len(words)} words"] if words else []
        )
    known = {key_of(message): message for message in old if message.id}
    wrong = [f"{room.name}: {shown(words[key])} is missing" for key in words if key not in known]
    for key, message in known.items():
        if key not in words:
            wrong.append(f"{room.name}: {shown(message)} is used nowhere")
        elif not complete(message):
            wrong.append(f"{room.name}: {shown(message)} has no Russian")
        elif message.fuzzy:
            wrong.append(f"{room.name}: {shown(message)} is marked fuzzy")
        elif wrong_placeholders(message):
            wrong.append(f"{room.name}: {shown(message)} and its Russian differ in what they fill in")
    binary = room.catalogue.with_suffix(".mo")
    if not binary.exists() or binary.read_bytes() != compiled(old):
        wrong.append(
            f"{room.name}: {binary.relative_to(ROOT)} is not what the .po says; "
            f"run python tools/messages.py {room.name}"
        )
    return wrong


def conflicts(all_rooms: Iterable[Room]) -> list[str]:
    """Words that two rooms translate differently: Django merges all catalogues, so only one of them would be seen."""
    seen: dict[Key, tuple[str, object]] = {}
    wrong = []
    for room in all_rooms:
        for message in stored(room) or ():
            if not message.id or not complete(message):
                continue
            first = seen.setdefault(key_of(message), (room.name, message.string))
            if first[1] != message.string:
                wrong.append(
                    f"{shown(message)} is “{first[1]}” in {first[0]} and “{message.string}” in {room.name}: "
                    "give one of them a context"
                )
    return wrong


def main(arguments: list[str]) -> int:
    """The exit status: 1 when a check found something."""
    parser = argparse.ArgumentParser(description="Collects, merges and compiles the Russian words of each room.")
    parser.add_argument("--check", action="store_true", help="change nothing, name what is wrong")
    parser.add_argument("rooms", nargs="*", help="rooms such as tickets or web/desk; all when none is named")
    options = parser.parse_args(arguments)
    if not settings.configured:
        settings.configure(USE_I18N=True)
    known = {room.name: room for room in rooms()}
    unknown = [name for name in options.rooms if name not in known]
    if unknown:
        parser.error(f"no such room: {', '.join(unknown)}. There are: {', '.join(known)}")
    chosen = [known[name] for name in options.rooms] or list(known.values())
    if options.check:
        wrong = [line for room in chosen for line in check(room)] + conflicts(known.values())
        print("\n".join(wrong) or f"{len(chosen)} rooms: every word has its Russian.")
        return 1 if wrong else 0
    left = [line for room in chosen for line in update(room)]
    print("\n".join([*left, *conflicts(known.values())]) or f"{len(chosen)} rooms: every word has its Russian.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
