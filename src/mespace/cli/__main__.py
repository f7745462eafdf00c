"""`python -m mespace.cli COMMAND …`: one door to every command, each of which is imported only when it is called."""

import importlib
import sys

# Commands that work on the data: without DATABASE_URL they use the embedded PostgreSQL.
WITH_DATABASE = ("admin", "demo", "doctor", "migrate", "verify")
WITHOUT_DATABASE = ("probe", "status-page", "stop", "up", "web", "worker", "worktime")


def main(arguments: list[str]) -> int:
    """Exit code of the command named first in `arguments`."""
    name, *rest = arguments or [""]
    if name not in WITH_DATABASE + WITHOUT_DATABASE:
        print(f'There is no command "{name}": ./mespace --help lists them.', file=sys.stderr)
        return 2
    if name in WITH_DATABASE and not {"-h", "--help"} & set(rest):
        from mespace.cli.embedded import with_embedded_database

        return with_embedded_database(lambda: run(name, rest))
    return run(name, rest)


def run(name: str, arguments: list[str]) -> int:
    """Import the command's module and call its `main`."""
    command = importlib.import_module(f"mespace.cli.{name.replace('-', '_')}")
    return int(command.main(arguments) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
