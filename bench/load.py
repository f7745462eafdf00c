"""Fill an empty database with N tickets in all their detail: python bench/load.py N [--processes 2].

DATABASE_URL and MESPACE_OWNER_DATABASE_URL name the database (migrated, without people); the owner must be a
superuser, as that of the embedded PostgreSQL is, because triggers and references are not checked while loading.
Every invariant is kept: keys, hash chains, salted digests, projected columns, search vectors, stream heads. Check it
by `mespace verify --sample 500`.
"""

import argparse
import json
import multiprocessing
import os
import pickle
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mespace.settings")

import django
import psycopg

CHUNK = 2_000  # tickets between two commits
DROPPED_FROM = 20_000  # tickets from which on indexes are made after the rows

TICKET = [
    "id",
    "stream_id",
    "project_id",
    "number",
    "key",
    "customer_id",
    "contract_id",
    "contract_revision_id",
    "regulation_edition_id",
    "registered_at",
    "registered_by_id",
    "requester_id",
    "subject",
    "product_id",
    "build_id",
    "site_id",
    "what_was_done",
    "expected",
    "stopped_process",
    "developers_task",
    "type",
    "criticality",
    "status",
    "resolution",
    "waiting_for",
    "holder_id",
    "assignee_id",
    "calendar_edition_id",
    "reaction_state",
    "reaction_due_at",
    "reacted_at",
    "term",
    "term_opened_at",
    "term_received_at",
    "term_evidence",
    "term_due_at",
    "term_reminded",
    "wake_at",
    "planned_target",
    "planned_on",
    "closed_at",
    "status_since",
    "version",
    "public_version",
    "active_at",
    "queue_rank",
    "queue_at",
    "outside_support",
    "time_vendor",
    "time_customer",
    "time_third_party",
    "time_outside",
    "time_to",
    "time_calendar",
]
MESSAGE = [
    "id",
    "ticket_id",
    "author_id",
    "audience",
    "kind",
    "body",
    "html",
    "renderer",
    "salt",
    "created_at",
    "removed_digest",
]
EVENT = ["stream_id", "seq", "at", "recorded_at", "kind", "actor", "payload", "prev_hash", "hash"]
STREAM = ["id", "subject", "head_seq", "head_hash", "head_at"]
SEARCH = ["ticket_id", "key", "code", "subject", "public", "internal"]
TABLES = ("tickets_ticket", "tickets_message", "ledger_event", "ledger_stream", "tickets_searchentry")


def main() -> None:
    """Load, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("count", type=int, metavar="N", help="how many tickets, from 10")
    parser.add_argument("--processes", type=int, default=2, help="how many processes make rows (2)")
    options = parser.parse_args()
    if options.count < 10:
        parser.error("N is a whole number from 10")
    load(options.count, processes=options.processes)


def load(count: int, *, processes: int) -> None:
    """Fill the database of the environment."""
    began = time.monotonic()
    django.setup()
    from corpus import Corpus
    from django.db import connection, transaction
    from world import make_world

    from mespace.platform import clock

    corpus = Corpus()
    with transaction.atomic():
        frame = make_world(count, now=clock.now(), corpus=corpus)
    connection.close()
    owner = os.environ.get("MESPACE_OWNER_DATABASE_URL") or os.environ["DATABASE_URL"]
    with psycopg.connect(owner, autocommit=True) as admin:
        _make_pool(admin, corpus)
        later = _drop_indexes(admin) if count >= DROPPED_FROM else []
        chunks = [range(first, min(first + CHUNK, count)) for first in range(0, count, CHUNK)]
        done, told = 0, time.monotonic()
        # The frame travels as bytes: its class can be imported only once Django is set up.
        with ProcessPoolExecutor(
            processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_prepare,
            initargs=(owner, pickle.dumps(frame)),
        ) as pool:
            for loaded in pool.map(_load_chunk, chunks):
                done += loaded
                if time.monotonic() - told > 10:
                    told = time.monotonic()
                    _say(began, f"{done} of {count} tickets")
        _say(began, "rows are in; indexes and statistics")
        _finish(admin, frame, later)
    _say(began, f"{count} tickets loaded")


def _say(began: float, text: str) -> None:
    print(f"{time.monotonic() - began:6.0f} s  {text}", file=sys.stderr, flush=True)


def _make_pool(admin: psycopg.Connection, corpus: object) -> None:
    """The vectors of the pool's paragraphs and subjects, computed once by the product's own expression."""
    from corpus import parts_of

    from mespace.platform.search import Parts, sql_vector

    admin.execute("DROP TABLE IF EXISTS bench_body, bench_subject")
    admin.execute("DROP AGGREGATE IF EXISTS bench_sum(tsvector)")
    admin.execute("CREATE AGGREGATE bench_sum(tsvector) (SFUNC = tsvector_concat, STYPE = tsvector)")
    for table, texts, head in (("bench_body", corpus.pool, False), ("bench_subject", corpus.subjects, True)):  # type: ignore[attr-defined]
        admin.execute(f"CREATE UNLOGGED TABLE {table} (number int PRIMARY KEY, vector tsvector)")
        names = ", ".join(f"%({name})s" for name in Parts._fields)
        columns = ", ".join(Parts._fields)
        for number, text in enumerate(texts):
            values = dict(zip(Parts._fields, parts_of(text, head=head), strict=True))
            admin.execute(
                f"INSERT INTO {table} SELECT %(number)s, {sql_vector('t.')} FROM (VALUES ({names})) AS t ({columns})",
                {"number": number, **values},
            )


def _drop_indexes(admin: psycopg.Connection) -> list[str]:
    """Drop the secondary indexes of the large tables; the statements that make them again."""
    rows = admin.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisprimary"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [list(TABLES)],
    ).fetchall()
    constraints = admin.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = ANY(%s::regclass[]) AND contype = 'u'",
        [list(TABLES)],
    ).fetchall()
    for name, _ in rows:
        admin.execute(f"DROP INDEX {name}")
    for table, name, _ in constraints:
        admin.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    made = [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in constraints]
    return made + [definition for _, definition in rows]


def _finish(admin: psycopg.Connection, frame: object, later: Sequence[str]) -> None:
    admin.execute("SET maintenance_work_mem = '512MB'")
    admin.execute("SET max_parallel_maintenance_workers = 2")
    for statement in later:
        admin.execute(statement)
    for table in ("tickets_ticket", "tickets_message", "ledger_event"):
        admin.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    admin.execute(
        "UPDATE customers_project p SET last_number ="
        " (SELECT coalesce(max(number), 0) FROM tickets_ticket t WHERE t.project_id = p.id)"
    )
    admin.execute("DROP TABLE bench_body, bench_subject")
    admin.execute("DROP AGGREGATE bench_sum(tsvector)")
    for table in (*TABLES, "customers_project"):
        admin.execute(f"VACUUM (ANALYZE) {table}")
    admin.execute("CHECKPOINT")


# --- in the processes that make rows

_maker: object = None
_connection: psycopg.Connection | None = None


def _prepare(owner: str, pickled: bytes) -> None:
    global _maker, _connection
    django.setup()
    frame = pickle.loads(pickled)
    from corpus import Corpus
    from histories import Histories

    from mespace.regulation.queries import compiled

    calendar = compiled(frame.calendar_pin["edition"], frame.regulation["edition"])
    _maker = Histories(frame, Corpus(), calendar)
    _connection = psycopg.connect(owner)
    _connection.execute("SET session_replication_role = replica")
    _connection.execute("SET synchronous_commit = off")
    _connection.execute(
        "CREATE TEMP TABLE scratch (ticket_id bigint, key text, code text, subject int, public int[], internal int[])"
    )
    _connection.commit()


def _load_chunk(indexes: range) -> int:
    from histories import Histories

    assert isinstance(_maker, Histories)
    assert _connection is not None
    made = list(_maker.made(indexes))
    with _connection.cursor() as cursor:
        _copy(cursor, "ledger_stream", STREAM, map(_stream_row, made))
        _copy(cursor, "tickets_ticket", TICKET, (_ticket_row(each, _maker.frame) for each in made))
        _copy(cursor, "tickets_message", MESSAGE, (row for each in made for row in _message_rows(each)))
        _copy(cursor, "ledger_event", EVENT, (row for each in made for row in _event_rows(each)))
        _copy(cursor, "scratch", SEARCH, map(_search_row, made))
        cursor.execute(_ENTRIES)
        cursor.execute("TRUNCATE scratch")
    _connection.commit()
    return len(made)


_ENTRIES = """
INSERT INTO tickets_searchentry (ticket_id, public, internal)
SELECT s.ticket_id, h.head || coalesce(p.vector, ''), h.head || coalesce(i.vector, '')
FROM scratch s JOIN bench_subject t ON t.number = s.subject
CROSS JOIN LATERAL (SELECT setweight(to_tsvector('russian', s.key), 'A')
    || array_to_tsvector(array[lower(s.key), s.code]) || t.vector AS head) h
CROSS JOIN LATERAL (SELECT bench_sum(b.vector) AS vector FROM unnest(s.public) n JOIN bench_body b ON b.number = n) p
CROSS JOIN LATERAL (SELECT bench_sum(b.vector) AS vector FROM unnest(s.internal) n JOIN bench_body b ON b.number = n) i
"""


def _copy(cursor: psycopg.Cursor, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _stream_row(made: object) -> tuple[object, ...]:
    last = made.events[-1]  # type: ignore[attr-defined]
    return (made.stream, "ticket", last.seq, last.hash, last.at)  # type: ignore[attr-defined]


def _ticket_row(made, frame) -> tuple[object, ...]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    from histories import versions

    public_version, active_at = versions(made)
    place = made.place
    return (
        made.id, made.stream, place.project, made.number, made.key, place.customer, made.contract, place.revision,
        frame.regulation_id, made.registered_at, made.requester, made.requester, made.subject.body, frame.product,
        frame.build, place.site,
        "", "", "Отгрузка" if made.criticality == "critical" else "", "", made.type, made.criticality, made.status,
        made.resolution, made.waiting_for, made.requester, made.assignee, frame.calendar_id, str(made.reaction_state),
        made.reaction_due_at, made.reacted_at, made.term, made.term_opened_at, made.term_received_at,
        made.term_evidence, made.term_due_at, made.term_reminded, made.wake_at, made.planned_target,
        (made.registered_at.date() if made.planned_target else None), made.closed_at, made.status_since,
        made.events[-1].seq, public_version, active_at, made.queue_rank, made.queue_at,
        False, made.time_vendor, made.time_customer, made.time_third_party, made.time_outside, made.time_to,
        made.time_calendar,
    )  # fmt: skip


def _message_rows(made) -> Iterable[tuple[object, ...]]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    from mespace.platform.markdown import RENDERER

    for one in made.messages:
        yield (
            one.id, made.id, one.author, one.audience, one.kind, one.text.body, one.text.html, RENDERER, one.salt,
            one.at, "",
        )  # fmt: skip


def _event_rows(made) -> Iterable[tuple[object, ...]]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for one in made.events:
        payload = json.dumps(one.payload, ensure_ascii=False)
        yield (made.stream, one.seq, one.at, one.at, one.kind, one.actor, payload, one.prev_hash, one.hash)


def _search_row(made) -> tuple[object, ...]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    public = [part for one in made.messages if one.audience == "customer" for part in one.text.parts]
    internal = [part for one in made.messages for part in one.text.parts]
    return (made.id, made.key, made.codes[0], made.subject.parts[0], public, internal)


if __name__ == "__main__":
    main()
