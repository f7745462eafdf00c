"""What was queued while a test ran."""

from typing import Any

import pytest

from mespace.announcements.operations import _tell
from mespace.platform.jobs import Job


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The announcements that were queued, in order."""
    jobs: list[dict[str, Any]] = []

    def note(job: Job, **arguments: Any) -> None:
        if job == Job.ANNOUNCE:
            jobs.append(arguments)

    monkeypatch.setattr(_tell, "defer", note)
    return jobs
