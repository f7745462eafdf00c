"""Stored files and texts as one ZIP, streamed: nothing is laid out in memory or on the disk."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath

from mespace.platform.files.store import BlobMissing, open_blob

CHUNK = 256 * 1024


@dataclass(frozen=True)
class Packed:
    """One entry: its name, its time, and either a stored file or a text."""

    name: str
    at: datetime
    blob: str = ""
    text: str = ""


def zipped(entries: Iterable[Packed]) -> Iterator[bytes]:
    """The archive piece by piece. Of two with one name the later gets a number; a file that was lost is left out."""
    pipe = _Pipe()
    used: set[str] = set()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for entry in entries:
            try:
                source = open_blob(entry.blob) if entry.blob else BytesIO(entry.text.encode())
            except BlobMissing:
                continue
            info = zipfile.ZipInfo(_free(entry.name, used), entry.at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            with source, archive.open(info, "w") as target:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    yield pipe.take()
    yield pipe.take()


def _free(name: str, used: set[str]) -> str:
    path, number, free = PurePosixPath(name), 1, name
    while free in used:
        number += 1
        free = str(path.with_name(f"{path.stem}-{number}{path.suffix}"))
    used.add(free)
    return free


class _Pipe:
    """A file that keeps what is written until it is taken away."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []
        self.position = 0

    def write(self, data: bytes) -> int:
        self.chunks.append(bytes(data))
        self.position += len(data)
        return len(data)

    def tell(self) -> int:
        return self.position

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        taken = b"".join(self.chunks)
        self.chunks.clear()
        return taken
