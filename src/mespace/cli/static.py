"""Static files are gathered under names that carry their content's hash, only when something has changed."""

from hashlib import sha256
from pathlib import Path

IGNORED = ["*.map"]


def collect() -> bool:
    """Gather the static files if their sources differ from last time; True if that was done."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    digest = sha256()
    for finder in get_finders():
        for path, storage in finder.list(IGNORED):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    mark = root / ".sources"
    if mark.exists() and mark.read_text() == digest.hexdigest() and (root / "staticfiles.json").exists():
        return False
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=IGNORED)
    mark.write_text(digest.hexdigest())
    return True
