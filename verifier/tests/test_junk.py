"""Junk and bounds: one clear sentence, bounded work."""

from __future__ import annotations

import json
import random
import time
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from verifier import verify

from .bundles import PARAMETERS, Log, calendar, moscow, seal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

from .stories import honest, judged, leaves


def text_of(change: Callable[[dict[str, Any]], Any]) -> bytes:
    """Give the honest bundle's text after a change."""
    bundle = honest()
    change(bundle)
    return json.dumps(bundle).encode()


JUNK: list[tuple[bytes, str]] = [
    (b"", "not JSON"),
    (b"\xff\xfe{}", "not UTF-8 (byte 0)"),
    (b"\xef\xbb\xbf{}", "not JSON"),
    (b"[]", "the bundle must be an object"),
    (b"{}", "the bundle lacks the key format"),
    (b"null", "the bundle must be an object, not null"),
    (b"[" * 100_000, "nested deeper"),
    (b"[" * 20 + b"]" * 20, "nested deeper"),
    (b'{"a":' * 100_000, "nested deeper"),
    (b"[" + b"{}," * 500_001 + b"{}]", "more than 500000 objects"),
    (b'{"a":1,"a":2}', "the key a twice"),
    (b'{"a":NaN}', "the number NaN"),
    (b'{"a":-Infinity}', "the number -Infinity"),
    (b'{"a":1.0}', "the number 1.0"),
    (b'{"a":1e5}', "the number 1e5"),
    (b"1" * 5_000_000, "a number of 5000000 digits"),
    (b'["\\ud800"]', "surrogate"),
    (text_of(lambda b: b.update(format="mespace-bundle/2")), "format must be mespace-bundle/1, not mespace-bundle/2"),
    (text_of(lambda b: b.update(extra=1)), "the key extra"),
    (text_of(lambda b: b.update(events=[])), "events must be a list with at least one event"),
    (text_of(lambda b: b.update(events={})), "events must be a list"),
    (text_of(lambda b: b.update(verdict=[])), "verdict must be an object"),
    (text_of(lambda b: b.update(calendars={})), "calendars must be an object"),
    (text_of(lambda b: b.update(as_of="2025-02-30T00:00:00Z")), "as_of must be an instant"),
    (text_of(lambda b: b.update(as_of="2025-01-21T06:00:00Z\n")), "as_of must be an instant"),
    (text_of(lambda b: b.update(as_of="2025-01-21T09:00:00+03:00")), "as_of must be an instant"),
    (text_of(lambda b: b.update(ticket="\u001b[2J x")), "ticket must be a short code without spaces, not \\u001b[2J x"),
    (text_of(lambda b: b["events"][2].update(seq=-3)), "events[3].seq must be a whole number from 1, not -3"),
    (text_of(lambda b: b["events"][2].update(seq=True)), "events[3].seq must be a whole number from 1, not true"),
    (text_of(lambda b: b["events"][2].update(seq="3")), "events[3].seq must be a whole number"),
    (text_of(lambda b: b["events"][2].update(payload=[])), "events[3].payload must be an object"),
    (text_of(lambda b: b["events"][2].update(actor="user:Иван")), "events[3].actor must be user:NUMBER"),
    (text_of(lambda b: b["events"][2].pop("recorded_at")), "events[3] lacks the key recorded_at"),
    (text_of(lambda b: b["events"][2].update(hash="A" * 64)), "events[3].hash must be 64 hex digits in lower case"),
    (text_of(lambda b: b["regulation"]["parameters"].update(answer_days=-1)), "answer_days must be a number of days"),
    (text_of(lambda b: b["regulation"]["parameters"].update(answer_days=10**9)), "answer_days must be a number of days"),
    (text_of(lambda b: b["regulation"]["parameters"].update(day_end="07:00")), "day_end must be later than day_start"),
    (text_of(lambda b: b["regulation"]["parameters"].update(day_end="24:61")), "day_end must be a time of day"),
    (text_of(lambda b: b["calendars"]["ru-1"]["content"].update(offsets=[])), "offsets must be a list"),
    (text_of(lambda b: b["calendars"]["ru-1"]["content"].update(years={"MMXXV": {}})), "named by a year"),
    (text_of(lambda b: b["calendars"]["ru-1"]["content"]["years"]["2024"]["days"].update({"2025-01-01": {}})), "named by a date of 2024"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "named"), JUNK, ids=range(len(JUNK)))
def test_junk_gets_one_clear_sentence(
    data: bytes, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bundle.json"
    file.write_bytes(data)
    assert verify.main([str(file)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith("UNREADABLE: ") and named in said.err


def test_an_endless_input_is_cut_off() -> None:
    with pytest.raises(verify.UnreadableError, match="larger than 16 MiB"):
        verify.read_bytes("/dev/zero")


def test_random_damage_never_ends_in_a_stack_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(7)  # noqa: S311
    junk: list[Any] = [None, True, -1, 0, "", "x", [], {}, [1], {"edition": []}, "9" * 300, 10**14]
    file = tmp_path / "bundle.json"
    for _ in range(400):
        bundle = honest()
        path = chance.choice(leaves(bundle))
        cut = path[: chance.randrange(1, len(path) + 1)]
        spot: Any = bundle
        for key in cut[:-1]:
            spot = spot[key]
        if spot[cut[-1]] == (value := chance.choice(junk)):
            continue
        spot[cut[-1]] = value
        if isinstance(bundle["events"], list) and chance.random() < 0.7:  # a damage that is sealed goes deeper
            try:
                seal(bundle["events"])
                bundle["head"]["hash"] = bundle["events"][-1]["hash"]
            except (TypeError, KeyError, AttributeError, IndexError, ValueError):
                pass
        file.write_text(json.dumps(bundle), encoding="utf-8")
        status = verify.main([str(file)])
        said = capsys.readouterr()
        if status == 0:  # sealed anew: an id or a recorded_at bears on no verdict
            assert cut[0] in ("events", "head")
        else:
            assert (said.out + said.err).count("\n") == 1


def test_work_is_bounded_and_a_ticket_of_many_years_is_quick() -> None:
    log = Log()
    years = {f"{year:04d}": {"state": "adopted", "known_from": None, "days": {}} for year in range(1990, 9999)}
    log.calendars["ru-1"]["years"] = years
    log.filed("1995-01-10 09:00").accepted("1995-01-10 09:30").asked("1995-01-10 10:00")
    started = time.process_time()
    verdict = judged(log, "2025-01-10 09:00")
    assert time.process_time() - started < 2  # thirty years
    assert (
        sum(verdict["time"][key] for key in ("vendor", "customer", "third_party", "outside", "nobody"))
        == (verdict["time"]["total"])
    )
    never = {
        f"{date.fromordinal(n)}": "moved_day_off"
        for n in range(date(2025, 1, 13).toordinal(), date(2025, 2, 1).toordinal())
    }
    log = Log()
    for day, kind in never.items():
        log.calendars["ru-1"]["years"]["2025"]["days"][day] = {"type": kind, "source": None}
    assert judged(log.filed("2025-01-13 09:00"), "2025-01-13 09:00")["reaction"]["due"] == moscow("2025-02-03 16:00")
    budget = verify.Budget()
    budget.left = 10
    with pytest.raises(verify.UnreadableError, match="calendar arithmetic"):
        verify.WorkingTime(calendar(), PARAMETERS, budget).between(1_735_000_000, 1_745_000_000)
