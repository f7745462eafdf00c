"""The supervisor's child processes: started, watched, started again, stopped. Standard library only."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LOG_LIMIT = 20 * 1024 * 1024  # bytes; then one older file is kept
SHORT_LIFE = 10.0  # seconds; a child that ends sooner is given longer and longer pauses
LONGEST_PAUSE = 30.0
TELL_ME_WHEN_MY_PARENT_DIES = 1  # prctl's PR_SET_PDEATHSIG

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded before any fork


def end_with_the_supervisor() -> None:
    """In a new child: be asked to stop when the supervisor is killed, which can ask nobody any more (Linux only)."""
    if _libc is not None:
        _libc.prctl(TELL_ME_WHEN_MY_PARENT_DIES, int(signal.SIGTERM))


@dataclass
class Child:
    """One process that should always run; its whole group ends with it."""

    name: str
    command: list[str]
    log: Path
    environ: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = 0.0
    next_start: float = 0.0
    started: float = field(default=0.0)

    def start(self) -> None:
        """Start it; its output goes to its log file."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(  # noqa: S603 - our own programs
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=dict(self.environ),
                cwd="/",
                preexec_fn=end_with_the_supervisor,  # noqa: PLW1509 - this process has one thread
                start_new_session=True,  # Ctrl-C is ours to handle; and the group can be ended as one
            )
        self.started = time.monotonic()

    def revive(self) -> bool:
        """Start it again if it has ended and its pause is over; True if that was done."""
        now = time.monotonic()
        if self.process is not None:
            if self.process.poll() is None:
                return False
            self._end_group(signal.SIGKILL)  # a killed server may leave its workers behind, holding the port
            self.process = None
            short = now - self.started < SHORT_LIFE
            self.pause = min(LONGEST_PAUSE, max(0.5, self.pause * 2)) if short else 0.0
            self.next_start = now + self.pause
        if now < self.next_start:
            return False
        self.start()
        return True

    def ask_to_stop(self) -> None:
        """SIGTERM to the process itself, which stops its own."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait until it has ended; whatever still runs at `until` (monotonic seconds) is killed."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, until - time.monotonic()))
        self._end_group(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _end_group(self, number: signal.Signals) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def keep_log_small(self) -> None:
        """Move a grown log aside; the process goes on writing to the emptied file."""
        with contextlib.suppress(OSError):
            if self.log.stat().st_size > LOG_LIMIT:
                shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
                os.truncate(self.log, 0)

    def last_words(self) -> str:
        """The last line of its log that says something."""
        with contextlib.suppress(OSError):
            lines = self.log.read_text(errors="replace")[-4000:].splitlines()
            return next((line.strip() for line in reversed(lines) if line.strip()), "")
        return ""
