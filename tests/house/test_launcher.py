"""The one file that a fresh machine starts with: it says in a sentence what is missing, and never shows a traceback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import REPOSITORY


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the product without any environment of its own yet."""
    shutil.copy(REPOSITORY / "mespace", tmp_path)
    shutil.copytree(REPOSITORY / "requirements", tmp_path / "requirements")
    shutil.copytree(
        REPOSITORY / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "tests", "static")
    )
    return tmp_path


def launch(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [getattr(sys, "_base_executable", sys.executable), folder / "mespace", *arguments],
        env={"PATH": os.environ["PATH"], "HOME": str(folder)} | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert "Traceback" not in done.stderr
    return done


def test_help_names_every_command(copy: Path) -> None:
    done = launch(copy, "--help")
    assert done.returncode == 0
    for name in ("up", "stop", "test", "doctor", "verify", "worktime", "demo", "admin", "migrate", "web", "worker"):
        assert f"  {name}" in done.stdout


def test_an_unknown_command_is_named(copy: Path) -> None:
    done = launch(copy, "frobnicate")
    assert (done.returncode, done.stderr) == (1, 'There is no command "frobnicate": ./mespace --help lists them.\n')


def test_the_calculator_answers_without_an_environment(copy: Path) -> None:
    done = launch(copy, "worktime", "due", "2024-12-27T16:30+03:00", "--hours", "2")
    assert "2024-12-28T09:30" in done.stdout, done.stderr
    assert not (copy / ".venv").exists()


def test_a_missing_venv_module_is_one_sentence(copy: Path) -> None:
    hidden = copy / "hidden"
    hidden.mkdir()
    (hidden / "ensurepip.py").write_text("raise ImportError('not here')\n")
    done = launch(copy, "doctor", PYTHONPATH=str(hidden))
    assert (
        done.stderr
        == "Python's venv module is missing: install it (on Debian: apt install python3-venv) and try again.\n"
    )


def test_an_empty_wheelhouse_is_one_sentence_after_pips_last_lines(copy: Path) -> None:
    house = copy / "wheels"
    house.mkdir()
    done = launch(copy, "doctor", MESPACE_WHEELHOUSE=str(house))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "MESPACE_WHEELHOUSE lacks a package."
    assert str(copy) not in done.stderr.replace(done.stderr.splitlines()[0], "")


def test_a_wheelhouse_that_is_none_is_named(copy: Path) -> None:
    done = launch(copy, "doctor", MESPACE_WHEELHOUSE="no-such-folder")
    assert done.stderr == 'MESPACE_WHEELHOUSE="no-such-folder" is not a folder.\n'


def test_a_python_that_is_none_is_named(copy: Path) -> None:
    done = launch(copy, "doctor", MESPACE_PYTHON="python9")
    assert done.stderr == 'MESPACE_PYTHON="python9" is not a program that can be run.\n'
