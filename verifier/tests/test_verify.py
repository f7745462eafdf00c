"""The verifier confirms honest bundles and names what was tampered with."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from verifier import verify

from .bundles import digest, seal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

from .stories import STORY_VERDICT, VERIFIER, honest, leaves, refusal, story


def test_an_honest_bundle_is_verified() -> None:
    lines = verify.verify(json.dumps(honest(), ensure_ascii=False).encode())
    assert lines[0].startswith("Ticket ZAVOD-42: 11 events")
    assert any("KEPT" in line for line in lines)
    assert any(line.endswith("EXPIRED") for line in lines)


def run(arguments: list[str], stdin: bytes = b"", script: Path = VERIFIER) -> subprocess.CompletedProcess[bytes]:
    """Run the verifier as people do, isolated from every installed package."""
    command = [sys.executable, "-I", "-S", str(script), *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)  # noqa: S603


def test_it_runs_alone_wherever_it_is_copied(tmp_path: Path) -> None:
    script = tmp_path / "проверка.py"
    shutil.copy(VERIFIER, script)
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(honest()), encoding="utf-8")
    done = run([str(file)], script=script)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.splitlines()[-1] == b"VERIFIED"
    bundle = honest()
    bundle["verdict"]["reaction"]["state"] = "broken"
    done = run(["-"], json.dumps(bundle).encode(), script)
    assert done.returncode == 1
    assert done.stdout == b"NOT VERIFIED: verdict.reaction.state: the bundle says broken, the log gives kept\n"
    done = run(["-"], b"{", script)
    assert done.returncode == 2
    assert done.stderr.startswith(b"UNREADABLE: the input is not JSON")
    assert run([str(tmp_path / "absent.json")], script=script).returncode == 2
    assert run([str(tmp_path)], script=script).returncode == 2


def _payload(bundle: dict[str, Any]) -> None:
    bundle["events"][0]["payload"]["criticality"] = "non_critical"


def _at(bundle: dict[str, Any]) -> None:
    bundle["events"][1]["at"] = "2024-12-28T06:00:00Z"


def _recorded_at(bundle: dict[str, Any]) -> None:
    bundle["events"][1]["recorded_at"] = "2024-12-28T06:00:00Z"


def _hash(bundle: dict[str, Any]) -> None:
    bundle["events"][3]["hash"] = "0" * 64


def _prev_hash(bundle: dict[str, Any]) -> None:
    bundle["events"][3]["prev_hash"] = "0" * 64


def _order(bundle: dict[str, Any]) -> None:
    events = bundle["events"]
    events[3], events[4] = events[4], events[3]


def _order_renumbered(bundle: dict[str, Any]) -> None:
    _order(bundle)
    bundle["events"][3]["seq"], bundle["events"][4]["seq"] = 4, 5


def _dropped(bundle: dict[str, Any]) -> None:
    del bundle["events"][5]


def _dropped_last(bundle: dict[str, Any]) -> None:
    del bundle["events"][-1]


def _stream(bundle: dict[str, Any]) -> None:
    bundle["stream"] = bundle["stream"].replace("7b0e", "8b0e")


def _head(bundle: dict[str, Any]) -> None:
    bundle["head"]["hash"] = "1" * 64


def _calendar_day(bundle: dict[str, Any]) -> None:
    bundle["calendars"]["ru-1"]["content"]["years"]["2024"]["days"]["2024-12-28"]["type"] = "weekend"


def _calendar_day_and_digest(bundle: dict[str, Any]) -> None:
    _calendar_day(bundle)
    bundle["calendars"]["ru-1"]["digest"] = digest(bundle["calendars"]["ru-1"]["content"])


def _parameter(bundle: dict[str, Any]) -> None:
    bundle["regulation"]["parameters"]["reaction_seconds"]["critical"] = 14400


def _parameter_and_digest(bundle: dict[str, Any]) -> None:
    _parameter(bundle)
    bundle["regulation"]["digest"] = digest(bundle["regulation"]["parameters"])


def _ticket(bundle: dict[str, Any]) -> None:
    bundle["ticket"] = "ZAVOD-43"


def _as_of(bundle: dict[str, Any]) -> None:
    bundle["as_of"] = "2025-01-19T09:00:00Z"


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (_payload, "event 1 (filed): its hash is"),
        (_at, "event 2 (accepted): its hash is"),
        (_recorded_at, "event 2 (accepted): its hash is"),
        (_hash, "event 4 (receipt): its hash is 0000"),
        (_prev_hash, "event 4 (receipt): prev_hash is 0000"),
        (_order, "event 5 (customer_reacted) stands in place 4"),
        (_order_renumbered, "event 4 (customer_reacted): prev_hash is"),
        (_dropped, "event 7 (receipt) stands in place 6: event 6 is missing"),
        (_dropped_last, "head.seq is 11, but the last event is 10"),
        (_stream, "event 1 (filed) is of stream 7b0e"),
        (_head, "head.hash is 1111"),
        (_calendar_day, "calendars.ru-1.digest is"),
        (_calendar_day_and_digest, "event 1 (filed) names the calendar ru-1 with the digest"),
        (_parameter, "regulation.digest is"),
        (_parameter_and_digest, "regulation.digest is"),
        (_ticket, "ticket is ZAVOD-43, but event 1 (filed) names ZAVOD-42"),
        (_as_of, "as_of is 2025-01-19T09:00:00Z, earlier than"),
    ],
)
def test_each_tampering_is_named(tamper: Callable[[dict[str, Any]], None], named: str) -> None:
    bundle = honest()
    tamper(bundle)
    assert refusal(bundle).startswith(named)


def test_a_chain_that_goes_back_in_time_is_named_even_when_sealed_anew() -> None:
    bundle = honest()
    bundle["events"][4]["at"] = "2024-12-28T06:59:59Z"
    seal(bundle["events"])
    assert "event 5 (customer_reacted): at is 2024-12-28T06:59:59Z, earlier than" in refusal(bundle)


@pytest.mark.parametrize("path", leaves(STORY_VERDICT), ids=str)
def test_each_changed_field_of_the_verdict_is_named(path: tuple[Any, ...]) -> None:
    bundle = honest()
    spot = bundle["verdict"]
    for key in path[:-1]:
        spot = spot[key]
    old = spot[path[-1]]
    spot[path[-1]] = old + 1 if isinstance(old, int) else f"{old[:-1]}1"
    name = "verdict" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    assert refusal(bundle).startswith(f"{name}: the bundle says")


def test_missing_and_additional_parts_of_the_verdict_are_named() -> None:
    bundle = honest()
    del bundle["verdict"]["terms"][1]
    assert refusal(bundle) == "verdict.terms has 1 entries in the bundle, but the log gives 2"
    bundle = honest()
    del bundle["verdict"]["reaction"]["due"]
    assert refusal(bundle).startswith("verdict.reaction.due is missing; the log gives 2024-12-28T06:30:00Z")
    bundle = honest()
    bundle["verdict"]["penalty"] = 0
    assert refusal(bundle) == "verdict holds the key penalty, which a verdict does not have"
    bundle = honest()
    bundle["verdict"]["time"]["nobody"] = False  # equal to 0 in Python, but no number
    assert refusal(bundle) == "verdict.time.nobody: the bundle says false, the log gives 0"


def test_a_kept_head_shows_that_the_newest_events_were_removed() -> None:
    whole = honest()
    assert verify.check_kept_head(whole, whole["head"]["hash"]).endswith("it is the last event.")
    assert "(3 newer events" in verify.check_kept_head(whole, whole["events"][7]["hash"])
    short = story()
    del short.events[-1]
    with pytest.raises(verify.BrokenError, match="is not in this chain"):
        verify.check_kept_head(short.bundle("2025-01-21 09:00"), whole["head"]["hash"])
