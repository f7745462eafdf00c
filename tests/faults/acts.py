"""What people do while processes die: file tickets with a file, and write messages; each exactly once, by its key."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import psycopg

from tests.faults.browser import Browser
from tests.faults.installation import Installation

SEED = """
import django, json
django.setup()
from tests.cast import PASSWORD, make_cast
cast = make_cast()
print(json.dumps({"site": cast.site.pk, "product": cast.product.pk, "password": PASSWORD}))
"""


@dataclass
class Factory:
    """The cast of the tests inside an installation."""

    running: Installation
    site: int = 0
    product: int = 0
    password: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    people: Iterator[str] = field(default_factory=lambda: cycle(["engineer", "colleague", "responsible"]))

    def seed(self) -> None:
        """Make people, contract and product."""
        self.running.run("-m", "mespace.cli.migrate", "--quiet")
        facts = json.loads(
            self.running.run(
                "-c", f"import os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mespace.settings'){SEED}"
            )
        )
        self.site, self.product, self.password = facts["site"], facts["product"], facts["password"]

    def sign_in(self) -> Browser:
        """One of the factory's people, in turn."""
        browser = Browser(self.running.url)
        browser.sign_in(f"{next(self.people)}@example.org", self.password)
        return browser

    def file_and_write(self, browser: Browser, name: str) -> bool:
        """A ticket with a file, then a message on it; a lost answer is repeated with the same key."""
        if name not in self.keys:
            fields = {
                "key": f"filing-{name}",
                "type": "bug",
                "subject": f"Ticket {name}",
                "description": f"Description of {name}",
                "product": str(self.product),
                "site": str(self.site),
                "build": "",
                "spot": "",
            }
            status, target = browser.post_with_file(
                "/tickets/new/", fields, "attachments", f"{name}.txt", content(name)
            )
            assert status == 303, f"filing {name}: {status} {target[:3000]}"
            self.keys[name] = target.strip("/").split("/")[-1]
        status, target = browser.post(
            f"/t/{self.keys[name]}/act/comment/", {"key": f"message-{name}", "body": f"Message of {name}"}
        )
        assert status == 303, f"message of {name}: {status} {target[:3000]}"
        return True


def content(name: str) -> bytes:
    """The bytes of the file that goes with a ticket."""
    return f"File of {name}\n".encode() * 200


@dataclass
class Found:
    """What the database and the file store hold in the end."""

    tickets: dict[str, list[str]]
    messages: dict[str, int]
    files: dict[str, int]
    numbers: list[int]

    @classmethod
    def of(cls, running: Installation) -> "Found":
        """Counted from the rows and from the disk."""
        with psycopg.connect(running.database_url) as connection:
            tickets: dict[str, list[str]] = {}
            numbers = []
            for subject, number in connection.execute("select subject, number from tickets_ticket order by number"):
                tickets.setdefault(subject.removeprefix("Ticket "), []).append(str(number))
                numbers.append(number)
            messages: dict[str, int] = {}
            for (body,) in connection.execute("select body from tickets_message where body like 'Message of %'"):
                messages[body.removeprefix("Message of ")] = messages.get(body.removeprefix("Message of "), 0) + 1
            files: dict[str, int] = {}
            rows = connection.execute("select name, blob from tickets_attachment where message_id is not null")
            for name, blob in rows:
                stem = Path(name).stem
                if (running.folder / "files" / blob[:2] / blob[2:4] / blob).read_bytes() == content(stem):
                    files[stem] = files.get(stem, 0) + 1
        return cls(tickets, messages, files, numbers)
