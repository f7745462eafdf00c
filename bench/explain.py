"""What the large questions cost the database: python bench/explain.py [--plans].

DATABASE_URL names a database that load.py and obligations.py have filled. Each statement of a question is explained as
it is executed (EXPLAIN ANALYZE, BUFFERS), twice, and the second time counts: milliseconds and pages read or hit.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mespace.settings")

import django

WORST = 3  # statements of a question whose plans are printed


def main() -> None:
    """A line for each question."""
    django.setup()
    print("| question | statements | ms | pages |\n|---|---|---|---|")
    for name, ask in questions().items():
        costs = sorted((cost(sql) for sql in statements(ask)), reverse=True)
        time, pages = sum(each[0] for each in costs), sum(each[1] for each in costs)
        print(f"| {name} | {len(costs)} | {time:.1f} | {pages} |", flush=True)
        if "--plans" in sys.argv:
            for milliseconds, _pages, sql, plan in costs[:WORST]:
                print(f"\n{milliseconds:.1f} ms  {sql[:400]}\n{plan}\n")


def questions() -> dict[str, Callable[[], object]]:
    """Reports, oversight and the ledger, as a manager and as one customer's responsible employee ask them."""
    from mespace.accounts.models import User
    from mespace.customers.actors import actor_of
    from mespace.obligations.lifecycle import State
    from mespace.obligations.operations.miss import due_obligations
    from mespace.platform import clock
    from mespace.regulation.queries import calendar_at
    from mespace.reports.at_risk import outlook
    from mespace.reports.balls import balls_by_customer
    from mespace.reports.months import Months, months_back
    from mespace.reports.reaction import Wanted, by_month, report, tickets
    from mespace.tickets.queries.calendar_effects import effects
    from mespace.tickets.queries.owed import BESIDES, OwedFilter, owed, owed_counts, owed_soon
    from mespace.tickets.queries.owed_by_kind import owed_by_kind
    from mespace.tickets.queries.releases import unfinished_releases

    now = clock.now()
    today = now.date()
    present = today.replace(day=1)
    year, quarter = (Wanted(Months(months_back(present, back), present)) for back in (11, 2))
    actor = actor_of(_somebody("manager"))
    customer = User.objects.filter(membership__isnull=False).values_list("membership__customer", flat=True).first()
    mine = actor_of(User.objects.filter(membership__customer=customer).order_by("pk")[0])
    common = {"actor": actor, "now": now}
    own = {
        "actor": mine.__class__.of(user_id=mine.user_id or 0, roles=["responsible"], customer_id=customer),
        "now": now,
    }
    content = calendar_at(now).content
    day = today - timedelta(days=20)

    def ledger(**wanted: object) -> Callable[[], object]:
        return lambda: owed(**common, wanted=OwedFilter(**wanted))

    return {
        "reaction report, 12 months": lambda: report(**common, wanted=year),
        "reaction report, 12 months, one customer": lambda: report(
            **common, wanted=Wanted(year.months, customer=customer)
        ),
        "12 months alone": lambda: by_month(**common, wanted=year),
        "the late ones of 12 months, first page": lambda: tickets(**common, wanted=Wanted(year.months, state="broken")),
        "whose ball, 3 months": lambda: balls_by_customer(**common, wanted=quarter),
        "whose ball, 12 months": lambda: balls_by_customer(**common, wanted=year),
        "effects of a day 20 days ago": lambda: effects(**common, content=content, changed={day}),
        "will break before tomorrow 09:00": lambda: outlook(**common),
        "releases not told to everybody": lambda: unfinished_releases(actor=actor),
        "ledger, owed now": ledger(),
        "ledger, everything": ledger(state=""),
        "ledger, late": ledger(state=State.LATE.value),
        "ledger, planned fixes, everything": ledger(state="", kind="planned_fix"),
        "ledger, one customer, everything": ledger(state="", customer=customer),
        "ledger, besides reactions, done in time": ledger(state=State.FULFILLED.value, kind=BESIDES),
        "ledger, its figures": lambda: owed_counts(**common),
        "ledger of a responsible employee, everything": lambda: owed(**own, wanted=OwedFilter(state="")),
        "figures of a responsible employee": lambda: owed_counts(**own),
        "home: owed soon": lambda: owed_soon(**common, until=today + timedelta(days=7)),
        "director: by kind": lambda: owed_by_kind(**common, first=date(today.year - 1, today.month, 1)),
        "a contract's page: by kind": lambda: owed_by_kind(**own, first=date(today.year - 1, today.month, 1)),
        "sweep: what came due": lambda: list(due_obligations(now=now)),
    }


def _somebody(role: str) -> object:
    """Somebody of that role, made for this if there is nobody."""
    from mespace.accounts.models import User
    from mespace.platform import clock

    found = User.objects.filter(roles__contains=[role]).first()
    if found is None:
        common = {"full_name": role, "roles": [role], "created_at": clock.now(), "password": None}
        found = User.objects.create_user(email=f"{role}@bench.example", **common)
    return found


class Statement(NamedTuple):
    """A SELECT as it was sent, with its values; whether PostgreSQL keeps a plan for it that suits any values."""

    sql: str
    params: Any
    keeps_plan: bool


def statements(ask: Callable[[], object]) -> list[Statement]:
    """The SELECTs that the question sends, each with its values."""
    from django.db import connection

    found: list[Statement] = []

    def listen(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if str(sql).lstrip("( ").startswith(("SELECT", "WITH")):
            found.append(Statement(str(sql), params, getattr(context["cursor"].cursor, "keeps_plan", False)))
        return execute(sql, params, many, context)

    ask()  # what is remembered is remembered now
    with connection.execute_wrapper(listen):
        ask()
    return found


def cost(statement: Statement) -> tuple[float, int, str, str]:
    """Milliseconds, pages, the statement and its plan."""
    from django.db import connection

    with connection.cursor() as cursor, _explainable(cursor, statement) as (sql, params):
        explained = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}"
        cursor.execute(explained, params)
        cursor.execute(explained, params)
        answer = cursor.fetchone()[0]
        answer = json.loads(answer) if isinstance(answer, str) else answer
        plan = ""
        if "--plans" in sys.argv:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
            plan = "\n".join(row[0] for row in cursor.fetchall())
    top = answer[0]["Plan"]
    pages = top["Shared Hit Blocks"] + top["Shared Read Blocks"]
    return answer[0]["Execution Time"], pages, statement.sql, plan


@contextmanager
def _explainable(cursor: Any, statement: Statement) -> Iterator[tuple[str, Any]]:
    """What is to be explained: of a prepared statement the plan that is kept, made without knowing the values."""
    if not statement.keeps_plan:
        yield statement.sql, statement.params
        return
    from psycopg import sql

    named = isinstance(statement.params, Mapping)
    names = list(statement.params) if named else []
    numbers = count(1)
    text = re.sub(
        r"%(?:\((\w+)\))?s|%%",
        lambda match: "%" if match[0] == "%%" else f"${names.index(match[1]) + 1 if named else next(numbers)}",
        statement.sql,
    )
    values = [statement.params[name] for name in names] if named else list(statement.params or [])
    shown = ", ".join(sql.Literal(value).as_string(cursor.connection.connection) for value in values)
    cursor.execute("SET plan_cache_mode = force_generic_plan")
    cursor.execute(f"PREPARE explained AS {text}")
    try:
        yield f"EXECUTE explained{f' ({shown})' if values else ''}", None
    finally:
        cursor.execute("DEALLOCATE explained")
        cursor.execute("RESET plan_cache_mode")


if __name__ == "__main__":
    main()
