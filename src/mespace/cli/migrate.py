"""`mespace migrate`: bring the database to this version, as the role that owns the tables."""

import argparse
import os
from collections.abc import Sequence

from mespace.cli.starting import said_plainly, set_up
from mespace.platform.environment import Environment

LOCK = 7_306_144  # two hosts that are upgraded at once take turns


@said_plainly
def main(arguments: Sequence[str] = ()) -> int:
    """Exit code; the application's role gets its rights on what was made, and static files are gathered."""
    parser = argparse.ArgumentParser(prog="mespace migrate", description=__doc__)
    parser.add_argument("--quiet", action="store_true", help="print nothing when all goes well")
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 if something is to be done")
    parser.add_argument("--no-static", action="store_true", help="leave the static files alone")
    options = parser.parse_args(arguments)
    os.environ["MESPACE_PROCESS"] = "owner"
    set_up()

    from django.core.management import call_command
    from django.db import connection
    from psycopg.conninfo import conninfo_to_dict

    from mespace.cli import static
    from mespace.platform import db_roles

    if options.check:
        return 1 if pending() else 0
    with connection.cursor() as cursor:
        cursor.execute("set lock_timeout = 0; select pg_advisory_lock(%s)", [LOCK])
        cursor.execute("set lock_timeout = '15s'")
    names = pending()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    app = str(conninfo_to_dict(Environment.read().database_url).get("user") or connection.settings_dict["USER"])
    db_roles.grant(app)
    adopt()
    if not options.no_static:
        static.collect()
    if not options.quiet:
        print(f"{len(names)} migrations applied." if names else "The database is up to date.")
    return 0


def adopt() -> None:
    """Adopt what this version ships of calendars and editions; running clocks follow a newer calendar.

    Years that no shipped calendar covers yet are added as provisional ones.
    """
    from django.db import transaction

    from mespace.platform import clock
    from mespace.platform.jobs import Job, defer
    from mespace.regulation.data.shipped import calendar_codes
    from mespace.regulation.operations.adopt_shipped import adopt_shipped
    from mespace.regulation.operations.extend_calendar import extend_calendar

    with transaction.atomic():
        adopted = adopt_shipped(now=clock.now())
        for code in calendar_codes():
            if code in adopted:
                defer(Job.REPIN_TICKETS, calendar=code)
        extend_calendar(now=clock.now())


def pending() -> list[str]:
    """Names of migrations that are not applied yet."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
