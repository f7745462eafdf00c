"""Archives that somebody sent: ordinary ones are read, hostile ones are refused before they cost anything."""

import io
import struct
import zipfile
from typing import Any

import pytest

from mespace.platform.files import Archive, ArchiveRefused, Bounds
from mespace.platform.files import unpacking as words

BOUNDS = Bounds(entries=20, unpacked=1_000_000)


def packed(entries: dict[str, bytes], **how: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(how.get("info", zipfile.ZipInfo)(name) if "info" in how else name, content)
    return out.getvalue()


def read(data: bytes, bounds: Bounds = BOUNDS) -> dict[str, bytes]:
    archive = Archive(io.BytesIO(data), bounds)
    return {name: b"".join(archive.chunks(name)) for name in archive.names}


def refused(data: bytes, bounds: Bounds = BOUNDS) -> tuple[Any, str]:
    with pytest.raises(ArchiveRefused) as refusal:
        read(data, bounds)
    return refusal.value.reason, refusal.value.entry


def patched(data: bytes, before: bytes, after: bytes) -> bytes:
    assert len(before) == len(after)
    assert before in data
    return data.replace(before, after)


def test_ordinary_entries_are_read_and_folders_left_out() -> None:
    data = packed({"Печать/": b"", "Печать/1-а.md": b"one", "files/2-x.bin": b"\x00" * 70_000})
    assert read(data) == {"Печать/1-а.md": b"one", "files/2-x.bin": b"\x00" * 70_000}


@pytest.mark.parametrize("coding", ["utf-8", "cp866"])
def test_unmarked_names_are_utf8_or_the_russian_code_page(coding: str) -> None:
    name = "Печать.md".encode(coding)
    data = packed({"x" * len(name): b"text"}).replace(b"x" * len(name), name)
    assert read(data) == {"Печать.md": b"text"}


@pytest.mark.parametrize("data", [b"", b"PK", b"+++\ntitle", b"PK\x05\x06", packed({"a": b"b"})[:-30]])
def test_what_is_no_whole_archive_is_refused(data: bytes) -> None:
    assert refused(data) == (words.NO_ZIP, "")


def test_a_cut_off_beginning_and_damage_are_refused() -> None:
    data = packed({"a.md": b"hello" * 50})
    assert refused(data[10:])[0] in {words.NO_ZIP, words.DAMAGED}
    at = data.index(b"a.md") + 6
    broken = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
    assert refused(broken) == (words.DAMAGED, "a.md")


@pytest.mark.parametrize(
    "name",
    [
        "../a.md",
        "a/../../b.md",
        "/etc/a.md",
        "C:/a.md",
        "a\\b.md",
        "a//b.md",
        "./a.md",
        "a\nb.md",
        "a\u202eb.md",
        "x" * 251,
    ],
)
def test_names_that_lead_out_or_deceive_are_refused(name: str) -> None:
    assert refused(packed({name: b"x"}))[0] == words.BAD_NAME


def test_a_name_with_a_zero_is_refused() -> None:
    assert refused(patched(packed({"a_b.md": b"x"}), b"a_b.md", b"a\x00b.md"))[0] == words.BAD_NAME


def test_names_that_are_marked_utf8_and_are_not_are_refused() -> None:
    data = patched(packed({"ж.md": b"x"}), "ж.md".encode(), b"\xff\xfe.md")
    assert refused(data)[0] == words.NAMES


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("a.md", "a.md"), ("a.md", "A.MD")])
def test_a_name_that_is_there_twice_is_refused(names: tuple[str, str]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    assert refused(out.getvalue()) == (words.TWICE, names[1])


def test_links_passwords_and_strange_methods_are_refused() -> None:
    def link(name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, 0o120777 << 16
        return info

    assert refused(packed({"a.md": b"/etc/passwd"}, info=link)) == (words.NO_FILE, "a.md")
    data = bytearray(packed({"a.md": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)) == (words.ENCRYPTED, "a.md")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.md", b"x")
    assert refused(out.getvalue()) == (words.METHOD, "a.md")


def test_bombs_are_refused_by_what_they_unpack_to_whatever_the_directory_says() -> None:
    bomb = packed({"a.md": b"\x00" * 1_000_001})
    assert len(bomb) < 2_000
    assert refused(bomb) == (words.TOO_MUCH, "")
    many = packed({f"{number}.md": b"\x00" * 100_000 for number in range(11)})
    assert refused(many) == (words.TOO_MUCH, "")
    lies = patched(bomb, struct.pack("<L", 1_000_001), struct.pack("<L", 10))
    assert refused(lies)[0] in {words.DAMAGED, words.TOO_MUCH}
    inner = packed({"b.md": b"\x00" * 5_000_000})
    assert read(packed({"files/1-inner.zip": inner})) == {
        "files/1-inner.zip": inner
    }  # kept packed: never unpacked here


def test_too_many_entries_are_refused_before_the_directory_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed({f"{number}.md": b"" for number in range(21)})

    def unread(*_args: object) -> None:
        raise AssertionError

    monkeypatch.setattr(words.zipfile, "ZipFile", unread)
    assert refused(data)[0] == words.TOO_MANY
    end = data.rindex(b"PK\x05\x06")
    fewer = data[: end + 8] + struct.pack("<HH", 1, 1) + data[end + 12 :]
    huge = fewer[: end + 12] + struct.pack("<L", 10_000_000) + fewer[end + 16 :]
    assert refused(huge)[0] == words.TOO_MANY
    located = data[:end] + b"PK\x06\x07" + bytes(16) + fewer[end:]
    assert refused(located)[0] == words.TOO_MANY


def test_a_directory_that_says_fewer_than_it_holds_is_counted() -> None:
    data = packed({f"{number}.md": b"" for number in range(21)})
    end = data.rindex(b"PK\x05\x06")
    assert refused(data[: end + 8] + struct.pack("<HH", 1, 1) + data[end + 12 :])[0] == words.TOO_MANY
