"""A PostgreSQL of the system's own packages, and the product's production pieces on it as the operating guide says."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from mespace.platform.postgres.binaries import unprivileged_user
from tests.faults.installation import ADMIN, Installation, clean_environment

OLDEST = 15
PACKAGED = Path("/usr/lib/postgresql")  # where Debian keeps each major version


def programs() -> Path:
    """The oldest packaged PostgreSQL that the product supports; without one the test is skipped, or fails in CI."""
    versions = sorted(int(each.name) for each in PACKAGED.glob("*") if each.name.isdigit())
    for version in versions:
        if version >= OLDEST and (PACKAGED / str(version) / "bin" / "initdb").exists():
            return PACKAGED / str(version) / "bin"
    reason = f"there is no packaged PostgreSQL {OLDEST} or newer in {PACKAGED}"
    if os.environ.get("MESPACE_TEST_EVERYTHING"):
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass(frozen=True)
class External:
    """A running server by itself: its version, and the addresses of `mespace` for the owner and the application."""

    version: int
    owner: str
    app: str


@contextlib.contextmanager
def external_postgres() -> Iterator[External]:
    """The server with two roles and an empty database, as the operating guide asks for them; gone afterwards."""
    binaries, user = programs(), unprivileged_user()
    account = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    folder = Path(tempfile.mkdtemp(prefix="mespace-external-"))
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    port, password = free_port(), secrets.token_hex(8)
    secret = folder / "password"
    secret.write_text(password)
    secret.chmod(0o644)

    def do(name: str, *arguments: str) -> None:
        done = subprocess.run(
            [binaries / name, *arguments],
            cwd=folder, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            capture_output=True, text=True, check=False, timeout=60, **account,
        )  # fmt: skip
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"

    data = str(folder / "data")
    do("initdb", "-D", data, "-U", "dba", "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
    do("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        address = f"@127.0.0.1:{port}"
        with psycopg.connect(f"postgresql://dba:{password}{address}/postgres", autocommit=True) as connection:
            for role in ("mespace_owner", "mespace_app"):
                connection.execute(sql.SQL("create role {} login password {}").format(sql.Identifier(role), password))
            connection.execute("create database mespace owner mespace_owner encoding 'UTF8' template template0")
            version = connection.info.server_version // 10_000
        yield External(
            version,
            f"postgresql://mespace_owner:{password}{address}/mespace",
            f"postgresql://mespace_app:{password}{address}/mespace",
        )
    finally:
        do("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """One that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Production(Installation):
    """`mespace web` and `mespace worker` on a database of somebody else's."""

    database: External
    secret: str

    @property
    def database_url(self) -> str:
        """As the owner of the tables."""
        return self.database.owner

    def environ(self) -> dict[str, str]:
        """The settings of a production host."""
        return clean_environment() | {
            "MESPACE_DATA": str(self.folder),
            "DATABASE_URL": self.database.app,
            "MESPACE_OWNER_DATABASE_URL": self.database.owner,
            "MESPACE_SECRET_KEY": self.secret,
            "MESPACE_BASE_URL": self.url,
            "MESPACE_STAFF_MFA": "no",
            "MESPACE_RATE_LIMIT_FACTOR": "1000000",
            "MESPACE_ADMIN_NAME": "Admin",
            "MESPACE_ADMIN_EMAIL": ADMIN[0],
            "MESPACE_ADMIN_PASSWORD": ADMIN[1],
        }

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of the product's commands, to its end."""
        return subprocess.run(
            [sys.executable, "-m", "mespace.cli", *arguments],
            env=self.environ(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip


@contextlib.contextmanager
def production(database: External) -> Iterator[Production]:
    """Migrated, with one administrator, serving; its processes end with SIGTERM afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="mespace-production-"))
    running = Production(folder, free_port(), None, database, secrets.token_urlsafe(60))  # type: ignore[arg-type]
    children: list[subprocess.Popen[bytes]] = []
    try:
        for preparation in (("migrate", "--quiet"), ("admin", "create")):
            done = running.command(*preparation)
            assert done.returncode == 0, f"{preparation}: {done.stdout}{done.stderr}"
        for name, *arguments in (("web", "--port", str(running.port)), ("worker",)):
            with (folder / f"{name}.log").open("wb") as log:
                command = [sys.executable, "-m", "mespace.cli", name, *arguments]
                children.append(subprocess.Popen(command, env=running.environ(), stdout=log, stderr=log))
        running.wait_until_healthy()
        yield running
        for child in children:
            child.send_signal(signal.SIGTERM)
        began = time.monotonic()
        codes = [child.wait(30) for child in children]
        assert time.monotonic() - began < 30, codes
    finally:
        for child in children:
            if child.poll() is None:
                child.kill()
        shutil.rmtree(folder, ignore_errors=True)
