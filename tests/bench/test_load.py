"""What the benchmark loads is a database like any other: nothing in it differs from its log, and it is found."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.db import connection

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.tickets.models import Message, Ticket
from mespace.tickets.queries.lists import search
from mespace.tickets.queries.verification import Difference, differences

LOAD = Path(__file__).resolve().parents[2] / "bench" / "load.py"


def test_loaded_tickets_keep_every_invariant(own_database: Any) -> None:
    done = subprocess.run(
        [sys.executable, str(LOAD), "300"],
        env=os.environ | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert Ticket.objects.count() == 300
    assert [found for found in differences() if isinstance(found, Difference)] == []
    assert not _dangling()
    agent = User.objects.get(email="agent-0@bench.example")
    found = search(actor=Actor.of(user_id=agent.pk, roles=[Role.AGENT]), text="гомогенизаторы")
    assert len(found.rows) == 3, "one in a hundred, in any form of the word"
    _takes_new_rows(agent)


def _dangling() -> list[str]:
    """References to rows that are not there: they are not checked while loading."""
    broken = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, b.attname FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
            " JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]"
            " WHERE c.contype = 'f' AND c.conrelid::regclass::text ~ '^(tickets|ledger)_'"
        )
        for table, column, other, key in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t.{column} IS NOT NULL"
                f" AND NOT EXISTS (SELECT 1 FROM {other} o WHERE o.{key} = t.{column})"
            )
            if cursor.fetchone() != (0,):
                broken.append(f"{table}.{column}")
    return broken


def _takes_new_rows(agent: User) -> None:
    """Sequences and triggers are as they were: the next act finds its numbers, and the log stays closed."""
    from mespace.platform import clock
    from mespace.tickets.operations.comment import Remark, comment

    ticket = Ticket.objects.filter(status="analysis").latest("pk")
    actor = Actor.of(user_id=agent.pk, roles=[Role.AGENT])
    comment(ticket_id=ticket.pk, actor=actor, now=clock.now(), remark=Remark("Проверка."))
    assert Message.objects.latest("pk").body == "Проверка."
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O' AND NOT tgisinternal")
        assert cursor.fetchone() == (0,)
