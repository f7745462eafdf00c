"""The headers with which a stored file leaves the house."""

from urllib.parse import quote

OPAQUE = "application/octet-stream"
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def download_headers(name: str, media_type: str, *, inline: bool) -> dict[str, str]:
    """Headers under which no browser runs the file.

    `inline` only counts for pictures that we wrote ourselves; all else is saved.
    """
    shown = inline and media_type in SHOWN_INLINE
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\%' else "_" for letter in name
    )
    utf8 = quote(name, safe="")
    return {
        "Content-Type": media_type,
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{utf8}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
