"""A PostgreSQL for the tests, a template migrated once, and clones of it."""

import fcntl
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from mespace.platform.folders import data_folder
from mespace.platform.postgres.cluster import Cluster
from mespace.platform.postgres.storage import APP, OWNER

TEMPLATES_KEPT = 4


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL and the two roles to enter it by."""

    repository: Path
    lock_folder: Path
    host: str
    port: str
    owner: tuple[str, str]
    app: tuple[str, str]
    template: str

    def _url(self, role: tuple[str, str], name: str) -> str:
        user, password = (quote(part, safe="") for part in role)
        return f"postgresql://{user}:{password}@/{name}?host={quote(self.host, safe='')}&port={self.port}"

    def owner_url(self, name: str) -> str:
        """The address of database `name` for the owner of its tables."""
        return self._url(self.owner, name)

    def app_url(self, name: str) -> str:
        """The address of database `name` for the application."""
        return self._url(self.app, name)

    def django_settings(self, name: str) -> dict[str, Any]:
        """What to change in Django's settings of the connection."""
        user, password = self.app
        return {"NAME": name, "USER": user, "PASSWORD": password, "HOST": self.host, "PORT": self.port}

    def maintenance(self) -> psycopg.Connection:
        """A connection that may create and drop databases."""
        return psycopg.connect(self.owner_url("postgres"), autocommit=True)


@contextmanager
def embedded_or_external(repository: Path) -> Iterator[Server]:
    """The server while at least one test process uses it."""
    key = source_key(repository)
    folder = data_folder() / "test"
    folder.mkdir(parents=True, exist_ok=True)
    if external := os.environ.get("MESPACE_TEST_DATABASE_URL"):
        yield _external(external, repository, folder, f"mespace_tpl_{key}")
        return
    with (folder / "users.lock").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        cluster = Cluster(folder / "pg", disposable=True)
        cluster.start(database="postgres")
        storage = cluster.storage
        server = Server(
            repository,
            folder,
            str(storage.socket_folder),
            "5432",
            (OWNER, storage.password(OWNER)),
            (APP, storage.password(APP)),
            f"mespace_tpl_{key}",
        )
        try:
            yield server
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # others still use it
            else:
                cluster.stop()


def _external(url: str, repository: Path, folder: Path, template: str) -> Server:
    parts = conninfo_to_dict(url)
    password = sha256(f"{url} tests".encode()).hexdigest()
    app = "mespace_test_app"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(730614401)")
        known = connection.execute("select 1 from pg_roles where rolname = %s", [app]).fetchone()
        verb = "alter" if known else "create"
        statement = sql.SQL("{} role {} login nosuperuser password {}")
        connection.execute(statement.format(sql.SQL(verb), sql.Identifier(app), sql.Literal(password)))
    owner = (str(parts.get("user") or ""), str(parts.get("password") or ""))
    host, port = str(parts.get("host") or "localhost"), str(parts.get("port") or 5432)
    return Server(repository, folder, host, port, owner, (app, password), template)


def source_key(repository: Path) -> str:
    """Names the template by all that its making depends on."""
    digest = sha256()
    for name, content in sources(repository).items():
        digest.update(f"{name}\0{content}\0".encode())
    return digest.hexdigest()[:12]


def sources(repository: Path) -> dict[str, str]:
    """Digest by name of every file that the making of the template depends on."""
    source = repository / "src" / "mespace"
    files = {
        *source.glob("*/migrations/**/*.py"),
        *source.glob("*/models.py"),
        *source.glob("*/models/**/*.py"),
        *source.glob("regulation/**/*.json"),
        source / "platform" / "db_roles.py",
        source / "cli" / "migrate.py",
        source / "settings" / "__init__.py",
        repository / "tests" / "infrastructure" / "migrated.py",
        repository / "requirements" / "runtime.lock",
    }
    return {
        str(path.relative_to(repository)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(files)
        if path.exists()
    }


def can_grow_into(made_of: dict[str, str], now: dict[str, str]) -> bool:
    """Whether a template of these sources lacks nothing but newer migrations; `migrate` looks at the rest each time."""
    looked_at_each_time = ("/models.py", "/models/", "/db_roles.py")
    changed = {name for name in made_of | now if made_of.get(name) != now.get(name)}
    return all(
        any(part in name for part in looked_at_each_time) or ("/migrations/" in name and name not in made_of)
        for name in changed
    )


def clone(server: Server, purpose: str) -> str:
    """The name of a new database, a copy of the migrated template."""
    name = f"mespace_{purpose}_{os.getpid()}_{secrets.token_hex(4)}"
    with (server.lock_folder / "template.lock").open("w") as lock, server.maintenance() as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _ensure_template(server, connection)
        statement = sql.SQL("create database {} template {} strategy file_copy")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(server.template)))
    return name


def drop(server: Server, name: str) -> None:
    """Remove a clone, whoever is still connected to it."""
    with server.maintenance() as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _ensure_template(server: Server, connection: psycopg.Connection) -> None:
    found = connection.execute(
        "select 1 from pg_database where datname = %s and datistemplate", [server.template]
    ).fetchone()
    if found:
        return
    made_of = sources(server.repository)
    base = _grown_from(connection, made_of)
    _tidy(server, connection, kept=base)
    identifier = sql.Identifier(server.template)
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(identifier))
    connection.execute(
        sql.SQL("create database {} template {} encoding 'UTF8' owner {}").format(
            identifier, sql.Identifier(base), sql.Identifier(server.owner[0])
        )
    )
    made = subprocess.run(
        [sys.executable, "-m", "tests.infrastructure.migrated"],
        cwd=server.repository,
        env=os.environ
        | {
            "DATABASE_URL": server.app_url(server.template),
            "MESPACE_OWNER_DATABASE_URL": server.owner_url(server.template),
            "DJANGO_SETTINGS_MODULE": "mespace.settings.test",
            "MESPACE_PROCESS": "owner",
            "PYTHONPATH": str(server.repository / "src"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        message = f"the migrations failed:\n{made.stderr[-4000:]}"
        raise RuntimeError(message)
    connection.execute(sql.SQL("comment on database {} is {}").format(identifier, sql.Literal(json.dumps(made_of))))
    connection.execute(sql.SQL("alter database {} is_template true").format(identifier))


def _grown_from(connection: psycopg.Connection, made_of: dict[str, str]) -> str:
    """The newest template that needs nothing but newer migrations, else PostgreSQL's empty one."""
    rows = connection.execute(
        "select datname, shobj_description(oid, 'pg_database') from pg_database"
        " where datistemplate and datname like 'mespace\\_tpl\\_%' order by oid desc"
    ).fetchall()
    for name, description in rows:
        if description and can_grow_into(json.loads(description), made_of):
            return str(name)
    return "template0"


def _tidy(server: Server, connection: psycopg.Connection, *, kept: str) -> None:
    """Drop old templates but `kept`, and clones whose processes are gone."""
    rows = connection.execute(
        "select datname, datistemplate from pg_database where datname like 'mespace\\_%' order by oid desc"
    ).fetchall()
    templates = [name for name, is_template in rows if is_template and name not in {server.template, kept}]
    for name in templates[TEMPLATES_KEPT:]:
        connection.execute(sql.SQL("alter database {} is_template false").format(sql.Identifier(name)))
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
    for name, _ in rows:
        _, purpose, process, *_rest = f"{name}__".split("_")
        if purpose in {"run", "own"} and process.isdigit() and not _alive(int(process)):
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
