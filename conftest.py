"""The tests' database and server: a real PostgreSQL, entered as the application's own role.

The embedded test cluster lives in `var/test`, is shared by parallel runs and stops with the last of them.
MESPACE_TEST_DATABASE_URL names another server instead, by a role that may create roles and databases.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.infrastructure.database import Server, clone, drop, embedded_or_external
from tests.infrastructure.http import serving

REPOSITORY = Path(__file__).resolve().parent
# Playwright's sync interface runs a loop in the tests' thread; Django would take its own blocking calls for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also the long tests")
    parser.addoption("--shots", metavar="FOLDER", help="where test_every_page leaves a picture of each page")
    parser.addoption("--faults", action="store_true", help="fifty kills instead of three")


def pytest_configure(config: pytest.Config) -> None:
    from hypothesis import HealthCheck, settings

    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    settings.register_profile("ordinary", max_examples=50, deadline=None, suppress_health_check=slow)
    settings.register_profile("long", max_examples=1500, deadline=None, suppress_health_check=slow)
    settings.load_profile("long" if config.getoption("--long") else "ordinary")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="long: runs with ./mespace test --full"))
        mark = item.get_closest_marker("django_db")
        if mark and mark.kwargs.get("transaction"):
            message = f"{item.nodeid}: use the own_database fixture; the application's role may not TRUNCATE"
            raise pytest.UsageError(message)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Failures name files of the environment and of Python by what they are, not by where this machine keeps them."""
    report: Any = yield
    for traceback, *_ in getattr(report.longrepr, "chain", []):
        for entry in traceback.reprentries:
            place = getattr(entry, "reprfileloc", None)
            if place is not None:
                place.path = place.path.replace(sys.prefix, "<environment>").replace(sys.base_prefix, "<python>")
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Counts that tests recorded as the property `count` (they would be lost in parallel processes otherwise)."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    counts = [value for report in reports for name, value in getattr(report, "user_properties", []) if name == "count"]
    for line in dict.fromkeys(counts):
        terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def _an_ordinary_day() -> Iterator[None]:
    """Every test lives at noon of the cast's Wednesday unless it steps the clock itself: no result depends on today.

    Processes that a test starts read the machine's clock, as an installation does.
    """
    from mespace.platform.clock import stepped
    from tests.cast import WEDNESDAY

    with stepped(WEDNESDAY + timedelta(hours=3)):
        yield


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server]:
    """The PostgreSQL under test, running."""
    with embedded_or_external(REPOSITORY) as server:
        yield server


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, database_server: Server) -> Iterator[None]:
    """One clone of the migrated template for this process; tests roll back what they do in it."""
    name = clone(database_server, "run")
    with django_db_blocker.unblock():
        point_to(database_server, name)
    yield
    with django_db_blocker.unblock():
        close_connections()
    drop(database_server, name)


def point_to(server: Server, name: str) -> None:
    """Make Django's connections of all threads, and child processes, use the database `name`."""
    from django.db import connections

    close_connections()
    connections["default"].settings_dict.update(server.django_settings(name))
    os.environ["DATABASE_URL"] = server.app_url(name)
    os.environ["MESPACE_OWNER_DATABASE_URL"] = server.owner_url(name)


def close_connections() -> None:
    from django.db import connections

    connections.close_all()


@dataclass(frozen=True)
class OwnDatabase:
    """A database for one test; what it commits is gone afterwards."""

    name: str
    app_url: str
    owner_url: str


@contextmanager
def database_of_its_own(server: Server) -> Iterator[OwnDatabase]:
    from django.db import connections

    before = dict(connections["default"].settings_dict)
    environment = {key: os.environ.get(key) for key in ("DATABASE_URL", "MESPACE_OWNER_DATABASE_URL")}
    name = clone(server, "own")
    point_to(server, name)
    try:
        yield OwnDatabase(name, server.app_url(name), server.owner_url(name))
    finally:
        close_connections()
        connections["default"].settings_dict.update(before)
        os.environ.update({key: value for key, value in environment.items() if value is not None})
        drop(server, name)


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any, database_server: Server) -> Iterator[OwnDatabase]:
    """A fresh database where transactions really commit: for threads, child processes and live servers.

    Not together with the `db` fixture or the `django_db` mark.
    """
    with django_db_blocker.unblock(), database_of_its_own(database_server) as own:
        yield own


@pytest.fixture
def http_site(own_database: OwnDatabase, settings: Any) -> Iterator[Any]:
    """The whole site over real HTTP on `own_database`, served by threads of this process; `.url` is its address."""
    with serving() as served:
        settings.BASE_URL = served.url
        settings.CSRF_TRUSTED_ORIGINS = [served.url]
        yield served


@pytest.fixture
def mespace_command() -> Any:
    """Runs `python -m mespace.cli.NAME ARGS…` as a child; returns the finished process."""

    def run(name: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", f"mespace.cli.{name}", *arguments],
            env=os.environ
            | {"PYTHONPATH": str(REPOSITORY / "src"), "DJANGO_SETTINGS_MODULE": "mespace.settings"}
            | environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return run


@pytest.fixture
def cast(db: None) -> Any:
    """The fixed cast of people, their customer, product and contract (rolled back with the test)."""
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all browser tests of this process."""
    from tests.infrastructure.chromium import opened

    with opened() as found:
        yield found
