"""What `mespace up` does before it serves, in one child process: migrate, and look whether anybody has an account."""

import json
from collections.abc import Sequence

from mespace.cli import migrate
from mespace.cli.starting import said_plainly


@said_plainly
def main(_: Sequence[str] = ()) -> int:
    """Prints one JSON line, `{"empty": …}`: whether nobody has an account yet."""
    if code := migrate.main(["--quiet"]):
        return code
    from mespace.accounts.models import User

    print(json.dumps({"empty": not User.objects.exists()}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main([]))
