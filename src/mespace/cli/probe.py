r"""`mespace probe`: look at addresses, keep what was seen in a signed record, deliver it. Needs no part of the product.

This one file runs on any host with Python 3.11 and the package `cryptography` (Debian: python3-cryptography):

    python3 probe.py --name kazan --folder /var/lib/probe --to https://support.example.com \\
        --look tracker=https://support.example.com/healthz/ --look docs=https://docs.example.com/

The record is a chain: every round names the hash of the one before it and is signed (Ed25519) by a key that never
leaves the folder. What cannot be delivered stays and is delivered later. While this program does not run, nothing is
known.
"""

import argparse
import contextlib
import hashlib
import http.client
import json
import os
import re
import signal
import ssl
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

GENESIS = "0" * 64
PATIENCE = 10.0  # seconds for one look, and for one delivery's parts
AT_ONCE = 200  # rounds of one delivery
READ = 64 * 1024  # bytes of an answer that are read
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")
GOOD = range(200, 300)
EVERY = range(1, 3601)


class Stop(Exception):  # noqa: N818 - ends the program with a sentence
    """What is wrong, in a sentence."""


def canonical(value: object) -> bytes:
    """The bytes that are hashed: sorted keys, no white space, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def instant(seconds: float) -> str:
    """`2026-11-26T13:30:00Z`."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(seconds)))


@dataclass
class Look:
    """One component: what it is called, and the address at which it answers when it is up."""

    code: str
    url: str

    def seen(self) -> dict[str, Any]:
        """Whether it answered with 2xx within ten seconds; `why` says in a word what was wrong."""
        began = time.monotonic()
        status, why = 0, ""
        try:
            status = self._status()
            why = "" if status in GOOD else "status"
        except TimeoutError:
            why = "timeout"
        except ssl.SSLError:
            why = "tls"
        except ConnectionRefusedError:
            why = "refused"
        except (OSError, http.client.HTTPException, ValueError):
            why = "unreachable"
        return {"ok": not why, "status": status, "ms": int((time.monotonic() - began) * 1000), "why": why}

    def _status(self) -> int:
        with contextlib.closing(connection_to(self.url)) as connection:
            path = urllib.parse.urlsplit(self.url)
            target = (path.path or "/") + (f"?{path.query}" if path.query else "")
            connection.request("GET", target, headers={"User-Agent": "mespace-probe", "Accept": "*/*"})
            answer = connection.getresponse()
            answer.read(READ)
            return answer.status


def connection_to(url: str) -> http.client.HTTPConnection:
    """A connection to the address's host, through no proxy of the environment."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "https":
        return http.client.HTTPSConnection(parts.netloc.rpartition("@")[2], timeout=PATIENCE)
    return http.client.HTTPConnection(parts.netloc.rpartition("@")[2], timeout=PATIENCE)


@dataclass
class Record:
    """The signed chain in a folder: one file a day, one line a round, and how far it was delivered."""

    folder: Path
    name: str
    seq: int = 0
    head: str = GENESIS
    last_at: int = 0
    delivered: int = 0
    key: Ed25519PrivateKey = field(init=False)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Read the key and the head; a line that was cut off by a crash is cut away."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.key = self._own_key()
        files = self.files()
        if files:
            mend(files[-1])
        for path in reversed(files):
            last = next(reversed(list(lines_of(path))), None)
            if last is not None:
                self.seq, self.head, self.last_at = last["seq"], last["hash"], parsed(last["at"])
                break
        with contextlib.suppress(OSError, ValueError):
            self.delivered = min(int((self.folder / "delivered").read_text()), self.seq)

    def _own_key(self) -> Ed25519PrivateKey:
        path = self.folder / "key"
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(os.urandom(32).hex())
        try:
            return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))
        except ValueError:
            raise Stop(f"{path} holds no key: put the right one back, or begin anew with an empty folder.") from None

    @property
    def public_key(self) -> str:
        """What the product must know to believe this prober: 64 hexadecimal digits."""
        return self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def files(self) -> list[Path]:
        """The record's files, oldest first."""
        return sorted(self.folder.glob("rounds-????-??-??.jsonl"))

    def add(self, results: dict[str, Any], *, every: int, now: float) -> dict[str, Any]:
        """Chain, sign and store one round, on the disk when this returns. Its instant never goes backwards."""
        at = max(int(now), self.last_at)
        content = {"at": instant(at), "every": every, "probe": self.name, "results": results, "seq": self.seq + 1}
        digest = hashlib.sha256(self.head.encode() + canonical(content)).hexdigest()
        del content["probe"]
        one = {**content, "prev": self.head, "hash": digest, "sig": self.key.sign(digest.encode()).hex()}
        path = self.folder / f"rounds-{instant(at)[:10]}.jsonl"
        with self.lock, path.open("ab") as out:
            out.write(canonical(one) + b"\n")
            out.flush()
            os.fsync(out.fileno())
            self.seq, self.head, self.last_at = self.seq + 1, digest, at
        return one

    def undelivered(self, most: int) -> list[dict[str, Any]]:
        """The oldest rounds that were not delivered, at most that many."""
        with self.lock:
            files, after, upto = self.files(), self.delivered, self.seq
        found: list[dict[str, Any]] = []
        if after >= upto:
            return found
        for path in files[first_file(files, after + 1) :]:
            for one in lines_of(path):
                if after < one["seq"] <= upto:
                    found.append(one)
                    if len(found) >= most:
                        return found
        return found

    def note_delivered(self, seq: int) -> None:
        """Up to that number everything is kept elsewhere."""
        with self.lock:
            self.delivered = max(0, min(seq, self.seq))
            temporary = self.folder / "delivered.new"
            temporary.write_text(str(self.delivered))
            temporary.replace(self.folder / "delivered")

    def forget(self, *, days: int, now: float) -> None:
        """Delete files of days longer ago than that, as far as they were delivered."""
        limit = f"rounds-{instant(now - days * 86400)[:10]}.jsonl"
        for path in self.files()[:-1]:
            if path.name < limit and all(one["seq"] <= self.delivered for one in lines_of(path)):
                path.unlink()


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The rounds of a file."""
    with path.open("rb") as source:
        for line in source:
            with contextlib.suppress(ValueError):
                yield json.loads(line)


def first_file(files: list[Path], seq: int) -> int:
    """The place of the newest file that begins at or before that round: nothing earlier need be read."""
    for place in range(len(files) - 1, 0, -1):
        first = next(lines_of(files[place]), None)
        if first is not None and first["seq"] <= seq:
            return place
    return 0


def mend(path: Path) -> None:
    """Cut away what follows the last whole line: it was never chained on."""
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        os.truncate(path, whole)


def parsed(text: str) -> int:
    """Epoch seconds of an instant as the record writes it."""
    import calendar

    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))


class Refused(Exception):  # noqa: N818 - named for what happened
    """The product did not take a delivery: the status, and the number that it expects next (0: it did not say)."""

    def __init__(self, status: int, expected: int) -> None:
        self.status, self.expected = status, expected
        super().__init__(f"answered {status}")


def deliver(record: Record, to: str, *, most: int) -> bool:
    """Send the oldest undelivered rounds; False when there are none. Raises OSError, HTTPException, Refused."""
    rounds = record.undelivered(most)
    if not rounds:
        return False
    body = canonical({"now": instant(time.time()), "probe": record.name, "rounds": rounds})
    headers = {"Content-Type": "application/json", "X-Signature": record.key.sign(body).hex()}
    with contextlib.closing(connection_to(to)) as connection:
        connection.request("POST", urllib.parse.urlsplit(to).path.rstrip("/") + "/status/rounds/", body, headers)
        answer = connection.getresponse()
        said: Any = {}
        with contextlib.suppress(ValueError):
            said = json.loads(answer.read(READ))
    said = said if isinstance(said, dict) else {}
    if answer.status != http.client.OK:
        raise Refused(answer.status, int(said.get("expected") or 0))
    record.note_delivered(int(said["accepted"]))
    return True


class Deliverer(threading.Thread):
    """Delivers beside the looking, so a slow product delays no look; what fails is tried again, ever more slowly."""

    def __init__(self, record: Record, to: str) -> None:
        super().__init__(daemon=True)
        self.record, self.to = record, to
        self.wake, self.ending = threading.Event(), threading.Event()
        self.most, self.pause, self.trouble = AT_ONCE, 0.0, ""

    def run(self) -> None:
        """Until told to end."""
        while not self.ending.is_set():
            self.wake.wait(None if not self.pause else self.pause)
            self.wake.clear()
            self.empty()

    def empty(self) -> None:
        """Deliver until nothing is left or something fails."""
        try:
            while deliver(self.record, self.to, most=self.most):
                self.most, self.pause = AT_ONCE, 0.0
                if self.trouble:
                    say("delivering again")
                    self.trouble = ""
        except Refused as refusal:
            self._refused(refusal)
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
            self._failed(f"{type(error).__name__}: what was seen is kept here")

    def _refused(self, refusal: Refused) -> None:
        if refusal.status == http.client.REQUEST_ENTITY_TOO_LARGE and self.most > 1:
            self.most //= 2
            self.wake.set()
            return
        if (
            refusal.status == http.client.CONFLICT
            and refusal.expected
            and refusal.expected - 1 != self.record.delivered
        ):
            self.record.note_delivered(refusal.expected - 1)  # it lost some, or took what we did not hear of
        self._failed(f"the product {refusal}: is this prober known there by this name and key?")

    def _failed(self, what: str) -> None:
        self.pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, self.pause * 2))
        if what != self.trouble:
            say(f"not delivered: {what}")
            self.trouble = what


def read_look(text: str) -> Look:
    """`tracker=https://support.example.com/healthz/`. Raises Stop."""
    code, equals, url = text.partition("=")
    parts = urllib.parse.urlsplit(url)
    if not equals or not CODE.fullmatch(code) or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Stop(f'--look "{text}": write a code of small Latin letters, an equals sign and an http(s) address.')
    return Look(code, url)


def look_for_ever(record: Record, looks: list[Look], *, every: int, rounds: int, ended: threading.Event,
                  after: Callable[[], None]) -> None:  # fmt: skip
    """A round every so many seconds, by the steady clock; a round that was missed is not made up for."""
    done, due = 0, time.monotonic()
    with ThreadPoolExecutor(max_workers=len(looks)) as pool:
        while not ended.is_set():
            began = time.time()
            seen = dict(zip([look.code for look in looks], pool.map(Look.seen, looks), strict=True))
            record.add(seen, every=every, now=began)
            after()
            done += 1
            if rounds and done >= rounds:
                return
            due = max(due + every, time.monotonic() - every)
            ended.wait(max(0.0, due - time.monotonic()))


def main(arguments: Sequence[str] = ()) -> int:
    """Looks until SIGTERM or Ctrl-C; exit code 1 when it cannot begin."""
    parser = argparse.ArgumentParser(prog="mespace probe", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--name", required=True, help="what the product calls this prober")
    parser.add_argument("--folder", type=Path, required=True, help="where the key and the record are kept")
    parser.add_argument("--to", default="", help="the product's address; without it the record is only kept")
    parser.add_argument("--look", action="append", default=[], metavar="CODE=URL", help="a component; may be repeated")
    parser.add_argument("--every", type=int, default=60, help="seconds from one round to the next (60)")
    parser.add_argument("--rounds", type=int, default=0, help="end after so many rounds (0: never)")
    parser.add_argument("--keep", type=int, default=400, help="days after which delivered rounds are deleted (400)")
    parser.add_argument("--key", action="store_true", help="print the public key, which the product must know, and end")
    options = parser.parse_args(arguments)
    try:
        return run(options)
    except (Stop, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def say(what: str) -> None:
    """A line of the program's own course, with its instant."""
    print(f"{instant(time.time())} {what}", file=sys.stderr, flush=True)


def ending_by_signals() -> threading.Event:
    """What SIGTERM and Ctrl-C set."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    return ended


def run(options: argparse.Namespace) -> int:
    """What `main` was asked for."""
    if not CODE.fullmatch(options.name):
        raise Stop(f'--name "{options.name}": small Latin letters and digits, 30 at most.')
    if options.every not in EVERY:
        raise Stop("--every is from 1 to 3600 seconds.")
    record = Record(options.folder, options.name)
    if options.key:
        print(record.public_key)
        return 0
    looks = [read_look(each) for each in options.look]
    if not looks:
        raise Stop("Nothing to look at: give --look CODE=URL at least once.")
    ended = ending_by_signals()
    deliverer = Deliverer(record, options.to) if options.to else None
    if deliverer is not None:
        deliverer.start()

    def after() -> None:
        record.forget(days=options.keep, now=time.time())
        if deliverer is not None and not deliverer.pause:
            deliverer.wake.set()

    say(f"looking at {len(looks)} addresses every {options.every} s; public key {record.public_key}")
    look_for_ever(record, looks, every=options.every, rounds=options.rounds, ended=ended, after=after)
    if deliverer is not None:
        deliverer.ending.set()
        deliverer.wake.set()
        deliverer.join(2 * PATIENCE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
