"""Keeps PostgreSQL, the web server and the worker running until told to stop. Standard library only."""

import contextlib
import os
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from mespace.cli import embedded
from mespace.cli.children import Child
from mespace.cli.plain import Stop
from mespace.platform.postgres.errors import ClusterError

LOOK_EVERY = 0.5  # seconds
HEALTHY_WITHIN = 90.0
GRACE = 20.0
LITTLE_DISK = 500 * 1024 * 1024  # bytes
MINUTE = 60.0


class Supervisor:
    """One installation's running parts."""

    def __init__(self, *, folder: Path, say: Callable[[str], None]) -> None:
        self.folder = folder
        self.say = say
        self.url = ""
        self.children: list[Child] = []
        self.postgres: embedded.Running | None = None
        self.stopping = False
        self._warned_of_disk = False

    @contextlib.contextmanager
    def signals(self) -> Iterator[None]:
        """Ctrl-C, SIGTERM and a closed terminal mean: stop cleanly."""

        def stop(_number: int, _frame: FrameType | None) -> None:
            if self.stopping:
                return
            self.stopping = True
            raise KeyboardInterrupt

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def start_postgres(self) -> None:
        """Start or adopt the embedded PostgreSQL and put its addresses into the environment."""
        self.postgres = embedded.start_postgres(self.say)
        os.environ.update(embedded.settings_for(self.postgres))

    def run(self, *children: Child) -> None:
        """Start `children`, which are watched from now on."""
        for child in children:
            self.children.append(child)
            child.start()

    def wait_until_healthy(self, url: str) -> None:
        """Until `url` answers 200; Stop with the web server's last words if it ends instead."""
        until = time.monotonic() + HEALTHY_WITHIN
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({})
        )  # never through a proxy of the environment
        while time.monotonic() < until:
            with contextlib.suppress(urllib.error.URLError, OSError), opener.open(url, timeout=5) as answer:
                if answer.status == 200:  # noqa: PLR2004 - HTTP's own
                    return
            for child in self.children:
                if child.process is not None and child.process.poll() is not None:
                    raise Stop(f"The {child.name} ended at once: {child.last_words()} (see {child.log})")
            time.sleep(0.1)
        raise Stop(f"The web server did not become ready in {HEALTHY_WITHIN:.0f} s: its log is {self.children[0].log}.")

    def watch(self) -> None:
        """Come back when told to stop."""
        next_minute = time.monotonic() + MINUTE
        with contextlib.suppress(KeyboardInterrupt):
            while not self.stopping:
                self._look_after_postgres()
                for child in self.children:
                    if child.revive():
                        self.say(f"the {child.name} had ended and was started again")
                if time.monotonic() > next_minute:
                    next_minute += MINUTE
                    self._every_minute()
                time.sleep(LOOK_EVERY)

    def _look_after_postgres(self) -> None:
        if self.postgres is None or self._listens(self.postgres.socket):
            return
        try:
            self.postgres = embedded.start_postgres(self.say)
        except ClusterError as exc:
            self.say(str(exc))
            time.sleep(5)
            return
        self.say("PostgreSQL had ended and was started again")
        for child in self.children:
            if child.name == "worker":  # its connections are dead; the web server's heal by themselves
                child.ask_to_stop()

    @staticmethod
    def _listens(path: Path) -> bool:
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as probe:
            probe.settimeout(5)
            try:
                probe.connect(str(path))
            except OSError:
                return False
        return True

    def _every_minute(self) -> None:
        for child in self.children:
            child.keep_log_small()
        free = shutil.disk_usage(self.folder).free
        if free < LITTLE_DISK and not self._warned_of_disk:
            left = f"only {free // 1024 // 1024} MiB are free on the disk of {self.folder}"
            self.say(f"{left}: nothing can be filed when it is full")
        self._warned_of_disk = free < LITTLE_DISK

    def stop(self) -> None:
        """Children first, then PostgreSQL."""
        self.stopping = True
        until = time.monotonic() + GRACE
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.wait(until)
        if self.postgres is not None:
            try:
                embedded.stop_postgres()
            except ClusterError as exc:
                self.say(str(exc))
