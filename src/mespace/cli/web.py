"""`mespace web`: serve pages. Any number may run against one database; put a proxy in front on the internet."""

import argparse
import os
import sys
from collections.abc import Sequence

from mespace.cli.starting import Stop, said_plainly
from mespace.platform.environment import Environment


@said_plainly
def main(arguments: Sequence[str] = ()) -> int:
    """Does not come back: this process becomes the web server."""
    parser = argparse.ArgumentParser(prog="mespace web", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="the port to listen on (MESPACE_PORT, else 8000)")
    parser.add_argument(
        "--workers", type=int, default=1, help="processes (1); each serves MESPACE_WEB_THREADS at a time"
    )
    options = parser.parse_args(arguments)
    env = Environment.read_for_serving()
    if not (env.data / "static" / "staticfiles.json").exists():
        raise Stop("The static files are not gathered yet: run `mespace migrate` on this host first.")
    command = granian(env, host=options.host, port=options.port or env.port, workers=options.workers)
    os.execv(sys.executable, command)  # noqa: S606 - our own server


def granian(env: Environment, *, host: str, port: int, workers: int = 1) -> list[str]:
    """The command line of the web server."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--http", "1",
        "--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", str(env.web_threads),
        "--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning", "--no-access-log",
        "mespace.web.wsgi:application",
    ]  # fmt: skip
