"""The store: durable, bounded, tidy."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mespace.platform.files import BlobMissing, NoRoom, TooLarge, delete, open_blob, path_of, put, sweep_orphans

NOW = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return settings.FILES


def everything(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_what_was_put_is_read_back_under_a_generated_name(root: Path) -> None:
    blob = put([b"ab", b"c" * 100_000], limit=200_000)
    assert (blob.size, blob.sha256) == (100_002, hashlib.sha256(b"ab" + b"c" * 100_000).hexdigest())
    with open_blob(blob.name) as file:
        assert file.read() == b"ab" + b"c" * 100_000
    assert path_of(blob.name).relative_to(root).parts == (blob.name[:2], blob.name[2:4], blob.name)
    assert path_of(blob.name).stat().st_mode & 0o777 == 0o600
    assert put([b"x"], limit=1).name != put([b"x"], limit=1).name


def test_one_byte_too_many_leaves_nothing(root: Path) -> None:
    assert put([b"x" * 10], limit=10).size == 10
    before = everything(root)
    with pytest.raises(TooLarge):
        put([b"x" * 10, b"x"], limit=10)
    assert everything(root) == before


def test_an_upload_that_breaks_off_leaves_nothing(root: Path) -> None:
    def chunks() -> Any:
        yield b"x"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        put(chunks(), limit=10)
    assert everything(root) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 31, "A" * 32, "0" * 32 + "\n", "/etc/passwd"])
def test_only_generated_names_lead_anywhere(name: str) -> None:
    with pytest.raises(BlobMissing):
        path_of(name)
    with pytest.raises(BlobMissing):
        open_blob("0" * 32)


def test_deleting_twice_is_well(root: Path) -> None:
    blob = put([b"x"], limit=1)
    delete(blob.name)
    delete(blob.name)
    assert everything(root) == []


def test_the_sweep_takes_old_orphans_only(root: Path) -> None:
    known, orphan, young = (put([b"x"], limit=1) for _ in range(3))
    unfinished = root / "unfinished" / ("0" * 32)
    unfinished.write_bytes(b"x")
    old = (NOW - timedelta(days=2)).timestamp()
    for path in (path_of(known.name), path_of(orphan.name), unfinished):
        os.utime(path, (old, old))
    os.utime(path_of(young.name), (NOW.timestamp(), NOW.timestamp()))
    asked: list[set[str]] = []

    def rows(names: Any) -> set[str]:
        asked.append(set(names))
        return {known.name}

    assert sweep_orphans(known=rows, older_than=timedelta(days=1), now=NOW) == 2
    assert {path.name for path in everything(root)} == {known.name, young.name}
    assert asked == [{known.name, orphan.name, young.name}]


def test_bytes_name_and_folders_are_synced_before_the_answer(root: Path, tmp_path: Path) -> None:
    """Seen from outside: strace would be better, so the calls of a child are recorded."""
    program = (
        "import os, sys\n"
        "calls = []\n"
        "sync, real = os.fsync, os.rename\n"
        "os.fsync = lambda fd: (calls.append(os.readlink(f'/proc/self/fd/{fd}')), sync(fd))[1]\n"
        "import pathlib\n"
        "rename = pathlib.Path.rename\n"
        "pathlib.Path.rename = lambda self, to: (calls.append(f'rename {to}'), rename(self, to))[1]\n"
        "import django; from django.conf import settings\n"
        f"settings.configure(FILES={str(root)!r}); django.setup()\n"
        "from mespace.platform.files.store import put\n"
        "print(put([b'x'], limit=1).name); print('\\n'.join(calls))\n"
    )
    source = Path(__file__).resolve().parents[4]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(source)},
    )  # fmt: skip
    name, *calls = done.stdout.split("\n")[:-1]
    target = root / name[:2] / name[2:4]
    rename = calls.index(f"rename {target / name}")
    assert str(root / "unfinished" / name) in calls[:rename]
    assert calls[rename + 1 :] == [str(target), str(target.parent), str(root)]
    made = calls[:rename]
    assert str(root) in made
    assert str(root / name[:2]) in made


def test_a_file_that_would_leave_the_database_no_room_on_the_disk_is_not_begun(root: Path) -> None:
    with pytest.raises(NoRoom):
        put([b"a"], limit=shutil.disk_usage("/").total)
    assert not everything(root)
