"""The door for an upload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mespace.platform.files.inspection import inspect
from mespace.platform.files.names import clean_name, extension_of
from mespace.platform.files.pictures import PictureRefused, write_again
from mespace.platform.files.store import Blob, delete, open_blob, put

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

EXTENSIONS = {
    "image/png": {"png"},
    "image/jpeg": {"jpg", "jpeg", "jpe", "jfif"},
    "image/gif": {"gif"},
    "image/webp": {"webp"},
}


class FileRefused(Exception):  # noqa: N818 - it says what happened
    """The file is of a kind that is not taken; nothing was kept. `reason` is for the person who sent it."""

    def __init__(self, name: str, reason: _StrPromise) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"{name}: {reason}")


@dataclass(frozen=True)
class Received:
    """A file that was taken: its cleaned name, what it is served as, whether it may be shown inline, where it lies."""

    name: str
    media_type: str
    is_image: bool
    blob: Blob


def receive(*, name: str, chunks: Iterable[bytes], limit: int) -> Received:
    """The upload, durable on disk, judged and made safe.

    Raises TooLarge (beyond `limit` bytes) or FileRefused; then nothing is kept.
    """
    name = clean_name(name)
    blob = put(chunks, limit=limit)
    try:
        verdict = inspect(name, blob)
        if verdict.refused_reason is not None:
            raise FileRefused(name, verdict.refused_reason)  # noqa: TRY301 - what follows tidies up for both
        if not verdict.is_image:
            return Received(name, verdict.media_type, is_image=False, blob=blob)
        try:
            with open_blob(blob.name) as file:
                content, media_type = write_again(file)
        except PictureRefused as refusal:
            raise FileRefused(name, refusal.reason) from None
        picture = put([content], limit=max(len(content), limit))
    except BaseException:
        delete(blob.name)
        raise
    delete(blob.name)
    return Received(_named_as(name, media_type), media_type, is_image=True, blob=picture)


def _named_as(name: str, media_type: str) -> str:
    """The name with the extension of what the picture now is."""
    if extension_of(name) in EXTENSIONS[media_type]:
        return name
    stem = name.rpartition(".")[0] if "." in name else name
    return clean_name(f"{stem}.{media_type.removeprefix('image/').replace('jpeg', 'jpg')}")
