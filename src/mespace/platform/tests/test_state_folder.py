"""Two processes that start at the same moment on a fresh machine share one cluster."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from mespace.platform.postgres.storage import Storage


def test_two_that_make_the_folder_at_once_do_not_trip_over_each_other(tmp_path: Path) -> None:
    for attempt in range(30):
        state = tmp_path / str(attempt) / "deep" / "pg"
        start = Barrier(8)

        def make(state: Path = state, start: Barrier = start) -> None:
            storage = Storage(state)
            start.wait()
            storage.make_state()

        with ThreadPoolExecutor(8) as pool:
            for done in [pool.submit(make) for _ in range(8)]:
                done.result()
        assert state.is_dir()
