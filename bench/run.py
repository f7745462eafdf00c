"""Measure the product over real HTTP: python bench/run.py 1000 100000 [--folder DIR] [--seconds 6].

For each size: an embedded PostgreSQL of its own with durable settings, filled by bench/load.py (kept in the folder for
the next run), the web server and the worker as in production, one signed-in customer and one agent. Prints a Markdown
table; figures of different machines or loads do not compare, the ratios of one run do.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

import psycopg
from client import Client, new_key
from processes import cpu_seconds, database, memory, serving

from mespace.platform.postgres.cluster import Cluster

ABREAST = 8
MOST = 400  # requests of one kind in a row
ALONE = 60  # requests of one kind whose CPU time is added up; the system counts it in hundredths of a second
ACCOUNTS = {"agent": "agent-0@bench.example", "engineer": "person-0-0@bench.example"}
PASSWORD = "benchmark-measures-itself"  # noqa: S105 - of made-up people
RARE = "%D0%B3%D0%BE%D0%BC%D0%BE%D0%B3%D0%B5%D0%BD%D0%B8%D0%B7%D0%B0%D1%82%D0%BE%D1%80"
Act = Callable[[], object]


@dataclass
class Figures:
    """One operation at one size: milliseconds, requests a second, SQL statements."""

    p50: float
    p95: float
    base: float  # p50 of the empty page in the same stretch of time
    abreast: float = 0.0
    statements: int = 0
    web_cpu: float = 0.0  # milliseconds of CPU time a request
    database_cpu: float = 0.0

    @property
    def cpu(self) -> float:
        """Milliseconds of CPU time a request, of both."""
        return self.web_cpu + self.database_cpu


@dataclass
class Measured:
    """One size."""

    count: int
    figures: dict[str, Figures] = field(default_factory=dict)
    at_rest: dict[str, float] = field(default_factory=dict)  # MiB, started and not asked yet
    memory: dict[str, float] = field(default_factory=dict)  # MiB, after all of it


def main() -> None:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sizes", type=int, nargs="+", metavar="N")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "mespace-bench")
    parser.add_argument("--seconds", type=float, default=6, help="at most so long for each figure (6)")
    options = parser.parse_args()
    results = [measure(size, options.folder / str(size), options.seconds) for size in options.sizes]
    print(table(results))


def measure(count: int, folder: Path, seconds: float) -> Measured:
    """Everything at one size."""
    with database(folder) as cluster:
        owner = os.environ["MESPACE_OWNER_DATABASE_URL"]
        with psycopg.connect(owner, autocommit=True) as connection:
            row = connection.execute("SELECT count(*) FROM tickets_ticket WHERE id <= %s", [count]).fetchone()
        if not row or row[0] < count:
            subprocess.run([sys.executable, str(Path(__file__).parent / "load.py"), str(count)], check=True)
        say(f"{count} tickets; load of the machine {os.getloadavg()[0]:.1f}")
        with serving(folder) as port:
            found = Measured(count)
            time.sleep(5)
            found.at_rest = memory(cluster)
            people = {name: Client(port).sign_in(email, PASSWORD) for name, email in ACCOUNTS.items()}
            time.sleep(2)
            acts = Acts(people, owner)
            for name, act in acts.every():
                found.figures[name] = one = sequential(act, acts.empty, seconds)
                one.web_cpu, one.database_cpu = cpu(act, cluster)
                say(f"  {name}: {found.figures[name].p50:.1f} ms")
            for name, makers in parallel_acts(port, people, owner):
                found.figures[name].abreast = throughput(makers, seconds / 2)
            found.memory = memory(cluster)
        for name, statements in count_statements().items():
            found.figures[name].statements = statements
    return found


class Acts:
    """What is measured, by name; each call is one request."""

    def __init__(self, people: dict[str, Client], owner: str) -> None:
        self.agent, self.engineer, self.owner = people["agent"], people["engineer"], owner
        with psycopg.connect(owner, autocommit=True) as connection:
            keys = "SELECT key FROM tickets_ticket WHERE {} ORDER BY id DESC LIMIT 100"
            own = (
                "customer_id = (SELECT customer_id FROM customers_membership m"
                " JOIN accounts_user u ON u.id = m.user_id WHERE u.email = %s)"
            )
            self.closed = self._keys(connection, keys.format("status = 'closed'"))
            self.own = self._keys(
                connection, keys.format(f"{own} AND status IN ('analysis', 'in_progress')"), ACCOUNTS["engineer"]
            )
            self.working = self._keys(connection, keys.format("status IN ('analysis', 'in_progress')"))
            self.in_work = set(self._keys(connection, keys.format("status = 'in_progress'")))
        self.filing = self.engineer.form("/tickets/new/", "/tickets/new/") | {
            "type": "bug",
            "subject": "Не печатаются этикетки после смены задания",
            "description": "После смены задания принтер молчит.\n\nПерезапуск терминала не помог, смена ждёт.",
        }
        self.turn = 0

    @staticmethod
    def _keys(connection: psycopg.Connection, query: str, *parameters: str) -> list[str]:
        return [row[0] for row in connection.execute(query, parameters).fetchall()]

    def every(self) -> Iterator[tuple[str, Act]]:
        """Reads first."""
        yield "empty signed-in page", self.empty
        yield "durable INSERT", self.durable()
        yield "ticket page (desk)", self.ticket
        yield "ticket page (portal)", self.own_ticket
        yield "queue, first page", self.queue
        yield "search, a word in 1 %", self.search
        yield "file", self.file
        yield "comment", self.comment
        yield "change of status", self.change

    def _next(self, keys: list[str]) -> str:
        self.turn += 1
        return keys[self.turn % len(keys)]

    def empty(self) -> object:
        """A page that shows nothing but its frame."""
        return self.engineer.get("/worktime/")

    def durable(self) -> Act:
        """One committed row in a table of its own."""
        connection = psycopg.connect(self.owner, autocommit=True)
        connection.execute("CREATE TABLE IF NOT EXISTS bench_durable (id bigserial PRIMARY KEY, body text)")
        return lambda: connection.execute("INSERT INTO bench_durable (body) VALUES (%s)", ["x" * 200])

    def ticket(self) -> object:
        """A closed ticket, as an agent sees it."""
        return self.agent.get(f"/t/{self._next(self.closed)}/")

    def own_ticket(self) -> object:
        """A ticket in work, as its customer sees it."""
        return self.engineer.get(f"/t/{self._next(self.own)}/")

    def queue(self) -> object:
        """The first page of everything open."""
        return self.agent.get("/desk/?view=all")

    def search(self) -> object:
        """The first page of what is found."""
        return self.agent.get(f"/desk/search/?q={RARE}")

    def file(self) -> object:
        """The filled form is sent."""
        return self.engineer.post("/tickets/new/", self.filing | {"key": new_key()})

    def comment(self) -> object:
        """A message of the customer."""
        fields = {"key": new_key(), "body": "Проверили ещё раз: после перезапуска всё повторяется."}
        return self.engineer.post(f"/t/{self._next(self.own)}/act/comment/", fields)

    def change(self) -> object:
        """Analysis to work, and back the next time."""
        key = self._next(self.working)
        name = "resume-analysis" if key in self.in_work else "start-work"
        self.in_work ^= {key}
        return self.agent.post(f"/t/{key}/act/{name}/", {"key": new_key()})


def sequential(act: Act, empty: Act, seconds: float) -> Figures:
    """Percentiles of one request after the other, an empty page between each two; the first ten are not counted."""
    taken: list[float] = []
    beside: list[float] = []
    until = time.monotonic() + seconds
    for number in range(MOST):
        for what, times in ((act, taken), (empty, beside)):
            began = time.perf_counter()
            what()
            if number >= 10:
                times.append((time.perf_counter() - began) * 1000)
        if time.monotonic() > until and len(taken) > 10:
            break
    ranked = sorted(taken)
    return Figures(statistics.median(ranked), ranked[int(len(ranked) * 0.95)], statistics.median(beside))


def cpu(act: Act, cluster: Cluster) -> tuple[float, float]:
    """CPU milliseconds of the web server and of PostgreSQL for one request: what a busy machine does not change."""
    before = cpu_seconds(cluster)
    for _ in range(ALONE):
        act()
    after = cpu_seconds(cluster)
    web, server = ((now - then) * 1000 / ALONE for now, then in zip(after, before, strict=True))
    return web, server


def parallel_acts(port: int, people: dict[str, Client], owner: str) -> Iterator[tuple[str, list[Act]]]:
    """Each operation with eight browsers."""
    clones = []
    for number in range(ABREAST):
        copies = {}
        for name, person in people.items():
            copies[name] = Client(port)
            copies[name].cookies = dict(person.cookies)
        clones.append(Acts(copies, owner))
        clones[-1].turn = number * 12
    for number, clone in enumerate(clones):  # nobody changes another's ticket
        clone.working = clone.working[number::ABREAST]
    for name in dict(clones[0].every()):
        yield name, [dict(clone.every())[name] for clone in clones]


def throughput(acts: list[Act], seconds: float) -> float:
    """Requests a second with all of `acts` running abreast."""
    done = [0] * len(acts)
    began = time.monotonic()

    def run(number: int) -> None:
        while time.monotonic() < began + seconds:
            acts[number]()
            done[number] += 1

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.monotonic() - began)


def count_statements() -> dict[str, int]:
    """SQL statements of one request of each kind, counted in a process of its own on the same database."""
    import json

    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "statements.py")], check=True, capture_output=True, text=True
    )
    counted: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return counted


def table(results: list[Measured]) -> str:
    """Markdown: milliseconds, and ratios within this run."""
    lines = []
    for found in results:
        durable = found.figures["durable INSERT"].p50
        empty = found.figures["empty signed-in page"].cpu or 1.0
        lines += [
            f"**{found.count:,} tickets**".replace(",", " "),
            "",
            "| operation | p50, ms | p95, ms | a second by 8 | SQL | p50 : (empty + INSERT) | CPU, ms | CPU : empty |",
            "|---|---:|---:|---:|---:|---:|---:|---:|",
        ]
        for name, one in found.figures.items():
            ratio = one.p50 / (one.base + durable)
            lines.append(
                f"| {name} | {one.p50:.1f} | {one.p95:.1f} | {one.abreast:.0f} | {one.statements or ''} | {ratio:.2f}"
                f" | {one.web_cpu:.1f} + {one.database_cpu:.1f} | {one.cpu / empty:.2f} |"
            )
        lines += ["", f"Memory: {mebibytes(found.at_rest)} at rest, {mebibytes(found.memory)} after all of this.", ""]
    first = results[0]
    for found in results[1:]:
        lines += [
            f"**{found.count} against {first.count} tickets**",
            "",
            "| operation | p50 : p50, each in empty pages of its own stretch | CPU : CPU |",
            "|---|---:|---:|",
            *(
                f"| {name} | {_grown(one, first.figures[name]):.2f} | {one.cpu / (first.figures[name].cpu or 1):.2f} |"
                for name, one in found.figures.items()
            ),
            "",
        ]
    return "\n".join(lines)


def mebibytes(sizes: dict[str, float]) -> str:
    """The sum, and of whom."""
    return f"{sum(sizes.values()):.0f} MiB ({', '.join(f'{name} {size:.0f}' for name, size in sizes.items())})"


def _grown(now: Figures, before: Figures) -> float:
    return (now.p50 / now.base) / (before.p50 / before.base)


def say(text: str) -> None:
    """Progress."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
