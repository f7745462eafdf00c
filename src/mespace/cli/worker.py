"""`mespace worker`: run the jobs and timers. Any number may run against one database."""

import argparse
import os
from collections.abc import Sequence

from mespace.cli.starting import said_plainly, set_up
from mespace.platform.environment import Environment

GRACE = 15  # seconds that a job is given to end when the worker is stopped


@said_plainly
def main(arguments: Sequence[str] = ()) -> int:
    """Works until it is told to stop (SIGTERM, Ctrl-C)."""
    parser = argparse.ArgumentParser(prog="mespace worker", description=__doc__)
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at a time (2)")
    options = parser.parse_args(arguments)
    Environment.read_for_serving()
    os.environ["MESPACE_PROCESS"] = "worker"
    set_up()

    from procrastinate.contrib.django import app

    # A worker's own connector: with Django's, JSON arguments would arrive as text.
    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(
            concurrency=options.concurrency, shutdown_graceful_timeout=GRACE, delete_jobs="successful", name="worker"
        )
    return 0


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
