"""`mespace up` beside itself, and after its own death."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.faults.installation import Installation, clean_environment, installation


def command(running: Installation, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = clean_environment() | {"MESPACE_DATA": str(running.folder)}
    return subprocess.run(
        [sys.executable, "-m", "mespace.cli", *arguments],
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_one_up_at_a_time_and_a_killed_one_leaves_nothing_behind() -> None:
    with installation() as running:
        second = command(running, "up")
        assert (second.returncode, second.stdout.split(" (")[0]) == (
            0,
            f"It already runs at http://localhost:{running.port}",
        )

        doctor = command(running, "doctor")
        assert "WRONG" not in doctor.stdout, doctor.stdout + doctor.stderr
        again = command(running, "admin", "create")
        assert again.returncode == 1

        children = psutil.Process(running.up.pid).children(recursive=True)
        names = [" ".join(child.cmdline()) for child in children]
        assert any("granian" in name for name in names)
        assert any("mespace.cli.worker" in name for name in names)
        resident = sum(child.memory_full_info().pss for child in [psutil.Process(running.up.pid), *children])
        assert resident < 300 * 1024 * 1024, "the whole must rest under 400 MiB, PostgreSQL included"

        os.kill(running.up.pid, signal.SIGKILL)
        running.up.wait()
        _, left = psutil.wait_procs(children, timeout=30)
        assert left == []

        began = time.monotonic()
        stopped = command(running, "stop")
        assert stopped.returncode == 0, stopped.stderr
        assert not (running.folder / "pg" / "data" / "postmaster.pid").exists()
        assert time.monotonic() - began < 60
