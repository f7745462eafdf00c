"""The installation under measurement: its own embedded PostgreSQL, web server and worker."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from mespace.platform.postgres.cluster import Cluster
from mespace.platform.postgres.storage import APP, OWNER

SOURCE = str(Path(__file__).resolve().parents[1] / "src")


@contextmanager
def database(folder: Path) -> Iterator[Cluster]:
    """A running PostgreSQL with durable settings in `folder`, migrated; the environment points at it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    cluster = Cluster(folder / "pg")
    cluster.start()
    os.environ |= {
        "DATABASE_URL": cluster.url(APP, "mespace"),
        "MESPACE_OWNER_DATABASE_URL": cluster.url(OWNER, "mespace"),
        "MESPACE_DATA": str(folder),
        "MESPACE_STAFF_MFA": "no",  # nobody holds a second factor here
        "MESPACE_RATE_LIMIT_FACTOR": "1000000",  # counted as ever, and never met
        "MESPACE_SECRET_KEY": "of-a-benchmark-whose-data-are-made-up-and-thrown-away-afterwards",
        "PYTHONPATH": SOURCE,
        "DJANGO_SETTINGS_MODULE": "mespace.settings",
    }
    try:
        run("migrate", "--quiet")
        yield cluster
    finally:
        cluster.stop()


def run(name: str, *arguments: str) -> None:
    """One of the product's commands, to its end."""
    subprocess.run([sys.executable, "-m", "mespace.cli", name, *arguments], check=True)


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """The web server and the worker, started as in production; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = os.environ | {"MESPACE_BASE_URL": f"http://127.0.0.1:{port}"}
    children = []
    for name, *arguments in (("web", "--port", str(port)), ("worker",)):
        with (folder / f"{name}.log").open("ab") as log:
            command = [sys.executable, "-m", "mespace.cli", name, *arguments]
            children.append(subprocess.Popen(command, env=environ, stdout=log, stderr=log))
    try:
        _wait_for(port)
        yield port
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The web server did not start; see web.log.")


def cpu_seconds(cluster: Cluster) -> tuple[float, float]:
    """CPU seconds that the web server and PostgreSQL have used so far."""
    web = [child for child in psutil.Process().children(recursive=True) if "worker" not in child.cmdline()]
    return sum(map(_cpu, web)), sum(map(_cpu, _servers(cluster)))


def _servers(cluster: Cluster) -> list[psutil.Process]:
    postmaster = psutil.Process(int((cluster.storage.data / "postmaster.pid").read_text().split()[0]))
    return [postmaster, *postmaster.children(recursive=True)]


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def memory(cluster: Cluster) -> dict[str, float]:
    """MiB (proportional share) of the web server, the worker and PostgreSQL."""
    found = {"web": 0.0, "worker": 0.0, "PostgreSQL": 0.0}
    for child in psutil.Process().children(recursive=True):
        name = "worker" if "worker" in child.cmdline() else "web"
        found[name] += _pss(child)
    found["PostgreSQL"] = sum(map(_pss, _servers(cluster)))
    return {name: size / 2**20 for name, size in found.items()}


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.Error, AttributeError):
        return 0
