"""The embedded installation's settings, for commands that are given none. Standard library only, for the supervisor."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mespace.platform.folders import data_folder
from mespace.platform.postgres.errors import ClusterError, explain
from mespace.platform.postgres.passwords import kept_secret

SIGN_INS = "demo-sign-ins.json"


@dataclass(frozen=True)
class Running:
    """A started embedded PostgreSQL."""

    owner_url: str
    app_url: str
    socket: Path


def cluster_folder() -> Path:
    """Where the embedded PostgreSQL of this installation is."""
    return data_folder() / "pg"


def prepare_data_folder() -> Path:
    """The data folder, made if absent; ClusterError, a sentence, if it cannot be made or written."""
    folder = data_folder()
    try:
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)  # as root PostgreSQL passes through as another user
        probe = folder / ".writable"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as exc:
        raise explain(exc, folder) from exc
    return folder


def start_postgres(say: Callable[[str], None] = lambda _: None) -> Running:
    """Start or adopt it, in a child process; ClusterError if it cannot be."""
    answer = json.loads(_postgres("start", say))
    return Running(answer["owner"], answer["app"], Path(answer["socket"]))


def stop_postgres() -> None:
    """Fast shutdown; no error if it is not running."""
    _postgres("stop", lambda _: None)


def recreate_database() -> None:
    """Drop the product's database and make it anew, empty: only for a demo whose making was cut off."""
    _postgres("recreate", lambda _: None)


def _postgres(verb: str, say: Callable[[str], None]) -> str:
    command = [sys.executable, "-m", "mespace.platform.postgres", verb, str(cluster_folder())]
    child = subprocess.Popen(  # noqa: S603 - our own module
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    said = ""
    assert child.stdout is not None  # noqa: S101 - asked for above
    assert child.stderr is not None  # noqa: S101 - asked for above
    for line in child.stderr:
        if said:
            say(said)
        said = line.strip()
    answer = child.stdout.read()
    if child.wait():
        raise ClusterError(said or "PostgreSQL could not be started.")
    if said:
        say(said)
    return answer


def settings_for(running: Running | None) -> dict[str, str]:
    """Environment variables that this installation's processes need beyond what the person has set."""
    folder = data_folder()
    found = {"MESPACE_DATA": str(folder)}
    if running is not None:
        found |= {"DATABASE_URL": running.app_url, "MESPACE_OWNER_DATABASE_URL": running.owner_url}
    if not os.environ.get("MESPACE_SECRET_KEY"):
        try:
            found["MESPACE_SECRET_KEY"] = kept_secret(folder / "secret.key")
        except OSError as exc:
            raise explain(exc, folder) from exc
    if (folder / SIGN_INS).exists():
        found["MESPACE_DEMO"] = "yes"
    return found


def with_embedded_database(command: Callable[[], int]) -> int:
    """Run `command` with the embedded database's settings if no other is set; the server is left as it was found."""
    if os.environ.get("DATABASE_URL"):
        return command()
    if not (cluster_folder() / "system-identifier").exists():
        print("There is no database yet: start `mespace up` first, or set DATABASE_URL.", file=sys.stderr)
        return 1
    was_running = (cluster_folder() / "data" / "postmaster.pid").exists()
    try:
        os.environ.update(settings_for(start_postgres(lambda text: print(text, file=sys.stderr))))
    except ClusterError as exc:
        print(exc, file=sys.stderr)
        return 1
    try:
        return command()
    finally:
        if not was_running:
            stop_postgres()
