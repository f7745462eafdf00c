"""Tells on which platforms every locked package of the product has a wheel: python tools/wheels.py (asks the registry).

One line a platform and Python; a package without a wheel there is named. Nothing is installed. Exit code 1 if a
platform that the operating guide promises lacks one.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements/runtime.lock"
PYTHONS = ("3.11", "3.12", "3.13")
GLIBC = [f"manylinux_2_{minor}" for minor in range(17, 29)]  # 2.28 is the oldest that we promise
PROMISED = {
    "Linux x86-64": [f"{tag}_x86_64" for tag in [*GLIBC, "manylinux2014"]],
    "Linux arm64": [f"{tag}_aarch64" for tag in [*GLIBC, "manylinux2014"]],
    "macOS 14 arm64": ["macosx_14_0_arm64"],
}
OTHERS = {"macOS 14 Intel": ["macosx_14_0_x86_64"]}


def missing(platform: list[str], python: str) -> list[str]:
    """The packages that pip finds no wheel of, each as it is locked."""
    pins = re.findall(r"^([\w.-]+(?:\[[^]]*\])?==[^\s;]+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    without = []
    while True:
        rest = [pin for pin in pins if pin not in without]
        done = _asked(rest, platform, python)
        if done.returncode == 0:
            return without
        found = re.search(r"No matching distribution found for (\S+)", done.stderr)
        if not found:
            sys.exit(f"pip could not tell: {done.stderr[-500:]}")
        without.append(found[1])


def _asked(pins: list[str], platform: list[str], python: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        options = [part for tag in platform for part in ("--platform", tag)]
        return subprocess.run(  # noqa: S603 - our own interpreter, names from our own lock
            [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--only-binary=:all:", "--quiet",
             "--implementation", "cp", "--python-version", python, "--target", folder, *options, *pins],
            capture_output=True, text=True, check=False,
        )  # fmt: skip


def main() -> int:
    """Ask for each platform and print."""
    broken = False
    for name, platform in (PROMISED | OTHERS).items():
        for python in PYTHONS:
            without = missing(platform, python)
            broken = broken or bool(without and name in PROMISED)
            print(
                f"{name}, Python {python}: {'every package' if not without else 'not ' + ', '.join(without)}",
                flush=True,
            )
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
