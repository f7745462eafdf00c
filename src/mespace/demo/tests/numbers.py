"""Every number of the reports and overviews opens a list of exactly so many rows."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.test import Client
from django.urls import reverse

from mespace.accounts.models import User
from mespace.customers.models import SupportContract

# Whose addresses name what was counted.
_LISTS = ("reports:requests", "ledger:list", "manage:contracts")
_NEXT = re.compile(r'rel="next" href="([^"]*)"')


class _Numbers(HTMLParser):
    """Links whose text, or whose `stat-value`, is a whole number; and the rows of tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []
        self.rows = 0
        self.href = ""
        self.text: list[str] = []
        self.depth = 0
        self.in_value = self.in_body = False
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "a":
            self.href, self.text = given.get("href", ""), []
            self.in_value = "stat-link" not in given.get("class", "").split()
        elif "stat-value" in given.get("class", "").split():
            self.in_value = True
        elif tag == "tbody":
            self.in_body = True
        elif tag == "tr" and self.in_body:
            self.rows += 1

    def handle_data(self, data: str) -> None:
        if self.href and self.in_value:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.href:
            words = "".join(self.text).strip()
            if words.isdecimal():
                self.found.append((self.href, int(words)))
            self.href = ""
        elif tag == "span" and self.href and self.in_value and self.text:
            self.in_value = False
        elif tag == "tbody":
            self.in_body = False


def numbers_that_differ() -> tuple[int, list[str]]:
    """How many numbers a director, a manager and responsible employees were shown, and those that open other lists."""
    lists = {reverse(name) for name in _LISTS}
    looked, wrong = 0, []
    for who, addresses in _readers():
        client = Client()
        client.force_login(who)
        known: dict[str, int] = {}
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            for href, count in _Numbers(answer.content.decode()).found:
                target = urljoin(address, href).partition("#")[0]
                if target.partition("?")[0] not in lists:
                    continue
                if target not in known:
                    known[target] = _rows(client, target)
                looked += 1
                if known[target] != count:
                    wrong.append(f"{who.roles[0]}: {address} says {count}, {target} has {known[target]}")
    return looked, wrong


def _readers() -> Iterator[tuple[User, list[str]]]:
    overviews = [reverse(name) for name in ("oversight:director", "oversight:today", "reports:reaction", "ledger:list")]
    contracts = [reverse("manage:contract", args=[pk]) for pk in SupportContract.objects.values_list("pk", flat=True)]
    for role in ("director", "manager"):
        user = User.objects.filter(roles__contains=[role], is_active=True).order_by("pk").first()
        assert user is not None
        yield user, [*overviews, *contracts]
    for user in User.objects.filter(
        roles__contains=["responsible"], membership__customer__contracts__isnull=False
    ).distinct()[:2]:
        own = SupportContract.objects.filter(customer__memberships__user=user).values_list("pk", flat=True)
        yield (
            user,
            [reverse("reports:reaction"), reverse("ledger:list"), *(reverse("contract", args=[pk]) for pk in own)],
        )


def _rows(client: Client, address: str) -> int:
    """The rows of a list, on all of its pages."""
    rows, target = 0, address
    while target:
        answer: Any = client.get(target)
        assert answer.status_code == 200, target
        text = answer.content.decode()
        rows += _Numbers(text).rows
        following = _NEXT.search(text)
        target = urljoin(target, unescape(following[1])) if following else ""
    return rows
