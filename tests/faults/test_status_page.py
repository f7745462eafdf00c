"""The status page while PostgreSQL is stopped, and while the whole product is: both really are."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest

from mespace.platform.postgres.cluster import Cluster
from tests.faults.installation import Installation, clean_environment, installation


def page(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        text: str = answer.read().decode()
    return text


def until(words: str, url: str) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            text = page(url)
        except OSError:
            text = ""
        if words in text:
            return text
        time.sleep(0.5)
    raise AssertionError(f"{url} does not say {words!r}")


def stop_serving(running: Installation) -> None:
    for child in psutil.Process(running.up.pid).children():
        if "granian" in " ".join(child.cmdline()):
            for each in [*child.children(recursive=True), child]:
                each.kill()


@pytest.mark.long
@pytest.mark.faults
@pytest.mark.timeout(900)
def test_it_stays_readable_without_database_and_without_product() -> None:
    with installation() as running:
        address = f"{running.url}/status/ru.html"
        assert "Это копия" not in until("Состояние сервиса", address)
        os.kill(running.up.pid, signal.SIGSTOP)  # else it would start again what is stopped here
        try:
            Cluster(running.folder / "pg").stop()
            assert not running.is_healthy()
            until("База данных сейчас не отвечает", address)

            stop_serving(running)
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            command = [sys.executable, "-m", "mespace.cli", "status-page", "--port", str(port)]
            environ = clean_environment() | {"MESPACE_DATA": str(running.folder)}
            with subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL) as separate:
                try:
                    until("Состояние сервиса", f"http://127.0.0.1:{port}/")
                    copy = running.folder / "status" / "ru.html"
                    os.utime(copy, (copy.stat().st_atime, copy.stat().st_mtime - 600))
                    until("Система поддержки сейчас не отвечает.", f"http://127.0.0.1:{port}/status/")
                finally:
                    separate.terminate()
        finally:
            os.kill(running.up.pid, signal.SIGCONT)
