"""`mespace admin create`: make an administrator at the terminal, or from MESPACE_ADMIN_NAME, _EMAIL and _PASSWORD."""

import argparse
import getpass
import os
import sys
from collections.abc import Sequence

from mespace.cli.starting import Stop, said_plainly, set_up


@said_plainly
def main(arguments: Sequence[str] = ()) -> int:
    """Exit code; asks again for what is not acceptable while there is a terminal."""
    parser = argparse.ArgumentParser(prog="mespace admin", description=__doc__)
    parser.add_argument("verb", choices=["create"])
    parser.add_argument("--first", action="store_true", help="do nothing, with a hint, where nobody can be asked")
    options = parser.parse_args(arguments)
    set_up()

    from django.core.exceptions import ValidationError
    from django.utils.translation import override

    from mespace.accounts.errors import AdministratorExists
    from mespace.accounts.operations.create_first_administrator import create_first_administrator
    from mespace.platform import clock

    given = {name: os.environ.get(f"MESPACE_ADMIN_{name}", "") for name in ("NAME", "EMAIL", "PASSWORD")}
    asks = not all(given.values())
    if asks and not sys.stdin.isatty():
        hint = "Nobody can be asked: set MESPACE_ADMIN_NAME, MESPACE_ADMIN_EMAIL and MESPACE_ADMIN_PASSWORD"
        if options.first:
            print(f"      {hint} and run `mespace admin create`; until then nobody can sign in.", file=sys.stderr)
            return 0
        raise Stop(f"{hint}.")
    while True:
        name, email, password = _asked() if asks else (given["NAME"], given["EMAIL"], given["PASSWORD"])
        try:
            with override("en"):
                create_first_administrator(email=email, full_name=name, password=password, now=clock.now())
        except AdministratorExists:
            raise Stop("There is an administrator already: they make the others, under People.") from None
        except ValidationError as exc:
            problems = "\n".join(f"  {text}" for text in exc.messages)
            if not asks:
                raise Stop(f"The administrator could not be made:\n{problems}") from None
            print(problems, file=sys.stderr)
            continue
        print(f"{email} may sign in now, as administrator and manager.")
        return 0


def _asked() -> tuple[str, str, str]:
    name, email = input("Full name: "), input("E-mail: ")
    while True:
        password = getpass.getpass("Password (a long one): ")
        if password == getpass.getpass("The same password again: "):
            return name, email, password
        print("  They differ.", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
