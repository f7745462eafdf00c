"""`mespace stop`: stop what `mespace up` started on this machine."""

import contextlib
import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from typing import IO

from mespace.cli import embedded
from mespace.platform.folders import data_folder
from mespace.platform.postgres.errors import ClusterError

PATIENCE = 60.0  # seconds


def main(_: Sequence[str] = ()) -> int:
    """Exit code 0 when nothing runs any more."""
    folder = data_folder()
    if not folder.exists():
        print("Nothing runs.")
        return 0
    with (folder / "up.lock").open("a") as lock:
        until = time.monotonic() + PATIENCE
        told = False
        while not _free(lock):
            if not told:
                with contextlib.suppress(OSError, ValueError):
                    os.kill(int(json.loads((folder / "up.json").read_text())["pid"]), signal.SIGTERM)
                    told = True
            if time.monotonic() > until:
                print("It does not stop: end its process by hand.", file=sys.stderr)
                return 1
            time.sleep(0.1)
        try:
            if (folder / "pg" / "data" / "postmaster.pid").exists():  # left by a killed `up`
                embedded.stop_postgres()
        except ClusterError as exc:
            print(exc, file=sys.stderr)
            return 1
    print("Stopped; the data is kept." if told else "Nothing runs.")
    return 0


def _free(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
