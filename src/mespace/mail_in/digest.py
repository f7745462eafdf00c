"""What makes two mails the same: their content, whatever way each took."""

import hashlib
from typing import BinaryIO

from mespace.mail_in.mime.headers import raw_by_name
from mespace.mail_in.mime.parts import header_length, read_headers

# What servers add on the way: it differs from copy to copy of the same mail.
ADDED = ("received", "return-path", "delivered-to", "envelope-to", "authentication-results", "arc-", "x-")
CHUNK = 256 * 1024


def content_digest(file: BinaryIO, *, size: int) -> str:
    """SHA-256 in hex over all that the sender wrote, headers and body, and over the mail's size if it was cut."""
    digest = hashlib.sha256()
    headers = read_headers(file)
    for name, values in sorted(raw_by_name(headers).items()):
        if not name.startswith(ADDED):
            for value in values:
                digest.update(f"{name}:{' '.join(value.split())}\n".encode("utf-8", "replace"))
    rest = headers.get_payload()  # of what stands where headers should, that which is none
    if isinstance(rest, str):
        digest.update(rest.encode("utf-8", "surrogateescape"))
    at = header_length(file)
    file.seek(at)
    kept = at
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        kept += len(chunk)
    if kept < size:
        digest.update(str(size - kept).encode())
    return digest.hexdigest()
