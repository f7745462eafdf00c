"""The one store of people's files: nothing else writes or serves them.

`receive` is the door: it stores an upload durably, judges it by content and name, and writes pictures again.
"""

from mespace.platform.files.archive import Packed, zipped
from mespace.platform.files.headers import download_headers
from mespace.platform.files.inspection import Verdict, inspect
from mespace.platform.files.names import clean_name, numbered_name
from mespace.platform.files.owners import known_blobs
from mespace.platform.files.receive import FileRefused, Received, receive
from mespace.platform.files.serving import served
from mespace.platform.files.store import (
    Blob,
    BlobMissing,
    NoRoom,
    TooLarge,
    can_store,
    delete,
    open_blob,
    path_of,
    put,
    sweep_orphans,
)
from mespace.platform.files.unpacking import Archive, ArchiveRefused, Bounds

__all__ = [
    "Archive",
    "ArchiveRefused",
    "Blob",
    "BlobMissing",
    "Bounds",
    "FileRefused",
    "NoRoom",
    "Packed",
    "Received",
    "TooLarge",
    "Verdict",
    "can_store",
    "clean_name",
    "delete",
    "download_headers",
    "inspect",
    "known_blobs",
    "numbered_name",
    "open_blob",
    "path_of",
    "put",
    "receive",
    "served",
    "sweep_orphans",
    "zipped",
]
