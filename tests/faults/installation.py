"""A whole installation as `mespace up` makes it, in a folder of its own, with its processes in reach."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from mespace.platform.postgres.cluster import Cluster
from mespace.platform.postgres.storage import APP, OWNER

SOURCE = Path(__file__).resolve().parents[2] / "src"
ADMIN = ("admin@example.com", "four unhurried words suffice")
READY_WITHIN = 90.0  # seconds
MADE_WITHIN = 400.0  # seconds for a first start, which makes all tables while other tests keep the cores busy


@dataclass
class Installation:
    """A running `mespace up`; every process of it can be killed by its part's name."""

    folder: Path
    port: int
    up: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database_url(self) -> str:
        """The database's address, for counting."""
        return Cluster(self.folder / "pg").url(OWNER, "mespace")

    def kill(self, part: str) -> None:
        """SIGKILL to the web server's process that answers requests, to its parent, to the worker, or to PostgreSQL."""
        os.kill(self._pid(part), signal.SIGKILL)

    def _pid(self, part: str) -> int:
        if part == "postgres":
            return int((self.folder / "pg" / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            with contextlib.suppress(psutil.Error):
                for child in psutil.Process(self.up.pid).children():
                    line = " ".join(child.cmdline())
                    if part == "worker" and "mespace.cli.worker" in line:
                        return child.pid
                    if part == "web server" and "granian" in line:
                        return child.pid
                    if part == "web process" and "granian" in line and child.children():
                        return child.children()[0].pid
            time.sleep(0.1)
        message = f"there is no {part} to kill"
        raise RuntimeError(message)

    def is_healthy(self) -> bool:
        """Whether it serves and its database answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz/", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def wait_until_healthy(self) -> float:
        """Seconds until it served again."""
        began = time.monotonic()
        while time.monotonic() - began < READY_WITHIN:
            if self.is_healthy():
                return time.monotonic() - began
            time.sleep(0.1)
        message = f"it did not come back in {READY_WITHIN} s:\n{self.logs()}"
        raise RuntimeError(message)

    def environ(self) -> dict[str, str]:
        """The environment of a process that belongs to it, connected as the application."""
        cluster = Cluster(self.folder / "pg")
        return clean_environment() | {
            "MESPACE_DATA": str(self.folder),
            "DATABASE_URL": cluster.url(APP, "mespace"),
            "MESPACE_OWNER_DATABASE_URL": cluster.url(OWNER, "mespace"),
            "MESPACE_SECRET_KEY": (self.folder / "secret.key").read_text().strip(),
        }

    def run(self, *arguments: str) -> str:
        """What a Python process of the installation printed."""
        command = [sys.executable, *arguments]
        done = subprocess.run(command, env=self.environ(), capture_output=True, text=True, check=False, timeout=600)
        assert done.returncode == 0, f"{arguments}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout

    def logs(self) -> str:
        """The ends of its logs, for a failure's report."""
        return "\n".join(
            f"--- {path.name}\n{path.read_text(errors='replace')[-2000:]}"
            for path in sorted(self.folder.rglob("*.log"))
        )


def clean_environment() -> dict[str, str]:
    """Ours without any setting of the product."""
    ours = ("MESPACE_", "DATABASE_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"PYTHONPATH": f"{SOURCE}{os.pathsep}{SOURCE.parent}", "PYTHONUTF8": "1"}


@contextlib.contextmanager
def installation() -> Iterator[Installation]:
    """An empty installation with one administrator, synced to disk like a real one; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="mespace-faults-"))
    folder.chmod(0o711)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = clean_environment() | {
        "MESPACE_DATA": str(folder),
        "MESPACE_ADMIN_NAME": "Admin",
        "MESPACE_ADMIN_EMAIL": ADMIN[0],
        "MESPACE_ADMIN_PASSWORD": ADMIN[1],
        "MESPACE_STAFF_MFA": "no",
        "MESPACE_RATE_LIMIT_FACTOR": "1000000",
    }
    with (folder / "up.log").open("wb") as log:
        command = [sys.executable, "-m", "mespace.cli", "up", "--no-demo", "--port", str(port)]
        up = subprocess.Popen(command, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    running = Installation(folder, port, up)
    try:
        _wait_for_state(running)
        yield running
    finally:
        up.terminate()
        try:
            up.wait(60)
        except subprocess.TimeoutExpired:
            up.kill()
        Cluster(folder / "pg").stop()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for_state(running: Installation) -> None:
    until = time.monotonic() + MADE_WITHIN
    while time.monotonic() < until:
        with contextlib.suppress(OSError, ValueError):
            if json.loads((running.folder / "up.json").read_text())["url"]:
                return
        if running.up.poll() is not None:
            break
        time.sleep(0.1)
    message = f"the installation did not start:\n{running.logs()}"
    raise RuntimeError(message)
