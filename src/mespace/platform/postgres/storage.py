"""The cluster's folders: made once, recognised by an identifier that is kept outside of them."""

import os
import pwd
import re
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

from mespace.platform.postgres.binaries import Binaries, reachable, unprivileged_user
from mespace.platform.postgres.errors import ClusterError
from mespace.platform.postgres.passwords import kept_secret, sync_folder, write_private

OWNER = "mespace_owner"
APP = "mespace_app"
SOCKET_PATH_LIMIT = 85  # a socket's whole path must stay under 107 bytes
LEAST_FREE = 64 * 1024 * 1024


class Storage:
    """The folder `state` of one cluster: data, sockets, logs, passwords and the identifier's marker.

    Raises ClusterError wherever going on could lose data.
    """

    def __init__(self, state: Path) -> None:
        self.state = state.resolve()
        self.data = self.state / "data"
        self.log = self.state / "log"
        self.marker = self.state / "system-identifier"
        self.socket_folder = self.state / "run"
        if len(os.fsencode(self.socket_folder)) > SOCKET_PATH_LIMIT:
            name = sha256(os.fsencode(self.state)).hexdigest()[:10]
            self.socket_folder = Path(tempfile.gettempdir()) / f"mespace-{os.geteuid()}-{name}"
        self.user = self._user()

    def _user(self) -> pwd.struct_passwd | None:
        user = unprivileged_user()
        if not self.data.exists():
            return user
        holder = self.data.stat().st_uid
        if user is None and holder != os.geteuid():
            raise ClusterError(f"{self.data} belongs to another user (id {holder}): start as that user, or as root.")
        if user is not None and holder not in (0, user.pw_uid):
            try:
                return pwd.getpwuid(holder)  # made by an ordinary user earlier: stay with them
            except KeyError:
                raise ClusterError(f"{self.data} belongs to user id {holder}, which has no account here.") from None
        return user

    def programs(self) -> Binaries:
        """PostgreSQL's programs, for a cluster that is there."""
        return Binaries(self.state, self.user)

    def prepare(self) -> Binaries:
        """Make what is missing around the data folder, and find the programs."""
        self.make_state()
        if shutil.disk_usage(self.state).free < LEAST_FREE:
            raise ClusterError(f"The disk that holds {self.state} is full: free some space and start again.")
        if self.user is not None and not reachable(self.state, self.user):
            raise ClusterError(
                f"{self.state} cannot be entered by {self.user.pw_name}, as whom PostgreSQL runs: "
                "set MESPACE_DATA to a folder outside of private homes."
            )
        for folder in (self.socket_folder, self.log):
            self._own(folder)
        return self.programs()

    def make_state(self) -> None:
        """Make the folder itself and what is missing above it."""
        missing = [folder for folder in (self.state, *self.state.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)  # another process may start at the same moment
            folder.chmod(0o711 if self.user is not None else 0o700)  # ours alone; as root PostgreSQL passes through

    def _own(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if self.user is not None and found.st_uid != self.user.pw_uid:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid, follow_symlinks=False)
        elif self.user is None and found.st_uid != os.geteuid():
            raise ClusterError(f"{folder} belongs to another user: remove it, or set MESPACE_DATA to another folder.")
        folder.chmod(0o700)

    def ensure_initialised(self, binaries: Binaries) -> bool:
        """Make the cluster if there has never been one here; True if it was made just now."""
        new = self.data.with_name("data.new")
        if self._holds_something(self.data):
            self._recognise(binaries)
            return False
        if self.marker.exists():
            if self._holds_something(new) and self._identifier(binaries, new) == self.marker.read_text().strip():
                self._move_into_place(new)  # killed between the last two steps of making it
                return False
            raise ClusterError(
                f"{self.data} is missing although a database was made here: put it back from a backup, "
                f"or move {self.state} away to start with an empty one."
            )
        if new.exists():
            shutil.rmtree(new)  # a killed initdb
        self._initialise(binaries, new)
        write_private(self.marker, self._identifier(binaries, new) + "\n")
        self._move_into_place(new)
        return True

    def _initialise(self, binaries: Binaries, new: Path) -> None:
        self._own(new)
        self.password(APP)
        handed = self.socket_folder / "first-password"
        write_private(handed, self.password(OWNER) + "\n")
        try:
            if self.user is not None:
                os.chown(handed, self.user.pw_uid, self.user.pw_gid)
            code, text = binaries.run(
                "initdb", "-D", new, "-U", OWNER, "-A", "scram-sha-256", "--pwfile", handed, "-E", "UTF8",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--data-checksums",
            )  # fmt: skip
        finally:
            handed.unlink(missing_ok=True)
        if code:
            shutil.rmtree(new, ignore_errors=True)
            if "No space left" in text:
                raise ClusterError(f"The disk that holds {self.state} is full: free some space and start again.")
            raise ClusterError(f"PostgreSQL could not make its data folder in {self.state}: {last_line(text)}")
        with (new / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write("\ninclude_if_exists = 'mespace.conf'\n")

    def _move_into_place(self, new: Path) -> None:
        if self.data.exists():
            self.data.rmdir()
        new.rename(self.data)
        sync_folder(self.state)

    def _recognise(self, binaries: Binaries) -> None:
        found = self._identifier(binaries, self.data)
        if not self.marker.exists():
            write_private(self.marker, found + "\n")
        expected = self.marker.read_text().strip()
        if found != expected:
            raise ClusterError(
                f"{self.data} is another database than the one made here (it is {found}, {expected} was expected): "
                f"put the right folder back, or remove {self.marker} if the change was meant."
            )

    def _identifier(self, binaries: Binaries, data: Path) -> str:
        code, text = binaries.run("pg_controldata", data)
        match = re.search(r"system identifier:\s+(\d+)", text)
        torn = "CRC" in text.partition("pg_control version")[0]  # its warning about the checksum comes first
        if code or torn or not match:
            raise ClusterError(
                f"{data} is damaged (PostgreSQL's control file cannot be read): restore it from a backup, "
                f"or move {self.state} away to start with an empty database."
            )
        version = (data / "PG_VERSION").read_text().strip() if (data / "PG_VERSION").exists() else "?"
        wanted = re.search(r"\d+", binaries.run("postgres", "--version")[1])
        if wanted is None or version != wanted[0]:
            raise ClusterError(
                f"{data} was made by PostgreSQL {version}, and the programs here are "
                f"{wanted[0] if wanted else 'unknown'}: use those of version {version} (MESPACE_PG_BIN)."
            )
        return match[1]

    @staticmethod
    def _holds_something(folder: Path) -> bool:
        return folder.is_dir() and any(folder.iterdir())

    def password(self, role: str) -> str:
        """The password of one of the two roles; made only while there is no cluster yet."""
        make = not self.marker.exists()
        return kept_secret(self.state / f"{role}.password", make=make)


def last_line(text: str) -> str:
    """The last line of a program's output that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."
