"""What every command does first and last: settings and Django in, a plain sentence out."""

import functools
import os
import sys
from collections.abc import Callable, Sequence

from mespace.cli.plain import Stop
from mespace.platform.environment import SettingRefused
from mespace.platform.postgres.errors import ClusterError

Main = Callable[[Sequence[str]], int]
__all__ = ["Main", "Stop", "of_the_database", "said_plainly", "set_up"]


def set_up() -> None:
    """Django with the settings of this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mespace.settings")
    import django

    django.setup()


def said_plainly(main: Main) -> Main:
    """`main`, whose expected failures end in one sentence on standard error and exit code 1."""

    @functools.wraps(main)
    def wrapped(arguments: Sequence[str] = ()) -> int:
        try:
            return main(arguments)
        except (SettingRefused, ClusterError, Stop) as exc:
            print(exc, file=sys.stderr)
        except KeyboardInterrupt:
            return 130
        except BrokenPipeError:
            return 0
        except Exception as exc:
            sentence = of_the_database(exc)
            if sentence is None:
                raise
            print(sentence, file=sys.stderr)
        return 1

    return wrapped


def of_the_database(exc: BaseException) -> str | None:
    """A sentence for an error of the database, or None for another kind of error."""
    from django.db import Error as DjangoError
    from django.db import OperationalError, ProgrammingError
    from psycopg import Error as PsycopgError

    if not isinstance(exc, DjangoError | PsycopgError):
        return None
    first = next((line.strip() for line in str(exc).splitlines() if line.strip()), type(exc).__name__)
    if isinstance(exc, OperationalError):
        return f"The database does not answer or refuses: {first}"
    if isinstance(exc, ProgrammingError) and "does not exist" in first:
        return f"The database lacks something ({first}): run `mespace migrate`."
    return None
