"""Names of files as people gave them, made safe for any disk, header and page."""

import re
import unicodedata

LONGEST = 150  # characters
LONGEST_BYTES = 240  # in UTF-8: most file systems take 255
LONGEST_EXTENSION = 16

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z", re.IGNORECASE)  # on Windows
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_INVISIBLE = frozenset(
    {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
)  # control, format (bidi marks, zero width), surrogates


def clean_name(name: str) -> str:
    """The last part of a path as a plain name: NFC, no control, direction or invisible characters, at most 150 of them.

    The extension survives the cut. An empty name becomes `file`.
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    name = "".join(" " if letter.isspace() else letter for letter in name if not _is_invisible(letter))
    name = _FORBIDDEN.sub("_", re.sub(r" +", " ", name)).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or len(extension) > LONGEST_EXTENSION:
        stem, extension = name, ""
    if _RESERVED.match(stem.split(".", 1)[0].strip()):
        stem = f"_{stem}"
    tail = f".{extension}" if extension else ""
    stem = stem[: LONGEST - len(tail)]
    while len((stem + tail).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return (stem.strip() + tail) or "file"


def numbered_name(name: str, number: int) -> str:
    """Another plain name, as `plan-2.png` for `plan.png`: no longer than a name may be."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or len(extension) > LONGEST_EXTENSION:
        stem, dot, extension = name, "", ""
    tail = f"-{number}{dot}{extension}"
    stem = stem[: LONGEST - len(tail)]
    while len((stem + tail).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return stem + tail


def extension_of(name: str) -> str:
    """The lower-case extension without its dot; "" when there is none."""
    _, dot, extension = name.rpartition(".")
    return extension.lower() if dot else ""


def _is_invisible(letter: str) -> bool:
    return (not letter.isspace() and unicodedata.category(letter) in _INVISIBLE) or letter in "\x1c\x1d\x1e\x1f"
