"""How many SQL statements one request of each kind runs; prints one JSON line. Started by bench/run.py."""

import json
import os
import sys
from pathlib import Path
from urllib.parse import unquote

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mespace.settings")

import django

django.setup()

from client import Client as Browser
from client import Forms
from django.db import connection
from django.test import Client as InProcess
from run import ACCOUNTS, Acts

from mespace.accounts.models import User


class InProcessBrowser(Browser):
    """The same browser without a network."""

    def __init__(self, email: str) -> None:
        self.cookies = {}
        self.inner = InProcess(SERVER_NAME="127.0.0.1")
        self.inner.force_login(User.objects.get(email=email), backend="mespace.accounts.backend.Backend")

    def get(self, path: str, *, expect: int = 200) -> str:
        """A page's text."""
        answer = self.inner.get(unquote(path))
        assert answer.status_code == expect, (path, answer.status_code)
        return answer.content.decode()

    def post(self, path: str, fields: dict[str, str], *, expect: int = 303) -> str:
        """Send a form."""
        answer = self.inner.post(path, fields)
        assert answer.status_code == expect, (path, answer.status_code, Forms(answer.content.decode()).found)
        return answer.headers.get("Location", "")


def main() -> None:
    """Count."""
    acts = Acts(
        {name: InProcessBrowser(email) for name, email in ACCOUNTS.items()}, os.environ["MESPACE_OWNER_DATABASE_URL"]
    )
    show = sys.argv[1:]
    counted: dict[str, int] = {}
    for name, act in acts.every():
        if name == "durable INSERT":
            continue
        act()
        act()
        seen: list[str] = []

        def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            seen.append(sql)  # noqa: B023 - used at once
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            act()
        counted[name] = len(seen)
        if name in show or "all" in show:
            print(name, *(f"   {one[:250]}" for one in seen), sep="\n", file=sys.stderr)
    print(json.dumps(counted, ensure_ascii=False))


if __name__ == "__main__":
    main()
