"""What a file is, by its content first and its name second: an allow-list, everything else is refused with a reason."""

from __future__ import annotations

import codecs
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext_lazy as _

from mespace.platform.files.headers import OPAQUE
from mespace.platform.files.names import extension_of
from mespace.platform.files.store import Blob, open_blob

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

HEAD = 8192  # bytes that are looked at
MOST_ENTRIES = 20_000  # of a ZIP directory
CONTROL = 0x20  # bytes below are control characters

# What a double click would run.
RUNNABLE = frozenset(
    (  # noqa: SIM905 - words read best so
        "ade adp apk app application appref-ms appx bash bat cab chm cmd com cpl csh dll dmg drv exe fxp "
        "gadget hlp hta inf ins iso isp jar jnlp js jse ksh lnk mjs msc msh msi msix msp mst ocx osd pif pl "
        "ps1 ps1xml ps2 psc1 psd1 psm1 py pyc pyw pyz rb reg scf scr sct sh shb shs sys url vb vbe vbs vhd "
        "vhdx ws wsc wsf wsh xll"
    ).split()
)
RUNNABLE_HEADS = (
    b"MZ",  # Windows programs and libraries
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",  # Java classes, macOS programs
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"#!",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # Windows shortcuts
    b"MSCF",  # cabinets
    b"ITSF",  # compiled help
    b"\x00asm",
    b"dex\n",
)
IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
# Kept as they are and only ever saved, never shown.
DOCUMENTS = (
    (b"%PDF-", "application/pdf"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"{\\rtf", "application/rtf"),
    (b"MDMP", OPAQUE),  # crash dumps
    (b"PAGEDU", OPAQUE),
    (b"ElfFile\x00", OPAQUE),  # Windows event logs
    (b"\xd4\xc3\xb2\xa1", OPAQUE),  # captured network traffic
    (b"\x0a\x0d\x0d\x0a", OPAQUE),
    (b"II*\x00", OPAQUE),  # scans
    (b"MM\x00*", OPAQUE),
    (b"\x1aE\xdf\xa3", OPAQUE),  # screen recordings
    (b"SQLite format 3\x00", OPAQUE),
)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office before 2007, Outlook, and installers
COMPOUND_NAMES = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
} | dict.fromkeys(("msg", "vsd", "mpp"), OPAQUE)
OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xl/workbook.bin": OPAQUE,
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "visio/document.xml": OPAQUE,
}
RUNNABLE_ENTRIES = frozenset({"META-INF/MANIFEST.MF", "AndroidManifest.xml", "AppxManifest.xml"})
MACROS = "vbaproject.bin"
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<head", b"<body", b"<script", b"<iframe", b"<!--")
BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

RUNS = _("Programs and scripts cannot be attached. If support needs this file, put it into a ZIP archive.")
HAS_MACROS = _(
    "Documents with macros cannot be attached. Save the document without macros, or put it into a ZIP archive."
)
UNKNOWN = _("The type of this file is not recognised. Put it into a ZIP archive and attach that.")
DAMAGED_ARCHIVE = _("This archive or document is damaged: its directory cannot be read.")
EMPTY = _("This file is empty.")


@dataclass(frozen=True)
class Verdict:
    """What the file is served as, whether it is a picture to be written again, and why it is refused (None: not)."""

    media_type: str
    is_image: bool = False
    refused_reason: _StrPromise | None = None


def inspect(name: str, blob: Blob) -> Verdict:
    """The verdict on a stored file of that (cleaned) name. HTML, XML and SVG pass only as bytes to be saved."""
    with open_blob(blob.name) as file:
        return judge(name, file)


def judge(name: str, file: BinaryIO) -> Verdict:
    """The verdict on an open file."""
    head = file.read(HEAD)
    if not head:
        return _refused(EMPTY)
    if extension_of(name) in RUNNABLE or head.startswith(RUNNABLE_HEADS):
        return _refused(RUNS)
    image = _image_type(head)
    if image:
        return Verdict(image, is_image=True)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(file)
    return _document(name, head) or _text(name, head)


def _image_type(head: bytes) -> str:
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"BM"):
        return "image/bmp" if _is_bitmap(head) else ""
    return next((media_type for start, media_type in IMAGES if head.startswith(start)), "")


def _document(name: str, head: bytes) -> Verdict | None:
    """The verdict on a file with a known beginning; None for any other."""
    if head.startswith(COMPOUND):
        known = COMPOUND_NAMES.get(extension_of(name))
        return Verdict(known) if known else _refused(UNKNOWN)
    if head[4:8] == b"ftyp":  # films and phones' pictures
        return Verdict(OPAQUE)
    return next((Verdict(media_type) for start, media_type in DOCUMENTS if head.startswith(start)), None)


def _refused(reason: _StrPromise) -> Verdict:
    return Verdict(OPAQUE, refused_reason=reason)


def _is_bitmap(head: bytes) -> bool:
    return head[6:10] == b"\x00\x00\x00\x00" and head[14:18] in {
        b"\x0c\0\0\0",
        b"\x28\0\0\0",
        b"\x6c\0\0\0",
        b"\x7c\0\0\0",
    }


def _zip(file: BinaryIO) -> Verdict:
    """Documents are ZIP archives with a known directory; any other archive is only ever saved."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry.filename for entry in archive.infolist()[:MOST_ENTRIES]]
            kind = archive.open("mimetype").read(100) if entries[:1] == ["mimetype"] else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return _refused(DAMAGED_ARCHIVE)
    if RUNNABLE_ENTRIES & set(entries):
        return _refused(RUNS)
    if any(entry.lower().endswith(MACROS) for entry in entries):
        return _refused(HAS_MACROS)
    if kind.startswith(b"application/vnd.oasis.opendocument.") and kind.isascii():
        return Verdict(kind.decode().strip())
    return next((Verdict(OFFICE[entry]) for entry in entries if entry in OFFICE), Verdict("application/zip"))


def _text(name: str, head: bytes) -> Verdict:
    """Text in UTF-8, UTF-16 with a mark, or a Windows code page; markup is only ever saved."""
    if head.startswith(BOMS[1:]):
        coding = "utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        if any(letter < " " and letter not in "\t\n\r\f\x1b" for letter in head[2:].decode(coding, errors="ignore")):
            return _refused(UNKNOWN)
        return Verdict(OPAQUE)
    if any(byte < CONTROL and byte not in b"\t\n\r\f\x1b\x08" for byte in head):
        return _refused(UNKNOWN)
    start = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith(MARKUP) or extension_of(name) in {
        "html",
        "htm",
        "xhtml",
        "shtml",
        "svg",
        "svgz",
        "xml",
        "xsl",
        "mht",
        "mhtml",
    }:
        return Verdict(OPAQUE)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return Verdict("text/plain")
    return Verdict("text/csv; charset=utf-8" if extension_of(name) == "csv" else "text/plain; charset=utf-8")
