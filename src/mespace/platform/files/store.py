"""Files on disk under generated names, durable before `put` returns."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import datetime, timedelta

_NAME = re.compile(r"[0-9a-f]{32}\Z")
UNFINISHED = "unfinished"  # the folder of uploads under way
BATCH = 500
LEAST_FREE = 256 * 2**20  # bytes that stay free for the database, which may lie on the same disk


class TooLarge(Exception):  # noqa: N818 - it says what happened
    """More bytes than allowed came; nothing was kept. `limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"more than {limit} bytes")


class NoRoom(Exception):  # noqa: N818 - it says what happened
    """The disk is nearly full: what is left is for the database. Nothing was kept."""


class BlobMissing(Exception):  # noqa: N818 - it says what happened
    """No file of that name is in the store."""


@dataclass(frozen=True)
class Blob:
    """A stored file: its generated name, size in bytes and SHA-256 in hex."""

    name: str
    size: int
    sha256: str


def root() -> Path:
    """The folder of the store."""
    return Path(settings.FILES)


def can_store() -> bool:
    """Whether a file could be kept now: the folder takes it, and the disk has room beside what is the database's."""
    try:
        _make_folder(root())
        return os.access(root(), os.W_OK | os.X_OK) and shutil.disk_usage(root()).free >= LEAST_FREE
    except OSError:
        return False


def path_of(name: str) -> Path:
    """Where the blob of that generated name lies. Raises BlobMissing for anything that is no generated name."""
    if not _NAME.match(name):
        raise BlobMissing(name)
    return root() / name[:2] / name[2:4] / name


def put(chunks: Iterable[bytes], *, limit: int) -> Blob:
    """The blob that now holds `chunks`: on disk, and its folders too, before this returns.

    Raises TooLarge beyond `limit` bytes, NoRoom when the disk is nearly full.
    """
    _make_folder(root())
    if shutil.disk_usage(root()).free < LEAST_FREE + limit:
        raise NoRoom
    with _written() as (name, file):
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise TooLarge(limit)
            digest.update(chunk)
            file.write(chunk)
    return Blob(name, size, digest.hexdigest())


def open_blob(name: str) -> BinaryIO:
    """The file, opened for reading. Raises BlobMissing."""
    try:
        return path_of(name).open("rb")
    except FileNotFoundError:
        raise BlobMissing(name) from None


def delete(name: str) -> None:
    """Take the file away for good; absent is well."""
    path = path_of(name)
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        _sync_folder(path.parent)


def sweep_orphans(*, known: Callable[[Collection[str]], Collection[str]], older_than: timedelta, now: datetime) -> int:
    """How many files were deleted: those that `known` (asked 500 names at a time) does not return, and broken uploads.

    Only files last written longer ago than `older_than` count, so that one whose row is not committed yet stays.
    """
    before = (now - older_than).timestamp()
    swept = 0
    unfinished = root() / UNFINISHED
    for path in sorted(unfinished.iterdir()) if unfinished.is_dir() else []:
        swept += _unlink_if_older(path, before)
    names = (path for path in root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*") if _NAME.match(path.name))
    while batch := {path.name: path for path in islice(names, BATCH)}:
        kept = set(known(list(batch)))
        swept += sum(_unlink_if_older(path, before) for name, path in sorted(batch.items()) if name not in kept)
    return swept


def _unlink_if_older(path: Path, before: float) -> int:
    try:
        if path.stat().st_mtime >= before:
            return 0
        path.unlink()
    except FileNotFoundError:  # another sweep was faster
        return 0
    return 1


@contextmanager
def _written() -> Iterator[tuple[str, BinaryIO]]:
    """A new file to write to; on a clean exit it is in its place and durable, otherwise gone."""
    name = secrets.token_hex(16)
    target = path_of(name)
    temporary = root() / UNFINISHED / name
    _make_folder(temporary.parent)
    _make_folder(target.parent)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield name, file
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(target)
        for folder in (
            target.parent,
            target.parent.parent,
            root(),
        ):  # a neighbour may have made them and not synced them yet
            _sync_folder(folder)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _make_folder(folder: Path) -> None:
    """Make the folder and those above it; each new one is durable in its parent."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
