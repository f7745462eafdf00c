"""Doing the queued jobs of a test in the order in which they were queued."""

from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from mespace.platform.jobs import Job


def queued(job: Job) -> list[dict[str, Any]]:
    return list(ProcrastinateJob.objects.filter(task_name=job.value).order_by("id").values_list("args", flat=True))


class Queue:
    """Remembers how far it has worked off each kind of job."""

    def __init__(self) -> None:
        self._done: dict[Job, int] = {}

    def new(self, job: Job) -> list[dict[str, Any]]:
        everything = queued(job)
        fresh = everything[self._done.get(job, 0) :]
        self._done[job] = len(everything)
        return fresh
