"""The door for uploads: what is taken, as what, and what is refused."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mespace.platform.files import FileRefused, TooLarge, download_headers, open_blob, receive
from mespace.platform.files.inspection import DAMAGED_ARCHIVE, EMPTY, HAS_MACROS, RUNS, UNKNOWN
from mespace.platform.files.names import clean_name
from mespace.platform.files.pictures import TOO_BIG

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPAQUE = "application/octet-stream"


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return settings.FILES


def picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (30, 20), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


def archive(**entries: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in entries.items():
            file.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


def take(name: str, content: bytes) -> tuple[str, str, bool]:
    received = receive(name=name, chunks=[content], limit=10_000_000)
    return received.name, received.media_type, received.is_image


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("экран.png", picture(), ("экран.png", "image/png", True)),
        ("экран.jpeg", picture("JPEG"), ("экран.jpeg", "image/jpeg", True)),
        ("печать.jpg", picture("JPEG", "CMYK"), ("печать.jpg", "image/jpeg", True)),
        ("a.gif", picture("GIF", "P"), ("a.gif", "image/gif", True)),
        ("a.webp", picture("WEBP"), ("a.webp", "image/webp", True)),
        ("a.bmp", picture("BMP"), ("a.png", "image/png", True)),
        ("wrong.png", picture("JPEG"), ("wrong.jpg", "image/jpeg", True)),
        ("без расширения", picture(), ("без расширения.png", "image/png", True)),
        ("отчёт.docx", archive(word__document_xml="1"), ("отчёт.docx", DOCX, False)),
        ("логи.zip", archive(a_log="1"), ("логи.zip", "application/zip", False)),
        ("t.ods", archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
         ("t.ods", "application/vnd.oasis.opendocument.spreadsheet", False)),
        ("a.pdf", b"%PDF-1.7\n", ("a.pdf", "application/pdf", False)),
        ("a.7z", b"7z\xbc\xaf\x27\x1c..", ("a.7z", "application/x-7z-compressed", False)),
        ("a.log", "ошибка\n".encode(), ("a.log", "text/plain; charset=utf-8", False)),
        ("a.log", "ошибка\n".encode("cp1251"), ("a.log", "text/plain", False)),
        ("a.txt", "ошибка\n".encode("utf-16"), ("a.txt", OPAQUE, False)),
        ("a.csv", b"a;b\n", ("a.csv", "text/csv; charset=utf-8", False)),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", ("a.svg", OPAQUE, False)),
        ("a.txt", b"\xef\xbb\xbf  <!DOCTYPE html><script>", ("a.txt", OPAQUE, False)),
        ("a.html", b"hello", ("a.html", OPAQUE, False)),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ("a.doc", "application/msword", False)),
        ("crash.dmp", b"MDMP....\x00", ("crash.dmp", OPAQUE, False)),
    ],
)  # fmt: skip
def test_taken(name: str, content: bytes, expected: tuple[str, str, bool]) -> None:
    assert take(name, content) == expected


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.exe", b"hello", RUNS),
        ("a.pdf.exe", b"%PDF-1.7", RUNS),
        ("a.exe.", b"hello", RUNS),
        ("a.ex\u200be", b"hello", RUNS),
        ("a.txt", b"MZ\x90\x00", RUNS),
        ("a.png", b"\x7fELF", RUNS),
        ("run", b"#!/bin/sh\n", RUNS),
        ("a.bat", b"del *", RUNS),
        ("a.ps1", b"ls", RUNS),
        ("a.js", b"alert(1)", RUNS),
        ("a.vbs", b"x", RUNS),
        ("a.lnk", b"L\x00\x00\x00\x01\x14\x02\x00", RUNS),
        ("a.txt", b"L\x00\x00\x00\x01\x14\x02\x00", RUNS),
        ("a.msi", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", RUNS),
        ("a.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", UNKNOWN),
        ("a.zip", archive(**{"META-INF__MANIFEST_MF": "1"}), RUNS),
        ("a.docx", archive(word__document_xml="1", word__vbaProject_bin="1"), HAS_MACROS),
        ("a.docx", b"PK\x03\x04 not an archive", DAMAGED_ARCHIVE),
        ("a.dat", bytes(range(256)), UNKNOWN),
        ("a.txt", b"", EMPTY),
    ],
)
def test_refused(name: str, content: bytes, reason: Any, root: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        take(name, content)
    assert refusal.value.reason is reason
    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_a_picture_loses_what_is_not_pixels_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Secret camera"
    content = picture("JPEG", exif=exif, comment=b"secret comment") + b"<script>trailer</script>"
    received = receive(name="a.jpg", chunks=[content], limit=10_000_000)
    with open_blob(received.blob.name) as file:
        stored = file.read()
    assert b"ecret" not in stored
    assert b"script" not in stored
    with Image.open(io.BytesIO(stored)) as shown:
        assert shown.size == (20, 30)
        assert not shown.getexif()


def test_a_moving_picture_keeps_moving() -> None:
    frames = [Image.new("RGB", (10, 10), color) for color in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=50)
    received = receive(name="a.gif", chunks=[out.getvalue()], limit=10_000_000)
    with open_blob(received.blob.name) as file, Image.open(file) as shown:
        assert getattr(shown, "n_frames", 1) == 3


def test_transparency_is_kept() -> None:
    received = receive(name="a.png", chunks=[picture("PNG", "RGBA")], limit=10_000_000)
    with open_blob(received.blob.name) as file, Image.open(file) as shown:
        assert shown.convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_decompression_bomb_is_refused_by_its_size() -> None:
    with pytest.raises(FileRefused) as refusal:
        take("bomb.png", picture("PNG", "1", size=(20_000, 20_000)))
    assert refusal.value.reason is TOO_BIG


@pytest.mark.parametrize("cut", range(20, 400, 40))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_a_picture_cut_short_is_refused_or_shown_and_never_an_error(kind: str, cut: int) -> None:
    content = picture(kind, size=(60, 60))[:cut]
    try:
        is_image = take(f"a.{kind.lower()}", content)[2]
    except FileRefused:
        return
    assert is_image


def test_too_large_is_said_with_the_limit() -> None:
    with pytest.raises(TooLarge) as refusal:
        receive(name="a.txt", chunks=[b"x" * 11], limit=10)
    assert refusal.value.limit == 10


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("C:\\Users\\x\\отчёт.pdf", "отчёт.pdf"),
        ("../../etc/passwd", "passwd"),
        ("счёт\u202egpj.exe", "счётgpj.exe"),
        ("a\tb\nc.txt", "a b c.txt"),
        ("и\u0306.txt", "й.txt"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("con.txt", "_con.txt"),
        (" .. ", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("я" * 300 + ".xlsx", "я" * 117 + ".xlsx"),
        ("x" * 300 + ".tar.gz", "x" * 147 + ".gz"),
    ],
)
def test_names(given: str, cleaned: str) -> None:
    made = clean_name(given)
    assert made == cleaned or (len(made) <= 150 and made.endswith(cleaned[-5:]) and len(made.encode()) <= 240)
    assert clean_name(made) == made


def test_headers_keep_browsers_from_running_anything() -> None:
    headers = download_headers('Отчёт "1"\r\nX: y.pdf', "application/pdf", inline=True)
    assert headers["Content-Disposition"].startswith(
        "attachment; filename=\"_____ _1___X: y.pdf\"; filename*=UTF-8''%D0%9E"
    )
    assert "\r" not in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cache-Control"] == "private, no-store"
    assert download_headers("a.png", "image/png", inline=True)["Content-Disposition"].startswith("inline")
    assert download_headers("a.png", "image/png", inline=False)["Content-Disposition"].startswith("attachment")
    assert download_headers("a.svg", "image/svg+xml", inline=True)["Content-Disposition"].startswith("attachment")
