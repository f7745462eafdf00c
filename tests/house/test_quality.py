"""Linters and types, as tests; and what Django itself can check."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house.source import REPOSITORY, SOURCE


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(each) for each in command], cwd=REPOSITORY, capture_output=True, text=True, check=False)


def test_ruff_has_no_remarks() -> None:
    done = run(
        Path(sys.executable).with_name("ruff"), "check", "--output-format", "concise", "--no-cache", ".", "mespace"
    )
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.long
@pytest.mark.timeout(600)
def test_types_hold() -> None:
    done = run(sys.executable, "-m", "mypy", "--no-error-summary")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)


def test_every_job_is_one_task() -> None:
    from procrastinate.contrib.django import app

    from mespace.platform.jobs import Job

    app.perform_import_paths()
    ours = {name for name in app.tasks if not name.startswith(("procrastinate.", "builtin:"))}
    assert ours == {job.value for job in Job}
    assert len({id(app.tasks[job.value]) for job in Job}) == len(Job)


def test_deployment_check_is_clean() -> None:
    """Django's own, with production settings."""
    environ = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(SOURCE.parent),
        "DJANGO_SETTINGS_MODULE": "mespace.settings",
        "DATABASE_URL": "postgresql://app@db.example.com/mespace",
        "MESPACE_SECRET_KEY": "k7Q-" + "".join(chr(97 + (index * 7) % 26) for index in range(60)),
        "MESPACE_BEHIND_TLS": "yes",
        "MESPACE_TRUSTED_PROXIES": "1",
        "MESPACE_BASE_URL": "https://support.example.com",
    }
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
