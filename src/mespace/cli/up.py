"""`mespace up`: everything on one machine, from nothing to a page in the browser.

Standard library only, so that this process, which stays, is small: whatever needs more runs in a child.
"""

import argparse
import contextlib
import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from mespace.cli import embedded, ports
from mespace.cli.children import Child
from mespace.cli.plain import Stop
from mespace.cli.supervisor import Supervisor
from mespace.platform.environment import Environment, SettingRefused
from mespace.platform.folders import REPOSITORY
from mespace.platform.postgres.errors import ClusterError

STATE = "up.json"
PROBE_NAME, PROBE_FOLDER = "here", "probe"  # of the demo's own prober
STEPS = 5
THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - every address of the machine, and the one to ask it at


def main(arguments: Sequence[str] = ()) -> int:
    """Serves until Ctrl-C or SIGTERM; exit code 0 after a clean stop, 1 when it could not start."""
    parser = argparse.ArgumentParser(prog="mespace up", description="Set everything up and serve; Ctrl-C stops.")
    parser.add_argument("--no-demo", action="store_true", help="start empty and ask for the first administrator")
    parser.add_argument("--port", type=int, help="the port to listen on (the first free one from 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1: this machine only)")
    options = parser.parse_args(arguments)
    try:
        return serve(demo=not options.no_demo, host=options.host, port=options.port)
    except (Stop, ClusterError, SettingRefused) as exc:
        print(exc, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped before it was ready; the data is kept.", file=sys.stderr)
        return 130


def step(number: int, text: str) -> None:
    """One line of progress."""
    print(f"{number}/{STEPS} {text}", file=sys.stderr, flush=True)


def note(text: str) -> None:
    """A remark under the present step."""
    print(f"      {text}", file=sys.stderr, flush=True)


def serve(*, demo: bool, host: str, port: int | None) -> int:
    """All steps in their order; the lock is held for as long as this process lives."""
    env = Environment.read()
    if port is not None and not 1 <= port <= 65535:  # noqa: PLR2004 - the ports that there are
        raise Stop(f"--port {port} is not a whole number between 1 and 65535.")
    folder = embedded.prepare_data_folder()
    with (folder / "up.lock").open("w") as lock:
        if not _taken(lock):
            return _tell_where(folder)
        wished = port if port is not None else (env.port if os.environ.get("MESPACE_PORT") else None)
        chosen = ports.choose(host, wished)
        supervisor = Supervisor(folder=folder, say=note)
        with supervisor.signals(), contextlib.ExitStack() as stack:
            stack.callback(supervisor.stop)
            _remember(folder, url=None)
            stack.callback((folder / STATE).unlink, missing_ok=True)
            _start(supervisor, env, demo=demo, host=host, port=chosen)
            _remember(folder, url=supervisor.url)
            _announce(folder, supervisor.url)
            supervisor.watch()
            print("\nStopping …", file=sys.stderr)
        print("Stopped; the data is kept.", file=sys.stderr)
    return 0


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _remember(folder: Path, *, url: str | None) -> None:
    """Tell `mespace stop` and a second `up` whom to ask; without an address while it is not ready."""
    (folder / STATE).write_text(json.dumps({"pid": os.getpid(), "url": url}))


def _tell_where(folder: Path) -> int:
    known = {"url": None}
    with contextlib.suppress(OSError, ValueError):
        known = json.loads((folder / STATE).read_text())
    if not known["url"]:
        raise Stop("It is being started by another `mespace up` at this moment.")
    print(f"It already runs at {known['url']} (process {known['pid']}); `mespace stop` stops it.")
    return 0


def _start(supervisor: Supervisor, env: Environment, *, demo: bool, host: str, port: int) -> None:
    folder = supervisor.folder
    step(1, "Packages are ready")
    if os.environ.get("DATABASE_URL"):
        step(2, "Database: the one in DATABASE_URL")
        os.environ.update(embedded.settings_for(None))
    else:
        step(2, "Starting PostgreSQL …")
        supervisor.start_postgres()
    has_name = bool(os.environ.get("MESPACE_BASE_URL"))  # which may lead through what this machine cannot reach
    os.environ.setdefault("MESPACE_BASE_URL", f"http://{shown_host(host)}:{port}")
    if host not in THIS_MACHINE and not os.environ.get("MESPACE_HOSTS"):
        os.environ["MESPACE_HOSTS"] = "*" if host in EVERYWHERE else in_address(host)
    supervisor.url = os.environ["MESPACE_BASE_URL"]
    step(3, "Bringing tables and static files up to date …")
    empty = _prepared(folder, own_database=supervisor.postgres is not None)
    _fill(empty=empty, demo=demo, folder=folder)
    step(5, "Starting the web server and the worker …")
    from mespace.cli.web import granian

    environ = serving_environment(os.environ)
    logs = folder / "log"
    logs.mkdir(mode=0o700, exist_ok=True)
    web = granian(env, host=host, port=port)
    worker = [sys.executable, "-m", "mespace.cli.worker"]
    supervisor.run(
        Child("web server", web, logs / "web.log", environ), Child("worker", worker, logs / "worker.log", environ)
    )
    supervisor.wait_until_healthy(f"http://{in_address(EVERYWHERE.get(host, host))}:{port}/healthz/")
    prober = None if has_name else demo_prober(folder, supervisor.url, logs)
    if prober is not None:
        supervisor.run(prober)


def demo_prober(folder: Path, url: str, logs: Path) -> Child | None:
    """What measures the demo's status page from this very machine; only where the demo made it known.

    An installation in earnest is measured from another host: docs/mechanisms/status-page.md.
    """
    record = folder / PROBE_FOLDER
    if not (record / "key").exists():
        return None
    looks = (("tracker", "/healthz/"), ("knowledge", "/kb/"), ("files", "/healthz/files/"))
    command = [sys.executable, "-m", "mespace.cli.probe", "--name", PROBE_NAME, "--folder", str(record), "--to", url]
    command += [part for code, path in looks for part in ("--look", f"{code}={url}{path}")]
    return Child("prober", command, logs / "probe.log", {"PATH": os.defpath, "PYTHONPATH": str(REPOSITORY / "src")})


def shown_host(host: str) -> str:
    """The host in the address that people are told: a name where there is one, since passkeys belong to names."""
    return "localhost" if host in THIS_MACHINE or host in EVERYWHERE else in_address(host)


def in_address(host: str) -> str:
    """`host` as it stands in an address: a number of IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def serving_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What the web server and the worker get to know: not how the database's owner signs in, who may change the log."""
    known = {name: value for name, value in environ.items() if name != "MESPACE_OWNER_DATABASE_URL"}
    return known | {"PYTHONPATH": str(REPOSITORY / "src")}


def _prepared(folder: Path, *, own_database: bool) -> bool:
    """Whether nobody has an account yet, after migrating."""
    unfinished = folder / "demo-unfinished"
    if unfinished.exists() and own_database:
        note("the demo was not finished last time: it is made anew")
        embedded.recreate_database()
        unfinished.unlink()
    done = child("prepare", capture=True)
    return bool(json.loads(done.splitlines()[-1])["empty"])


def _fill(*, empty: bool, demo: bool, folder: Path) -> None:
    if not empty:
        step(4, "Your data is there")
        return
    if not demo:
        step(4, "Making the first administrator")
        child("admin", "create", "--first")
        return
    if not (Path(__file__).parent / "demo.py").exists():
        step(4, "No demo comes with this version")
        return
    step(4, "Loading the demo (once) …")
    unfinished = folder / "demo-unfinished"
    began = time.monotonic()
    unfinished.touch()
    os.environ["MESPACE_DEMO"] = "yes"
    child("demo")
    unfinished.unlink()
    note(f"loaded in {time.monotonic() - began:.0f} s")


def child(name: str, *arguments: str, capture: bool = False) -> str:
    """Run one of our commands to its end; Stop with its last words if it fails."""
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-u", "-m", f"mespace.cli.{name}", *arguments],
        stdout=subprocess.PIPE if capture else None,
        stderr=subprocess.PIPE if capture else None,
        text=True,
        check=False,
    )
    if done.returncode:
        if not capture:  # it has said it itself
            raise Stop(f"`mespace {name}` did not succeed, so nothing was started.")
        lines = [line for line in (done.stderr or "").splitlines() if line.strip()]
        raise Stop(lines[-1] if lines else f"`mespace {name}` did not succeed and said nothing.")
    return done.stdout or ""


def _announce(folder: Path, url: str) -> None:
    print(f"\nMESPACE Support is ready: {url}/\n")
    with contextlib.suppress(OSError, ValueError):
        people = json.loads((folder / embedded.SIGN_INS).read_text(encoding="utf-8"))
        if people:
            print("Sign in as:")
            width = max(len(person["email"]) for person in people)
            for person in people:
                print(f"  {person['email']:<{width}}  {person['password']}  {person['who']}")
            print()
    print("Ctrl-C stops it.", flush=True)
