"""The prober as a program: it looks, keeps, delivers, survives, and starts fast."""

import http.server
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mespace.cli.probe import Deliverer, Look, Record, Stop, lines_of, read_look

PROGRAM = Path(__file__).parents[1] / "probe.py"


class Product(http.server.BaseHTTPRequestHandler):
    """What is looked at, and what takes deliveries; `answers` says how."""

    answers: list[tuple[int, dict[str, Any]]]
    taken: list[dict[str, Any]]

    def do_GET(self) -> None:
        self.send_response(503 if self.path == "/down/" else 302 if self.path == "/moved/" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, said = self.answers.pop(0) if self.answers else (200, {"accepted": body["rounds"][-1]["seq"]})
        if status == 200:
            self.taken.extend(body["rounds"])
        answer = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def product(*answers: tuple[int, dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    handler = type("Handler", (Product,), {"answers": list(answers), "taken": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", handler.taken
    finally:
        server.shutdown()
        server.server_close()


def filled(folder: Path, count: int, *, now: float = 1_763_445_600.0) -> Record:
    record = Record(folder, "kazan")
    for number in range(count):
        record.add({"tracker": {"ok": True, "status": 200, "ms": 1, "why": ""}}, every=60, now=now + 60 * number)
    return record


def test_it_sees_what_answers_and_says_why_not() -> None:
    with product() as (url, _):
        seen = {path: Look("x", f"{url}{path}").seen() for path in ("/", "/down/", "/moved/")}
    assert [(each["ok"], each["status"], each["why"]) for each in seen.values()] == [
        (True, 200, ""),
        (False, 503, "status"),
        (False, 302, "status"),
    ]
    gone = Look("x", url).seen()
    assert (gone["ok"], gone["status"], gone["why"]) == (False, 0, "refused")


def test_a_restart_goes_on_with_the_chain_and_cuts_away_a_torn_line(tmp_path: Path) -> None:
    first = filled(tmp_path, 3)
    path = first.files()[-1]
    with path.open("ab") as out:
        out.write(b'{"seq":4,"at":"2026')  # the power went
    again = Record(tmp_path, "kazan")
    assert (again.seq, again.head, again.public_key) == (3, first.head, first.public_key)
    filled(tmp_path, 1, now=1_763_446_000.0)
    rounds = list(lines_of(path))
    assert [each["seq"] for each in rounds] == [1, 2, 3, 4]
    assert [each["prev"] for each in rounds] == ["0" * 64, *(each["hash"] for each in rounds[:-1])]
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(again.public_key))
    for each in rounds:
        key.verify(bytes.fromhex(each["sig"]), each["hash"].encode())
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_time_never_runs_backwards_in_the_record(tmp_path: Path) -> None:
    record = filled(tmp_path, 1, now=2_000_000_000.0)
    assert record.add({}, every=60, now=1_000_000_000.0)["at"] == "2033-05-18T03:33:20Z"


def test_what_cannot_be_delivered_is_kept_and_delivered_later(tmp_path: Path) -> None:
    record = filled(tmp_path, 5)
    deliverer = Deliverer(record, "http://127.0.0.1:9")
    deliverer.empty()
    assert (record.delivered, deliverer.pause > 0) == (0, True)
    with product((503, {}), (429, {})) as (url, taken):
        deliverer.to = url
        for _ in range(3):
            deliverer.empty()
        assert [each["seq"] for each in taken] == [1, 2, 3, 4, 5]
    assert Record(tmp_path, "kazan").delivered == 5


def test_it_goes_back_to_where_the_product_is_and_halves_what_is_too_large(tmp_path: Path) -> None:
    record = filled(tmp_path, 4)
    record.note_delivered(3)
    with product((409, {"expected": 2}), (413, {})) as (url, taken):
        deliverer = Deliverer(record, url)
        for _ in range(3):
            deliverer.empty()
        assert [each["seq"] for each in taken] == [2, 3, 4]
        assert deliverer.most == 200


def test_old_rounds_are_forgotten_only_when_they_were_delivered(tmp_path: Path) -> None:
    day = 86400.0
    filled(tmp_path, 1)
    record = filled(tmp_path, 1, now=1_763_445_600.0 + 500 * day)
    record.forget(days=400, now=1_763_445_600.0 + 500 * day)
    assert len(record.files()) == 2
    record.note_delivered(1)
    record.forget(days=400, now=1_763_445_600.0 + 500 * day)
    assert len(record.files()) == 1


@pytest.mark.parametrize("text", ["tracker", "Трекер=http://a/", "a=ftp://a/", "a=http://", "=http://a/"])
def test_junk_is_refused_by_name(text: str) -> None:
    with pytest.raises(Stop, match="--look"):
        read_look(text)


def test_the_file_alone_looks_and_delivers(tmp_path: Path) -> None:
    with product() as (url, taken):
        command = [sys.executable, str(PROGRAM), "--name", "kazan", "--folder", str(tmp_path / "record"), "--to", url]
        began = time.monotonic()
        done = subprocess.run(
            [*command, "--look", f"tracker={url}/", "--look", f"docs={url}/down/", "--every", "1", "--rounds", "2"],
            env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert time.monotonic() - began < 50
        assert [each["seq"] for each in taken] == [1, 2]
        assert taken[0]["results"]["docs"]["ok"] is False
        key = subprocess.run([*command, "--key"], capture_output=True, text=True, check=True).stdout.strip()
        assert key == Record(tmp_path / "record", "kazan").public_key
