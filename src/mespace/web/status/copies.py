"""The copy of the status page in a folder: what is shown while the database is away, or the whole product."""

import contextlib
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from mespace.web.status.drawing import Drawn

NAMES = frozenset({"index.html", "ru.html", "en.html", "status.json", "status.css"})
STYLE = Path(__file__).parent / "static/web/status/status.css"


def folder() -> Path:
    """Where the copy lies: `MESPACE_DATA/status`, readable by everybody, as it is public."""
    found: Path = settings.DATA / "status"
    return found


def write_copy(drawn: Drawn) -> None:
    """Replace the copy, file by file, each at once; its files bear the instant that they show."""
    target = folder()
    target.mkdir(parents=True, exist_ok=True)
    target.chmod(0o755)
    for name, text in {**drawn.files, "status.css": STYLE.read_text("utf-8")}.items():
        handle, temporary = tempfile.mkstemp(dir=target, prefix=".new-")
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
        os.utime(temporary, (drawn.at.timestamp(), drawn.at.timestamp()))
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target / name)


def read_copy(name: str) -> tuple[str, datetime] | None:
    """A file of the copy and the instant that it shows; None while there is none."""
    path = folder() / name
    with contextlib.suppress(OSError):
        return path.read_text("utf-8"), datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    return None
