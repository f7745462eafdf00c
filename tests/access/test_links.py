"""Whatever a page offers to a role works for that role: links lead somewhere, and forms reach what they are for."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from mespace.platform.clock import stepped
from tests.access.offered import offered_by
from tests.access.world import NOW, PEOPLE, World
from tests.cast import Cast

NOT_FOLLOWED = ("/static/", "/styleguide/")
# What must never be called by this walk: it ends the session of the one who walks.
NOT_SENT = {"account_logout"}
# Sent as it is drawn, a form may be refused for what is not filled in yet, never for who sends it or where it goes.
FINE = {200, 204, 302, 303, 304, 413, 422}
LONG_LOOKS = 4  # of each kind of address in the long walk; otherwise one


class Walk:
    """One person who opens whatever is offered to them, a few of each kind, and sends each form as it is drawn."""

    def __init__(self, client: Client, *, looks: int) -> None:
        self.client, self.looks = client, looks
        self.cookies = dict(client.cookies)
        self.waiting: list[tuple[str, str]] = [("/", "the beginning")]
        self.kinds: Counter[str] = Counter()
        self.seen: set[str] = set()
        self.wrong: list[str] = []
        self.pages: list[tuple[str, str]] = []

    def go(self) -> None:
        """Until nothing new is offered."""
        while self.waiting:
            address, offered_by = self.waiting.pop(0)
            answer = self._ask("get", address)
            if answer.status_code >= 400:
                self.wrong.append(f"{offered_by} links to {address}: {answer.status_code}")
            elif answer.status_code in {301, 302, 303}:
                self._note(answer["Location"], address)
            elif not answer.streaming and answer["Content-Type"].startswith("text/html"):
                self._read(address, answer.content.decode())

    def _read(self, address: str, text: str) -> None:
        self.pages.append((address, text))
        found = offered_by(text)
        for link in found.links:
            self._note(urljoin(address, link), address)
        for form in found.forms:
            target = urljoin(address, form.action)
            if form.method == "get":
                self._note(urlsplit(target).path, address)
            elif form.method == "post" and self._is_new("POST", target):
                self._send(target, form.values, address)

    def _send(self, target: str, values: dict[str, Any], address: str) -> None:
        status = self._ask("post", target, values).status_code
        if status not in FINE:
            self.wrong.append(f"{address} offers a form to {target}: {status}")

    def _note(self, address: str, offered_by: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"", "http", "https"} or parts.netloc not in {"", "testserver"}:
            return
        plain = parts.path + (f"?{parts.query}" if parts.query else "")
        if not plain.startswith(NOT_FOLLOWED) and plain not in self.seen and self._is_new("GET", plain):
            self.seen.add(plain)
            self.waiting.append((plain, offered_by))

    def _is_new(self, method: str, address: str) -> bool:
        """Whether few of this kind were looked at so far: the same view, asked by the same names."""
        parts = urlsplit(address)
        try:
            found = resolve(parts.path)
        except Resolver404:
            return True  # it will be asked, and complained of
        if found.view_name in NOT_SENT:
            return False
        last = found.kwargs.get("name", "")  # of an act
        asked = sorted((name, value if name in {"do", "shown"} else "") for name, value in parse_qsl(parts.query))
        kind = f"{method} {found.view_name} {last} {asked}"
        self.kinds[kind] += 1
        return self.kinds[kind] <= self.looks

    def _ask(self, method: str, address: str, values: dict[str, Any] | None = None) -> Any:
        with transaction.atomic():
            answer = self.client.post(address, values or {}) if method == "post" else self.client.get(address)
            transaction.set_rollback(True)
        self.client.cookies.clear()
        self.client.cookies.update(self.cookies)
        return answer


@pytest.fixture
def world(cast: Cast, settings: Any, tmp_path: Path) -> Iterator[World]:
    settings.FILES = tmp_path
    with stepped(NOW):
        yield World(cast)


def walk(world: World, who: str, *, looks: int = 1) -> Walk:
    client = Client(raise_request_exception=False)
    name = PEOPLE[who]
    if name is not None:
        client.force_login(world.users[name])
    found = Walk(client, looks=looks)
    found.go()
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["contr", "aud"])
def test_nothing_that_is_offered_is_dead(world: World, who: str) -> None:
    found = walk(world, who)
    assert len(found.pages) > 15
    assert not found.wrong, "\n".join(found.wrong)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_that_is_offered_to_anybody_is_dead(world: World, who: str) -> None:
    found = walk(world, who, looks=LONG_LOOKS)
    assert not found.wrong, "\n".join(found.wrong)


@pytest.mark.django_db
def test_a_contractor_without_requests_reads_of_none(world: World) -> None:
    found = walk(world, "idle")
    keys = {ticket.key for ticket in world.tickets.values()} | {str(world.names["theirs"])}
    shown = [(address, key) for address, text in found.pages for key in keys if re.search(rf"{key}\b", text)]
    assert not found.wrong, "\n".join(found.wrong)
    assert shown == []


@pytest.mark.django_db
def test_a_stranger_reads_nothing_of_another_customer(world: World) -> None:
    found = walk(world, "other")
    secret = {ticket.key for ticket in world.tickets.values()} | {world.cast.factory.name, "Внутри"}
    shown = [(address, words) for address, text in found.pages for words in secret if words in text]
    assert not found.wrong, "\n".join(found.wrong)
    assert shown == []
