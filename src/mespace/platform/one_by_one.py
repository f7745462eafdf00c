"""Sweeps: many rows, each on its own, so that one that throws holds up no other."""

from collections.abc import Callable, Iterable

import structlog

log = structlog.get_logger()


class SomeFailedError(RuntimeError):
    """Some rows of a sweep threw; the job has failed, which is the alarm."""


def one_by_one(ids: Iterable[int], act: Callable[[int], object], *, failure: str) -> None:
    """`act` on each id; what threw is logged as the `failure` with its id, and told at the end by SomeFailedError."""
    failed = 0
    for row_id in ids:
        try:
            act(row_id)
        except Exception:
            failed += 1
            log.exception(failure, id=row_id)
    if failed:
        raise SomeFailedError(f"{failure}: {failed}")
