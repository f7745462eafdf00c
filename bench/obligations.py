"""Add N obligations to a database that load.py has filled: python bench/obligations.py N.

DATABASE_URL and MESPACE_OWNER_DATABASE_URL name the database, as for load.py. Logs, chains and projected columns are
made by the product's own functions; what the obligations are about is not made. Nine of ten were done in time.
"""

import json
import os
import sys
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mespace.settings")

import django
import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

BATCH = 5_000
YEARS = 3
HOUR = timedelta(hours=1)


def main() -> None:
    """Add them, and say how many are there."""
    count = int(sys.argv[1])
    django.setup()
    from mespace.ledger.models import Event, Stream
    from mespace.obligations.models import Obligation

    with psycopg.connect(os.environ["MESPACE_OWNER_DATABASE_URL"], autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        maker = Maker(admin)
        for first in range(0, count, BATCH):
            made = [maker.make(number) for number in range(first, min(first + BATCH, count))]
            copy(admin, Stream, [stream for stream, _events, _row in made])
            copy(admin, Event, [event for _stream, events, _row in made for event in events])
            copy(admin, Obligation, [row for _stream, _events, row in made])
        for table in ("ledger_stream", "ledger_event", "obligations_obligation"):
            admin.execute(f"VACUUM (ANALYZE) {table}")
        row = admin.execute("SELECT count(*) FROM obligations_obligation").fetchone()
        print(f"{row[0] if row else 0} obligations are there")


class Maker:
    """Obligations of every registered kind, one after another."""

    def __init__(self, admin: psycopg.Connection) -> None:
        from mespace.obligations.kinds import kinds
        from mespace.platform import clock
        from mespace.regulation.queries import calendar_at, edition_in_force

        self.random = Random(7)  # noqa: S311 - the same every time
        self.now = clock.now().replace(microsecond=0)
        self.calendar, self.edition = calendar_at(self.now), edition_in_force(self.now)
        self.kinds = kinds()
        self.customers = [row[0] for row in admin.execute("SELECT id FROM customers_customer")]
        self.base = (admin.execute("SELECT coalesce(max(id), 0) FROM obligations_obligation").fetchone() or (0,))[0]

    def make(self, number: int) -> "tuple[Model, list[Model], Model]":
        """A stream, its events and the row that projects them."""
        from mespace.ledger.models import Event, Stream
        from mespace.obligations.clocks import project
        from mespace.obligations.kinds import Name
        from mespace.obligations.models import Obligation

        kind = self.kinds[number % len(self.kinds)]
        since = self.now - timedelta(seconds=self.random.randrange(YEARS * 365 * 86_400))
        name = Name(kind.code, self.base + number + 1)
        stream = Stream(id=uuid.UUID(int=self.random.getrandbits(128), version=4), subject="obligation")
        owed_to = None if kind.code == "edition_notice" or kind.only_concerned else self.random.choice(self.customers)
        events = [self._event(Event, stream, "opened", since, self._opened(kind, name, since, owed_to))]
        row = Obligation(
            stream=stream,
            key=name.key,
            kind=kind.code,
            clause=kind.clause,
            whom_kind=kind.whom_kind,
            whom_id=name.whom_id,
            owed_to=owed_to,
            since=since,
            opened_at=since,
            regulation_edition=self.edition,
            calendar_edition=self.calendar,
        )
        due = project(row, events, regulation_code=self.edition.code).due
        events += self._course(Event, stream, since, datetime.fromtimestamp(due, since.tzinfo))
        project(row, events, regulation_code=self.edition.code)
        return stream, list(events), row

    def _opened(self, kind: Any, name: Any, since: datetime, owed_to: int | None) -> dict[str, Any]:
        from mespace.obligations.facts import seconds_text
        from mespace.obligations.operations.open_obligation import pin

        whom = {"kind": kind.whom_kind, "id": name.whom_id}
        promise = {"form": "working_days", "parameter": "onboarding_days"}
        payload = {"what": kind.code, "clause": kind.clause, "whom": whom, "since": seconds_text(since)}
        payload |= {"promise": promise, "regulation": pin(self.edition), "calendar": pin(self.calendar)}
        return payload | ({"customer": owed_to} if owed_to is not None else {})

    def _course(self, made: Any, stream: Any, since: datetime, due: datetime) -> list[Any]:
        fate = self.random.random()
        missed = [("missed", due, {})]
        if due >= self.now:
            facts = [("fulfilled", since + HOUR, {"how": "mail"})] if fate < 0.5 and since + HOUR < self.now else []
        elif fate < 0.9:
            facts = [("fulfilled", since + HOUR, {"how": "mail"})]
        elif fate < 0.96:
            facts = [*missed, ("fulfilled", min(due + 30 * HOUR, self.now), {"how": "mail"})]
        elif fate < 0.99:
            facts = [("withdrawn", since + HOUR, {"reason": "mistake"})]
        else:
            facts = missed
        return [self._event(made, stream, kind, at, payload) for kind, at, payload in facts]

    def _event(self, made: Any, stream: Any, kind: str, at: datetime, payload: dict[str, Any]) -> Any:
        from mespace.ledger.canonical import event_hash

        actor, seq = ("timer", stream.head_seq + 1)
        common = {"seq": seq, "at": at, "recorded_at": at, "kind": kind, "actor": actor, "payload": payload}
        digest = event_hash(prev_hash=stream.head_hash, stream=str(stream.pk), **common)
        event = made(stream=stream, prev_hash=stream.head_hash, hash=digest, **common)
        stream.head_seq, stream.head_hash, stream.head_at = seq, digest, at
        return event


def copy(admin: psycopg.Connection, model: "type[Model]", rows: "Iterable[Model]") -> None:
    """Write the rows, whose numbers the database gives."""
    fields = [field for field in model._meta.concrete_fields if field.get_internal_type() != "BigAutoField"]
    columns = ", ".join(field.column for field in fields)
    with admin.cursor().copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as sink:
        for row in rows:
            values = [getattr(row, field.attname) for field in fields]
            sink.write_row([json.dumps(each) if isinstance(each, dict) else each for each in values])


if __name__ == "__main__":
    main()
