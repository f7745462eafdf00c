"""Hostile and clumsy values in every form that a manager has: no error page, and nothing that was typed is lost."""

from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import Client

from mespace.platform.clock import stepped
from tests.access.offered import OfferedForm, offered_by
from tests.access.test_access import OK, Line, lines
from tests.access.world import NOW, World
from tests.cast import Cast

ROOMS = ("manage:", "duty:", "calendars:", "maintenance:", "outages:", "regulation:")
REFUSED = 422
FINE = {200, 302, 303, REFUSED}
VALUES = {
    "null, emoji and quotes": "До\x00после 👩🏽‍🏭 \"'><script>alert(1)</script> {{ 7 }} %s \\",
    "long": "Ж" * 10_000,
    "backwards": "\u202eкод\u202c\u200b",
    "spaces": " \t \n ",
    "a number beyond all": "9" * 40,
    "a date that is none": "2026-02-30",
    "a build that is none": "4..12",
}
ORDINARY = ("null, emoji and quotes", "long")


def pages() -> list[Line]:
    return [
        line for line in lines() if line.method == "GET" and line.name.startswith(ROOMS) and line.statuses["mgr"] == OK
    ]


def plain(text: str) -> str:
    """The text without what no page can show."""
    return text.replace("\x00", "").replace("\ufffd", "").strip()


class Clumsy:
    """A manager who types the same into every field."""

    def __init__(self, world: World) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(world.users["manager"])
        self.wrong: list[str] = []
        self.sent = 0

    def page(self, address: str, values: tuple[str, ...]) -> None:
        """Fill in each form of the page, all fields at once, with each of the values."""
        answer = self.client.get(address)
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            return
        for form in offered_by(answer.content.decode()).forms:
            if form.method == "post" and form.typed:
                for name in values:
                    self._send(address, form, name)

    def _send(self, address: str, form: OfferedForm, name: str) -> None:
        value, target = VALUES[name], urljoin(address, form.action)
        with transaction.atomic():
            answer = self.client.post(target, form.values | {key: [value] for key in form.typed})
            transaction.set_rollback(True)
        self.sent += 1
        if answer.status_code not in FINE:
            self.wrong.append(f"{target}: {name}: {answer.status_code}")
        elif answer.status_code == REFUSED:
            self._kept(target, form, name, answer.content.decode())

    def _kept(self, target: str, form: OfferedForm, name: str, text: str) -> None:
        """The refused form stands there again, with what was typed and with what is wrong beside a field."""
        again = [each for each in offered_by(text).forms if set(form.typed) <= set(each.typed)]
        if not again:
            self.wrong.append(f"{target}: {name}: the form is not there again")
            return
        typed = plain(VALUES[name])
        if not any(typed in plain(text) for each in again for texts in each.values.values() for text in texts):
            self.wrong.append(f"{target}: {name}: what was typed is lost")
        if "aria-invalid" not in text and 'data-invalid="true"' not in text and 'role="alert"' not in text:
            self.wrong.append(f"{target}: {name}: nothing says what is wrong")


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["ordinary", pytest.param("all", marks=pytest.mark.long)])
def test_no_value_breaks_a_form_or_loses_what_was_typed(cast: Cast, how: str, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path
    with stepped(NOW):
        world = World(cast)
        manager = Clumsy(world)
        for line in pages():
            manager.page(world.address(line.name, line.arguments), ORDINARY if how == "ordinary" else tuple(VALUES))
    assert manager.sent > 70  # two values in each form
    assert not manager.wrong, "\n".join(manager.wrong)
