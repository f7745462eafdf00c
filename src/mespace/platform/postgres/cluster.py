"""Starting, adopting and stopping the embedded PostgreSQL."""

import contextlib
import fcntl
import time
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from mespace.platform.postgres.binaries import Binaries
from mespace.platform.postgres.configuration import rendered, server_settings
from mespace.platform.postgres.errors import ClusterError, explain
from mespace.platform.postgres.storage import APP, OWNER, Storage, last_line

Say = Callable[[str], None]
STILL_STARTING = ("starting up", "not yet accepting", "not accepting", "recovery", "shutting down")
PATIENCE = 0.05  # seconds between two looks
TELL_AFTER = 3.0  # seconds
GONE_AFTER = 30.0  # seconds that left-over processes of a killed server are given to end


class State(Enum):
    """What is found behind the socket."""

    ANSWERS = "answers"
    BUSY = "is starting, recovering or stopping"
    SILENT = "does not answer"


class Cluster:
    """One embedded PostgreSQL under the folder `state`. Raises ClusterError, a sentence for who starts it."""

    def __init__(self, state: Path, *, disposable: bool = False, say: Say = lambda _: None) -> None:
        self.storage = Storage(state)
        self.disposable = disposable
        self.say = say

    def url(self, role: str, database: str) -> str:
        """The address to connect by; it holds the role's password."""
        password = quote(self.storage.password(role), safe="")
        return f"postgresql://{role}:{password}@/{database}?host={quote(str(self.storage.socket_folder), safe='')}"

    @property
    def socket(self) -> Path:
        """The file that clients connect to."""
        return self.storage.socket_folder / ".s.PGSQL.5432"

    def start(self, *, database: str = "mespace") -> None:
        """Make `database` ready for both roles, starting, initialising or adopting the server as need be."""
        try:
            with self._locked():
                self._start()
                self._ensure_roles()
                self._ensure_database(database)
        except OSError as exc:
            raise explain(exc, self.storage.state) from exc

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, nothing acknowledged is lost. Not running is no error."""
        if not self.storage.data.exists():
            return
        try:
            with self._locked():
                binaries = self.storage.programs()
                code, _ = binaries.run("pg_ctl", "-D", self.storage.data, "-m", "fast", "-w", "-t", "60", "stop")
                if code and self._processes():
                    binaries.run("pg_ctl", "-D", self.storage.data, "-m", "immediate", "-w", "-t", "30", "stop")
        except OSError as exc:
            raise explain(exc, self.storage.state) from exc

    def recreate(self, database: str) -> None:
        """Drop `database` with all that is in it, and make it anew, empty."""
        with psycopg.connect(self.url(OWNER, "postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))
        self._ensure_database(database)

    def look(self) -> State:
        """Whether the right server answers; ClusterError if another one does."""
        try:
            with psycopg.connect(self.url(OWNER, "postgres"), connect_timeout=5, autocommit=True) as connection:
                row = connection.execute("select system_identifier from pg_control_system()").fetchone()
        except psycopg.OperationalError as exc:
            if "password authentication failed" in str(exc):
                raise ClusterError(
                    f"The server in {self.storage.state} refuses the password in {OWNER}.password: "
                    "put the right file back from a backup."
                ) from None
            return State.BUSY if any(words in str(exc) for words in STILL_STARTING) else State.SILENT
        expected = self.storage.marker.read_text().strip()
        if row is None or str(row[0]) != expected:
            raise ClusterError(f"Another PostgreSQL answers on {self.storage.socket_folder}: stop it and start again.")
        return State.ANSWERS

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self.storage.make_state()
        with (self.storage.state / "start.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _start(self) -> None:
        binaries = self.storage.prepare()
        if self.storage.ensure_initialised(binaries):
            self.say("an empty database was made")
        state = self.look()
        if state is State.ANSWERS:
            return
        if state is State.SILENT and not self._postmaster():
            self._launch(binaries)
        self._wait(binaries)

    def _launch(self, binaries: Binaries) -> None:
        data = self.storage.data
        self._outlive_orphans()
        for left_over in (data / "postmaster.pid", self.socket, self.socket.with_name(self.socket.name + ".lock")):
            left_over.unlink(missing_ok=True)
        settings = server_settings(
            socket_folder=self.storage.socket_folder, log_folder=self.storage.log, disposable=self.disposable
        )
        conf = data / "mespace.conf"
        conf.write_text(rendered(settings), encoding="utf-8")
        conf.chmod(0o644)  # inside a folder that only PostgreSQL's user enters
        log = self.storage.log / "start.log"
        log.unlink(missing_ok=True)
        code, text = binaries.run("pg_ctl", "-D", data, "-W", "-l", log, "start")
        if code:
            raise ClusterError(f"PostgreSQL could not be started in {data}: {last_line(text)}")

    def _wait(self, binaries: Binaries) -> None:
        """Wait for as long as the server lives: a recovery may take minutes."""
        began, told = time.monotonic(), False
        while True:
            state = self.look()
            if state is State.ANSWERS:
                return
            waited = time.monotonic() - began
            if waited > 1 and not self._postmaster():
                if self.look() is State.ANSWERS:
                    return
                raise self._failure(binaries)
            if waited > TELL_AFTER and not told:
                self.say("the database is recovering after an unclean stop; this can take some minutes")
                told = True
            time.sleep(PATIENCE)

    def _failure(self, binaries: Binaries) -> ClusterError:
        logs = sorted(self.storage.log.glob("*.log"), key=lambda path: path.stat().st_mtime)
        text = "".join(path.read_text(errors="replace")[-20_000:] for path in logs[-2:])
        if "No space left" in text[-4000:]:
            return ClusterError(f"The disk that holds {self.storage.state} is full: free some space and start again.")
        reasons = [line for line in text.splitlines() if "FATAL" in line or "PANIC" in line]
        code, _ = binaries.run("pg_controldata", self.storage.data)
        reason = reasons[-1].split(": ", 1)[-1].strip() if reasons and not code else "its files cannot be read"
        return ClusterError(
            f"The database in {self.storage.data} does not start ({reason}): its log is in {self.storage.log}. "
            "Restore it from a backup if it is damaged."
        )

    def _processes(self) -> list[psutil.Process]:
        """All living processes of this cluster's server, orphans of a killed one too: they work in its folder."""
        found = []
        for process in psutil.process_iter(["name"]):
            with contextlib.suppress(psutil.Error, OSError):
                if process.info["name"] != "postgres" or process.status() == psutil.STATUS_ZOMBIE:
                    continue
                if Path(process.cwd()) == self.storage.data:
                    found.append(process)
        return found

    def _postmaster(self) -> bool:
        """Whether the pid file names a living server of this cluster (neither a zombie nor a reused pid counts)."""
        try:
            first = (self.storage.data / "postmaster.pid").read_text().split("\n", 1)[0]
            number = int(first)
        except (OSError, ValueError):
            return False
        return any(process.pid == number for process in self._processes())

    def _outlive_orphans(self) -> None:
        """A killed server's last processes may still write: never start beside them."""
        until = time.monotonic() + GONE_AFTER
        while left := self._processes():
            if time.monotonic() > until:
                raise ClusterError(
                    f"Processes of a killed PostgreSQL are still working in {self.storage.data} "
                    f"(pid {', '.join(str(process.pid) for process in left)}): end them and start again."
                )
            time.sleep(PATIENCE)

    def _ensure_roles(self) -> None:
        with psycopg.connect(self.url(OWNER, "postgres"), autocommit=True) as connection:
            exists = connection.execute("select 1 from pg_roles where rolname = %s", [APP]).fetchone()
            if exists is None:
                statement = "create role {} login nosuperuser nocreatedb nocreaterole noreplication password {}"
                password = sql.Literal(self.storage.password(APP))
                connection.execute(sql.SQL(statement).format(sql.Identifier(APP), password))

    def _ensure_database(self, name: str) -> None:
        with psycopg.connect(self.url(OWNER, "postgres"), autocommit=True) as connection:
            if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
                statement = sql.SQL("create database {} owner {}")
                connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER)))
