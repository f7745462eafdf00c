"""Running acts at the same instant, each in a thread and a transaction of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

from mespace.tickets.queries.verification import Difference, differences


def at_once(calls: Sequence[Callable[[], Any]], *, threads: int = 8) -> list[Any]:
    """What each call returned, or the exception that it raised; they start together, `threads` at a time."""
    start = threading.Barrier(min(threads, len(calls)))
    first = threading.local()

    def run(call: Callable[[], Any]) -> Any:
        if not hasattr(first, "waited"):
            first.waited = True
            start.wait(30)
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - judged by the test
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=min(threads, len(calls))) as pool:
        return list(pool.map(run, calls))


def no_differences() -> None:
    """Every ticket is what its log says, and no key is missing."""
    found = [str(item) for item in differences() if isinstance(item, Difference)]
    assert not found, "\n".join(found)
