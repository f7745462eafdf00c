"""The entries of a ZIP that somebody sent, within bounds. The archive is hostile: its directory may lie."""

import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CHUNK: Final = 64 * 1024
LONGEST_NAME: Final = 250
_END: Final = struct.Struct("<4s4H2LH")  # the record at the end, which says how large the directory is
_END_MARK, _ZIP64_MARK = b"PK\x05\x06", b"PK\x06\x07"
_ZIP64_LOCATOR: Final = 20  # bytes, straight before the record at the end
_LONGEST_COMMENT: Final = 65_535
_UTF8_FLAG, _ENCRYPTED_FLAGS = 0x800, 0x41
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)

NO_ZIP = _("This is no ZIP archive, or it came incomplete.")
TOO_MANY = _("The archive holds too many files.")
TOO_MUCH = _("Unpacked, the archive is too large.")
DAMAGED = _("This part of the archive is damaged.")
NAMES = _("The names in the archive are not UTF-8.")
BAD_NAME = _("A name in an archive must be an ordinary one, inside of it: without “..”, a drive or control characters.")
ENCRYPTED = _("It is protected by a password. Pack the archive without one.")
METHOD = _("It is packed by a method that is not read here. Choose an ordinary ZIP.")
NO_FILE = _("It is no ordinary file but a link or a device.")
TWICE = _("This name is there twice.")


class ArchiveRefused(Exception):  # noqa: N818 - it says what happened
    """The archive is not taken; `entry` names the part that is the matter ("": the whole), `reason` says why."""

    def __init__(self, reason: "_StrPromise", entry: str = "") -> None:
        self.reason, self.entry = reason, entry
        super().__init__(f"{entry}: {reason}")


@dataclass(frozen=True)
class Bounds:
    """How much an archive may hold: entries, and bytes of its directory and of all entries unpacked."""

    entries: int
    unpacked: int

    @property
    def directory(self) -> int:
        """Bytes of the directory: what so many entries with long names need."""
        return self.entries * (46 + 4 * LONGEST_NAME)


class Archive:
    """An archive whose directory was looked through: ordinary files under ordinary names, each once."""

    def __init__(self, file: BinaryIO, bounds: Bounds) -> None:
        """Raises ArchiveRefused."""
        _check_end(file, bounds)
        try:
            self._zip = zipfile.ZipFile(file)
        except UnicodeDecodeError:
            raise ArchiveRefused(NAMES) from None
        except _BROKEN:
            raise ArchiveRefused(NO_ZIP) from None
        self._left = bounds.unpacked
        self._parts = _checked(self._zip.infolist(), bounds)

    @property
    def names(self) -> list[str]:
        """The entries' names, folders left out, in the archive's order."""
        return list(self._parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The entry piece by piece; what is read counts. Raises ArchiveRefused."""
        try:
            with self._zip.open(self._parts[name]) as part:
                while chunk := part.read(CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise ArchiveRefused(TOO_MUCH, name)
                    yield chunk
        except _BROKEN:
            raise ArchiveRefused(DAMAGED, name) from None


def _check_end(file: BinaryIO, bounds: Bounds) -> None:
    """Refuse by the record at the end, before the directory is read: a large one would fill the memory."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_COMMENT - _END.size - _ZIP64_LOCATOR))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        raise ArchiveRefused(NO_ZIP)
    _mark, _disk, _its_disk, _here, entries, directory, _offset, _comment = _END.unpack_from(tail, at)
    is_zip64 = at >= _ZIP64_LOCATOR and tail[at - _ZIP64_LOCATOR :].startswith(_ZIP64_MARK)
    if entries > bounds.entries or directory > bounds.directory or is_zip64:
        raise ArchiveRefused(TOO_MANY)


def _checked(infos: list[zipfile.ZipInfo], bounds: Bounds) -> dict[str, zipfile.ZipInfo]:
    if len(infos) > bounds.entries:
        raise ArchiveRefused(TOO_MANY)
    if sum(info.file_size for info in infos) > bounds.unpacked:
        raise ArchiveRefused(TOO_MUCH)
    parts: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for info in infos:
        name = _name_of(info)
        complaint = _complaint(info, name)
        if complaint is not None:
            raise ArchiveRefused(complaint, _shown(name))
        if info.is_dir():
            continue
        if name.casefold() in seen:  # many disks take both for one
            raise ArchiveRefused(TWICE, name)
        seen.add(name.casefold())
        parts[name] = info
    return parts


def _name_of(info: zipfile.ZipInfo) -> str:
    """The name in NFC. Unmarked ones are UTF-8 by some systems and the Russian code page by others."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp866")
    return unicodedata.normalize("NFC", name)


def _complaint(info: zipfile.ZipInfo, name: str) -> "_StrPromise | None":
    steps = name.removesuffix("/").split("/")
    plain = all(unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for letter in name)
    if not plain or "\\" in name or name[1:2] == ":" or len(name) > LONGEST_NAME or {"", ".", ".."} & set(steps):
        return BAD_NAME
    if info.flag_bits & _ENCRYPTED_FLAGS:
        return ENCRYPTED
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return METHOD
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return NO_FILE
    return None


def _shown(name: str) -> str:
    """A strange name as a message can show it."""
    return "".join(letter if letter.isprintable() else "·" for letter in name[:LONGEST_NAME])
