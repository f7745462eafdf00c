"""Passwords and keys that are made once and kept in files that only their owner reads."""

import os
import secrets
from pathlib import Path

from mespace.platform.postgres.errors import ClusterError


def kept_secret(path: Path, *, make: bool = True) -> str:
    """The secret in `path` (mode 0600); made and synced to disk if absent, unless `make` is False (ClusterError)."""
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        text = ""
    if text:
        return text
    if not make:
        raise ClusterError(f"The password file {path} is missing: put it back from a backup beside the data folder.")
    text = secrets.token_urlsafe(48)
    write_private(path, text + "\n")
    return text


def write_private(path: Path, text: str) -> None:
    """Write `text` to `path` with mode 0600, whole or not at all, and sync it."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
