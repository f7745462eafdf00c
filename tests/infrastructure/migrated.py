"""`python -m tests.infrastructure.migrated`: migrate the tests' template as if it were installed at one fixed instant.

What the migrations adopt bears that instant, so no test depends on the day on which it runs.
"""

from datetime import UTC, datetime

from mespace.cli import migrate
from mespace.cli.starting import set_up
from mespace.platform import clock

INSTALLED_AT = datetime(2026, 10, 1, tzinfo=UTC)


def main() -> int:
    """The exit code of `mespace migrate`."""
    set_up()
    with clock.stepped(INSTALLED_AT):
        return migrate.main(["--quiet", "--no-static"])


if __name__ == "__main__":
    raise SystemExit(main())
