"""Role × address × method → status: the whole table, and no address outside it."""

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import Client

from mespace.platform.clock import stepped
from mespace.web.acts.table import ACTS
from tests.access.world import NOW, PEOPLE, World, url_names
from tests.cast import Cast

TABLE = Path(__file__).with_name("table.txt")
PUBLIC = {
    "account_inactive",
    "account_login",
    "account_logout",
    "account_password_link",
    "account_reset_password",
    "account_reset_password_done",
    "kb:home",
    "kb:space",
    "kb:article",
    "kb:print",
    "kb:revisions",
    "kb:revision",
    "kb:compare",
    "kb:feedback",
    "kb:file",
    "kb:search",
    "mail_off",
    "organisation_back",
    "organisation_begin",
    "organisation_begin_invited",
    "own_calendar",
    "regulation:clause",
    "regulation:compared",
    "regulation:edition",
    "regulation:home",
    "regulation:interpretations",
    "regulation:states",
    "set_language",
    "status:atom",
    "status:calendar",
    "status:json",
    "status:page",
    "status:page_en",
    "status:page_ru",
    "status:rounds",
    "status:style",
    "verifier",
    "worktime",
}


OK = 200
POSTED = re.compile(rb'<form\b[^>]*method="post".*?</form>', re.DOTALL)
KEY = re.compile(rb'name="(form_key|key)" value="[^"]')


def without_key(page: bytes) -> list[bytes]:
    """The beginnings of the page's forms that write and could be done twice."""
    return [form[:100] for form in POSTED.findall(page) if not KEY.search(form)]


class Line(NamedTuple):
    """One line of the table."""

    number: int
    method: str
    name: str
    arguments: list[str]
    statuses: dict[str, int]

    def __str__(self) -> str:
        return f"line {self.number}: {self.method} {self.name} {' '.join(self.arguments)}"


def lines() -> list[Line]:
    rows = []
    columns: list[str] = []
    for number, text in enumerate(TABLE.read_text("utf-8").splitlines(), 1):
        left, bar, right = text.partition("|")
        if not bar or text.startswith("#"):
            continue
        if not columns:
            columns = right.split()
            continue
        method, name, *arguments = left.split()
        statuses = [int(each) for each in right.split()]
        rows.append(Line(number, method, name, arguments, dict(zip(columns, statuses, strict=True))))
    return rows


def test_every_address_is_in_the_table_and_nothing_else() -> None:
    assert {line.name for line in lines()} == url_names()


def test_no_address_is_there_twice() -> None:
    asked = [(line.method, line.name, *line.arguments) for line in lines()]
    assert sorted(each for each in set(asked) if asked.count(each) > 1) == []


def test_every_act_is_in_the_table() -> None:
    assert {line.arguments[-1] for line in lines() if line.name == "ticket_act"} == {*ACTS, "no-such-act"}


def test_everybody_has_a_column() -> None:
    assert all(list(line.statuses) == list(PEOPLE) for line in lines())


def test_nobody_enters_unsigned_but_where_it_says_so() -> None:
    inside = [line for line in lines() if line.name not in PUBLIC and not line.name.startswith(("mfa_", "styleguide"))]
    assert [str(line) for line in inside if line.statuses["anon"] != 302] == []


def test_another_customer_s_anything_does_not_exist() -> None:
    tickets = {"open", "work", "asked", "closed", "duplicate", "message", "note"}
    named = tickets | {"file", "secret_file", "unsent_of_user", "person", "customer", "site", "contract"}
    ours = [line for line in lines() if named & set(line.arguments)]
    assert len(ours) > 50
    # People's own pages judge the right before they look for the row, so 403 is said of what does not exist, too.
    wrong = [
        str(line)
        for line in ours
        if line.statuses["other"] != (403 if line.name.startswith(("people_", "colleague_")) else 404)
    ]
    assert wrong == []


def test_an_internal_note_and_its_file_do_not_exist_for_any_customer() -> None:
    hidden = [line for line in lines() if {"note", "secret_file"} & set(line.arguments)]
    assert hidden
    assert {line.statuses[who] for line in hidden for who in ("user", "far", "resp", "other")} == {404}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["user", "agent", "aud"])
def test_a_method_that_is_not_listed_is_refused(cast: Cast, who: str, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path
    world = World(cast)
    client = Client()
    client.force_login(world.users[PEOPLE[who] or ""])
    listed = {(line.method, line.name) for line in lines()}
    wrong = []
    with stepped(NOW):
        for name, arguments in {line.name: line.arguments for line in lines()}.items():
            for method in ("GET", "POST", "PUT", "DELETE"):
                # allauth's own pages and a redirect take any method, and PUT and DELETE mean nothing to them
                if (method, name) not in listed and not _takes_anything(name):
                    status = client.generic(method, world.address(name, arguments)).status_code
                    if status not in {403, 404, 405}:
                        wrong.append(f"{method} {name}: {status}")
    assert wrong == []


def _takes_anything(name: str) -> bool:
    return name.startswith(("mfa_", "account_", "usersessions"))


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_who_gets_what(cast: Cast, who: str, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path
    world = World(cast)
    client = Client(raise_request_exception=False)
    name = PEOPLE[who]
    if name is not None:
        client.force_login(world.users[name])
    cookies = dict(client.cookies)
    wrong = []
    with stepped(NOW):
        for line in lines():
            address = world.address(line.name, line.arguments)
            with transaction.atomic():
                if line.method == "POST":
                    status = client.post(address, world.form(line.name, line.arguments)).status_code
                else:
                    answer = client.get(address)
                    status = answer.status_code
                    if who != "anon" and status == OK and not answer.streaming:
                        wrong += [f"{line}: a form without a key: {form}" for form in without_key(answer.content)]
                transaction.set_rollback(True)
            client.cookies.clear()
            client.cookies.update(cookies)
            if status != line.statuses[who]:
                wrong.append(f"{line} {address}: {status}, and the table says {line.statuses[who]}")
    assert not wrong, "\n".join(wrong)
