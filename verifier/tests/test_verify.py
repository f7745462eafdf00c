"""The verifier confirms honest bundles and names the first thing that is wrong in the others."""

from __future__ import annotations

import copy
import json
import random
import shutil
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from verifier import verify

from .bundles import PARAMETERS, Log, calendar, digest, moscow, pin, seal

if TYPE_CHECKING:
    from collections.abc import Callable

VERIFIER = Path(verify.__file__)


def story() -> Log:
    """Tell a critical incident with an answered question and a proposal that ran out (11 events)."""
    log = Log().filed("2024-12-27 16:30", "incident", "critical").accepted("2024-12-28 09:30").asked("2024-12-28 09:30")
    log.receipt("2024-12-28 10:00", "read").reacted("2025-01-09 12:00").proposed("2025-01-09 13:00", 2)
    log.receipt("2025-01-10 17:00", term=2).reminded("2025-01-14 08:00", 2)
    log.expired("2025-01-15 17:00", 2, "solution_proposed").reacted("2025-01-20 09:00", "suspended")
    return log.closed("2025-01-20 10:00")


STORY_VERDICT: dict[str, Any] = {  # worked out with pencil and paper
    "as_of": moscow("2025-01-21 09:00"),
    "status": "closed",
    "resolution": "solved",
    "reaction": {
        "state": "kept", "registered_at": "2024-12-27T13:30:00Z", "due": "2024-12-28T06:30:00Z",
        "reacted_at": "2024-12-28T06:30:00Z", "target_seconds": 7200, "working_seconds": 7200,
        "deadlines": [{"seq": 1, "due": "2024-12-28T06:30:00Z", "target_seconds": 7200, "cause": "registered"}],
    },
    "terms": [
        {
            "term": 1, "kind": "question", "opened_at": moscow("2024-12-28 09:30"),
            "presumed_at": moscow("2025-01-09 17:00"), "received_at": moscow("2024-12-28 10:00"), "evidence": "read",
            "reminder_at": moscow("2025-01-10 08:00"), "due": moscow("2025-01-13 17:00"),
            "ended_at": moscow("2025-01-09 12:00"), "outcome": "answered",
        },
        {
            "term": 2, "kind": "proposal", "opened_at": moscow("2025-01-09 13:00"),
            "presumed_at": moscow("2025-01-10 17:00"), "received_at": moscow("2025-01-10 17:00"),
            "evidence": "presumed", "reminder_at": moscow("2025-01-14 08:00"), "due": moscow("2025-01-15 17:00"),
            "ended_at": moscow("2025-01-15 17:00"), "outcome": "expired",
        },
    ],
    "time": {
        "vendor": 4 * 3600, "customer": 253_800, "third_party": 0, "outside": 1_782_000, "nobody": 0,
        "total": 2_050_200,
    },
}  # fmt: skip


def honest() -> dict[str, Any]:
    """Give the story's bundle with its right verdict."""
    return story().bundle("2025-01-21 09:00", copy.deepcopy(STORY_VERDICT))


def refusal(bundle: dict[str, Any]) -> str:
    """Give the sentence in which the verifier names what does not hold."""
    with pytest.raises(verify.BrokenError) as caught:
        verify.verify(json.dumps(bundle).encode())
    return str(caught.value)


def judged(log: Log, as_of: str) -> dict[str, Any]:
    """Give the verdict that the verifier makes of a log, after the same checks that it always makes."""
    bundle = verify.check_form(verify.parse(json.dumps(log.bundle(as_of)).encode()))
    verify.check_chain(bundle)
    verify.check_digests(bundle)
    return verify.Replay(bundle).verdict()


def unlawful(log: Log, as_of: str = "2026-11-20 12:00") -> str:
    """Give the sentence about a log whose chain is whole, but whose story is not allowed."""
    with pytest.raises(verify.BrokenError) as caught:
        judged(log, as_of)
    return str(caught.value)


# --- the honest bundle ------------------------------------------------------------------------------------------------


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


# --- tampering --------------------------------------------------------------------------------------------------------


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


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key in value for leaf in _leaves(value[key], (*path, key))]
    if isinstance(value, list):
        return [leaf for number, item in enumerate(value) for leaf in _leaves(item, (*path, number))]
    return [path]


@pytest.mark.parametrize("path", _leaves(STORY_VERDICT), ids=str)
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


# --- the reaction -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("registered", "kind", "criticality", "due"),
    [
        ("2024-12-27 16:30", "incident", "critical", "2024-12-28 09:30"),
        ("2024-12-28 16:30", "incident", "non_critical", "2025-01-09 15:30"),
        ("2024-12-28 16:30", "bug", "non_critical", "2025-01-09 15:30"),
        ("2025-01-13 08:00", "incident", "critical", "2025-01-13 10:00"),
        ("2025-01-13 07:59:59", "incident", "critical", "2025-01-13 10:00"),
        ("2025-01-13 15:00", "incident", "critical", "2025-01-13 17:00"),
        ("2025-01-13 15:00:01", "incident", "critical", "2025-01-14 08:00:01"),
        ("2025-01-13 16:59:59", "incident", "critical", "2025-01-14 09:59:59"),
        ("2025-01-13 17:00", "incident", "critical", "2025-01-14 10:00"),
        ("2025-01-11 12:00", "consultation", "non_critical", "2025-01-13 16:00"),
        ("2025-01-13 09:00", "change_request", "non_critical", "2025-01-13 17:00"),
    ],
)
def test_the_reaction_is_due_to_the_second(registered: str, kind: str, criticality: str, due: str) -> None:
    log = Log().filed(registered, kind, criticality)
    assert judged(log, registered)["reaction"]["due"] == moscow(due)


def test_acting_at_the_due_instant_is_in_time_and_a_second_later_is_not() -> None:
    for at, state in (("2025-01-13 10:00", "kept"), ("2025-01-13 10:00:01", "broken")):
        log = Log().filed("2025-01-13 08:00", "incident", "critical").accepted(at)
        assert judged(log, "2025-01-13 12:00")["reaction"]["state"] == state
    waiting = Log().filed("2025-01-13 08:00", "incident", "critical")
    assert judged(waiting, "2025-01-13 10:00")["reaction"]["state"] == "running"
    late = judged(waiting, "2025-01-13 10:00:01")["reaction"]
    assert (late["state"], late["reacted_at"], late["working_seconds"]) == ("broken", None, 7201)


def reclassified(log: Log, at: str, kind: str, criticality: str) -> Log:
    """Append a change of type or criticality by the customer."""
    return log.add(at, "reclassified", "user:17", type=kind, criticality=criticality, by="customer")


def test_raised_while_the_new_deadline_is_ahead() -> None:
    log = reclassified(Log().filed("2025-01-13 08:00", "incident"), "2025-01-13 09:59:59", "incident", "critical")
    assert judged(log, "2025-01-13 09:59:59")["reaction"]["deadlines"] == [
        {"seq": 1, "due": moscow("2025-01-13 16:00"), "target_seconds": 28800, "cause": "registered"},
        {"seq": 2, "due": moscow("2025-01-13 10:00"), "target_seconds": 7200, "cause": "raised"},
    ]


@pytest.mark.parametrize(
    ("changed", "due"),
    [
        ("2025-01-13 10:00", "2025-01-13 12:00"),  # the new deadline is now: it is not ahead any more
        ("2025-01-13 13:00", "2025-01-13 15:00"),
        ("2025-01-13 15:00", "2025-01-13 16:00"),  # the deadline in force is earlier
        ("2025-01-13 16:00", "2025-01-13 16:00"),
    ],
)
def test_raised_when_the_new_deadline_has_passed(changed: str, due: str) -> None:
    log = reclassified(Log().filed("2025-01-13 08:00", "incident"), changed, "incident", "critical").accepted(
        "2025-01-13 16:00"
    )
    reaction = judged(log, "2025-01-13 17:00")["reaction"]
    assert reaction["due"] == moscow(due)
    assert reaction["state"] == ("kept" if due == "2025-01-13 16:00" else "broken")


def test_lowered_counts_from_registration_but_a_passed_deadline_stays_broken() -> None:
    for changed, state in (("2025-01-13 10:00", "kept"), ("2025-01-13 10:00:01", "broken")):
        log = Log().filed("2025-01-13 08:00", "incident", "critical")
        reclassified(log, changed, "bug", "non_critical").accepted("2025-01-13 11:00")
        reaction = judged(log, "2025-01-13 12:00")["reaction"]
        assert (reaction["state"], reaction["due"]) == (state, moscow("2025-01-13 16:00"))
        assert [one["cause"] for one in reaction["deadlines"]] == ["registered", "lowered"]


def test_a_change_without_another_target_or_after_the_reaction_moves_nothing() -> None:
    log = reclassified(Log().filed("2025-01-13 08:00"), "2025-01-13 09:00", "incident", "non_critical")
    log.accepted("2025-01-13 15:00")
    reclassified(log, "2025-01-13 15:30", "incident", "critical")
    reaction = judged(log, "2025-01-14 12:00")["reaction"]
    assert (reaction["state"], reaction["target_seconds"], len(reaction["deadlines"])) == ("kept", 28800, 1)


def test_withdrawn_while_open_is_neither_kept_nor_broken() -> None:
    log = Log().filed("2025-01-13 08:00", "incident", "critical").withdrawn("2025-01-13 12:00")
    verdict = judged(log, "2025-01-20 12:00")
    reaction = verdict["reaction"]
    assert (reaction["state"], reaction["reacted_at"], reaction["working_seconds"]) == ("withdrawn", None, 4 * 3600)
    assert (verdict["status"], verdict["resolution"], verdict["time"]["total"]) == ("closed", "withdrawn", 4 * 3600)


# --- terms ------------------------------------------------------------------------------------------------------------


def question(at: str) -> Log:
    """Tell a ticket that is asked at this instant."""
    return Log().filed("2025-01-09 09:00").accepted("2025-01-09 10:00").asked(at)


@pytest.mark.parametrize(
    ("published", "presumed", "reminder", "due"),
    [
        ("2025-01-11 12:00", "2025-01-13 17:00", "2025-01-15 08:00", "2025-01-16 17:00"),  # Saturday
        ("2025-01-13 08:00", "2025-01-14 17:00", "2025-01-16 08:00", "2025-01-17 17:00"),
        ("2025-01-13 23:59:59", "2025-01-14 17:00", "2025-01-16 08:00", "2025-01-17 17:00"),
        ("2025-01-16 12:00", "2025-01-17 17:00", "2025-01-21 08:00", "2025-01-22 17:00"),
    ],
)
def test_a_term_without_evidence(published: str, presumed: str, reminder: str, due: str) -> None:
    running = judged(question(published), published)["terms"][0]
    assert (running["received_at"], running["evidence"], running["outcome"]) == (None, None, "running")
    came = judged(question(published), presumed)["terms"][0]
    assert (came["received_at"], came["evidence"]) == (moscow(presumed), "presumed")
    log = question(published).receipt(presumed).reminded(reminder).expired(due).reacted("2025-02-03 17:05", "suspended")
    verdict = judged(log, "2025-02-04 09:00")
    term = verdict["terms"][0]
    for one in (running, came, term):
        assert [one[key] for key in ("presumed_at", "reminder_at", "due")] == [*map(moscow, (presumed, reminder, due))]
    assert (term["ended_at"], term["outcome"], verdict["status"]) == (moscow(due), "expired", "analysis")


def test_received_on_a_day_off_that_day_is_day_zero_and_later_evidence_moves_nothing() -> None:
    log = question("2025-01-11 12:00").receipt("2025-01-11 12:30", "read").receipt("2025-01-12 12:30", "mail")
    term = judged(log, "2025-01-13 12:00")["terms"][0]
    assert (term["received_at"], term["evidence"]) == (moscow("2025-01-11 12:30"), "read")
    assert (term["reminder_at"], term["due"]) == (moscow("2025-01-14 08:00"), moscow("2025-01-15 17:00"))


def test_a_reaction_is_evidence_and_at_the_due_instant_it_is_in_time() -> None:
    term = judged(question("2025-01-13 12:00").reacted("2025-01-13 13:00"), "2025-01-13 13:00")["terms"][0]
    assert (term["received_at"], term["evidence"]) == (moscow("2025-01-13 13:00"), "reaction")
    assert (term["due"], term["outcome"]) == (moscow("2025-01-16 17:00"), "answered")
    log = question("2025-01-13 12:00").receipt("2025-01-14 17:00").reminded("2025-01-16 08:00")
    term = judged(log.reacted("2025-01-17 17:00"), "2025-01-18 12:00")["terms"][0]
    assert (term["ended_at"], term["outcome"]) == (moscow("2025-01-17 17:00"), "answered")


@pytest.mark.parametrize(
    ("missing", "events"),
    [
        ("receipt (presumed)", []),
        ("reminded", ["receipt"]),
        ("suspended_unanswered", ["receipt", "reminded"]),
    ],
)
def test_a_timer_that_did_not_settle_first_is_named(missing: str, events: list[str]) -> None:
    log = question("2025-01-13 12:00")
    if "receipt" in events:
        log.receipt("2025-01-14 17:00")
    if "reminded" in events:
        log.reminded("2025-01-16 08:00")
    said = unlawful(log.reacted("2025-01-17 17:00:01"))
    assert said.startswith("event") and f"{missing} of term 1 had come due" in said


@pytest.mark.parametrize("at", ["2025-01-17 16:59:59", "2025-01-17 17:00:01"])
def test_a_suspension_at_another_second_is_named(at: str) -> None:
    log = question("2025-01-13 12:00").receipt("2025-01-14 17:00").reminded("2025-01-16 08:00").expired(at)
    assert "term 1" in unlawful(log) and moscow("2025-01-17 17:00") in unlawful(log)


def test_presumption_and_reminder_at_another_second_are_named() -> None:
    said = unlawful(question("2025-01-13 12:00").receipt("2025-01-14 16:59:59"))
    assert said.endswith(f"but the presumed receipt of term 1 is {moscow('2025-01-14 17:00')}")
    said = unlawful(question("2025-01-13 12:00").receipt("2025-01-14 17:00").reminded("2025-01-15 08:00"))
    assert said.endswith(f"but the reminder of term 1 is {moscow('2025-01-16 08:00')}")


def test_other_ends_of_a_term() -> None:
    log = question("2025-01-13 12:00").proposed("2025-01-13 13:00", 2, "info_requested")
    log.add("2025-01-13 14:00", "retracted", from_="solution_proposed", to_="analysis", message=9, reason_digest="a" * 64)
    log.asked("2025-01-13 14:30", 3).closed("2025-01-13 15:00", "info_requested", "declined", message=9, digest="a" * 64, files=[])
    verdict = judged(log, "2025-01-14 12:00")
    assert [term["outcome"] for term in verdict["terms"]] == ["replaced", "retracted", "closed"]
    assert [term["received_at"] for term in verdict["terms"]] == [None, None, None]


def test_a_proposal_can_be_accepted_even_after_its_term_but_not_a_question() -> None:
    for kind, allowed in (("solution_proposed", True), ("info_requested", False)):
        log = Log().filed("2025-01-13 09:00").accepted("2025-01-13 09:30")
        log = log.proposed("2025-01-13 12:00") if allowed else log.asked("2025-01-13 12:00")
        log.receipt("2025-01-14 17:00").reminded("2025-01-16 08:00").expired("2025-01-17 17:00", was=kind)
        log.add("2025-01-20 12:00", "solution_accepted", from_="suspended", to_="closed", resolution="solved")
        if allowed:
            assert judged(log, "2025-01-20 12:00")["status"] == "closed"
        else:
            assert "no proposed solution" in unlawful(log)


# --- moves ------------------------------------------------------------------------------------------------------------


def accepted() -> Log:
    """Tell a ticket that support has taken."""
    return Log().filed("2025-01-13 09:00").accepted("2025-01-13 09:30")


@pytest.mark.parametrize(
    ("log", "named"),
    [
        (Log().accepted("2025-01-13 09:00"), "event 1 (accepted): a log begins with filed"),
        (accepted().filed("2025-01-13 10:00"), "event 3 (filed): a log begins with filed"),
        (Log().filed("2025-01-13 09:00").closed("2025-01-13 10:00"), "event 2 (closed): from is analysis, but the status so far is open"),
        (Log().filed("2025-01-13 09:00").closed("2025-01-13 10:00", "open"), "event 2 (closed): it is not allowed from open"),
        (accepted().accepted("2025-01-13 10:00"), "event 3 (accepted): from is open"),
        (accepted().reacted("2025-01-13 10:00", "analysis"), "event 3 (customer_reacted): it is not allowed from analysis"),
        (accepted().closed("2025-01-13 10:00", resolution="withdrawn"), "event 3 (closed): resolution is withdrawn"),
        (accepted().closed("2025-01-13 10:00", resolution="third_party"), "event 3 (closed): a closing as third_party must carry vendor"),
        (accepted().closed("2025-01-13 10:00", resolution="duplicate", duplicate_of="ZAVOD-42"), "event 3 (closed): the ticket is closed as a duplicate of itself"),
        (accepted().closed("2025-01-13 10:00").withdrawn("2025-01-13 11:00", "closed"), "event 4 (withdrawn): it is not allowed from closed"),
        (accepted().asked("2025-01-13 10:00", 2), "event 3 (asked): term is 2, but the next term is 1"),
        (accepted().receipt("2025-01-13 10:00", "read"), "event 3 (receipt): there is no term 1 yet"),
        (accepted().asked("2025-01-13 10:00").closed("2025-01-13 10:30", "info_requested").reminded("2025-01-13 11:00"), "event 5 (reminded): term 1 is not running"),
        (accepted().add("2025-01-13 10:00", "work_started", from_="analysis", to_="scheduled"), "event 3 (work_started): to is scheduled"),
        (accepted().add("2025-01-13 10:00", "work_started", "timer", from_="analysis", to_="in_progress"), "event 3 (work_started): timer cannot do that"),
        (Log().filed("2025-01-13 09:00").add("2025-01-13 10:00", "accepted", "mail", from_="open", to_="analysis"), "event 2 (accepted): mail cannot do that"),
        (Log().filed("2025-01-13 09:00", "bug", "critical"), "event 1 (filed): a bug cannot be critical"),
        (reclassified(Log().filed("2025-01-13 09:00"), "2025-01-13 09:10", "incident", "critical"), "event 2 (reclassified): a bug that becomes an incident starts"),
        (Log().filed("2025-01-13 09:00").add("2025-01-13 10:00", "criticality_proposed", criticality="critical", message=9, reason_digest="a" * 64), "event 2 (criticality_proposed): before the reaction"),
        (accepted().add("2025-01-13 10:00", "deleted"), "event 3 (deleted): there is no such kind"),
        (accepted().add("2025-01-13 10:00", "joined"), "event 3 (joined): its payload lacks user"),
        (accepted().add("2025-01-13 10:00", "joined", user=5, note="x"), "event 3 (joined): its payload holds note"),
        (accepted().add("2025-01-13 10:00", "joined", user=True), "event 3 (joined): user must be an id, not true"),
        (accepted().add("2025-01-13 10:00", "joined", user="Иван Петров"), "event 3 (joined): user must be an id"),
        (Log().filed("2025-01-13 09:00").withdrawn("2025-01-13 10:00").add("2025-01-13 11:00", "reopened", from_="closed", to_="analysis", message=9, reason_digest="a" * 64), "event 3 (reopened): a ticket withdrawn while open"),
        (accepted().closed("2025-01-13 10:00").add("2025-01-13 11:00", "duplicate_undone", from_="closed", to_="analysis", message=9, reason_digest="a" * 64), "event 4 (duplicate_undone): the ticket is closed as solved"),
    ],
)  # fmt: skip
def test_what_the_regulation_does_not_allow_is_named(log: Log, named: str) -> None:
    assert unlawful(log).startswith(named)


def test_reopening_until_the_last_second_and_the_time_between_is_nobodys() -> None:
    for at, allowed in (("2025-01-27 10:00", True), ("2025-01-27 10:00:01", False)):
        log = accepted().closed("2025-01-13 10:00")
        log.add(at, "reopened", "user:17", from_="closed", to_="analysis", message=9, reason_digest="a" * 64)
        if allowed:
            verdict = judged(log, "2025-01-27 11:00")
            assert verdict["time"] == {
                "vendor": 7200, "customer": 0, "third_party": 0, "outside": 0, "nobody": 1_209_600, "total": 1_216_800,
            }  # fmt: skip
            assert verdict["resolution"] is None
        else:
            assert "it could be reopened until" in unlawful(log)


def test_whose_ball_it_is_while_suspended_by_hand() -> None:
    for party in ("customer", "third_party"):
        log = accepted().add(
            "2025-01-13 10:00",
            "suspended",
            from_="analysis",
            to_="suspended",
            waiting_for=party,
            message=9, reason_digest="a" * 64,
        )
        times = judged(log, "2025-01-14 09:00")["time"]
        assert (times[party], times["vendor"], times["outside"], times["total"]) == (28800, 3600, 54000, 86400)


def test_an_accepted_ticket_may_be_asked_or_closed_in_the_same_second() -> None:
    log = (
        Log()
        .filed("2025-01-13 09:00")
        .accepted("2025-01-13 09:30")
        .closed("2025-01-13 09:30", resolution="consultation")
    )
    verdict = judged(log, "2025-01-13 09:30")
    assert (verdict["reaction"]["state"], verdict["time"]["vendor"]) == ("kept", 1800)


# --- calendars --------------------------------------------------------------------------------------------------------


def corrected() -> dict[str, Any]:
    """Give the calendar in which Friday 2025-01-17 turned out to be a day off."""
    content = calendar("ru-2")
    content["years"]["2025"]["days"]["2025-01-17"] = {"type": "moved_day_off", "source": None}
    return content


def test_a_correction_repins_what_is_open() -> None:
    log = Log()
    log.calendars["ru-2"] = corrected()
    log.filed("2025-01-16 16:00")
    log.add(
        "2025-01-16 16:30", "repinned", subject="reaction", calendar=pin(corrected()), old=moscow("2025-01-17 15:00"),
        new=moscow("2025-01-20 15:00"),
    ).accepted("2025-01-20 15:00")  # fmt: skip
    reaction = judged(log, "2025-01-20 16:00")["reaction"]
    assert (reaction["state"], reaction["working_seconds"]) == ("kept", 28800)
    assert [one["cause"] for one in reaction["deadlines"]] == ["registered", "repinned"]

    log = question("2025-01-13 12:00")
    log.calendars["ru-2"] = corrected()
    log.receipt("2025-01-14 17:00")
    log.add(
        "2025-01-15 09:00", "repinned", subject="term:1", calendar=pin(corrected()), old=moscow("2025-01-17 17:00"),
        new=moscow("2025-01-20 17:00"),
    ).reminded("2025-01-16 08:00").expired("2025-01-20 17:00")  # fmt: skip
    assert judged(log, "2025-01-21 09:00")["terms"][0]["due"] == moscow("2025-01-20 17:00")


def repinned(log: Log, at: str, subject: str, edition: str, old: str, new: str) -> Log:
    """Append a re-pinning to this calendar."""
    return log.add(
        at, "repinned", "timer", subject=subject, calendar=pin(log.calendars[edition]), old=moscow(old), new=moscow(new)
    )


def both() -> Log:
    """Begin a log whose bundle holds the calendar and its correction."""
    log = Log()
    log.calendars["ru-2"] = corrected()
    return log


def test_a_repinning_folds_the_changes_so_far_again() -> None:
    log = reclassified(both().filed("2025-01-16 12:00", "incident"), "2025-01-16 16:00", "incident", "critical")
    repinned(log, "2025-01-16 16:30", "reaction", "ru-2", "2025-01-17 09:00", "2025-01-20 09:00")
    assert judged(log, "2025-01-20 09:00")["reaction"]["state"] == "running"


def test_a_repinning_into_the_past_ends_the_term_at_the_repinning() -> None:
    log = both().filed("2025-01-13 09:00").accepted("2025-01-13 09:30").asked("2025-01-13 12:00", edition="ru-2")
    log.receipt("2025-01-14 17:00").reminded("2025-01-16 08:00")
    repinned(log, "2025-01-18 12:00", "term:1", "ru-1", "2025-01-20 17:00", "2025-01-17 17:00")
    log.expired("2025-01-18 12:00")
    term = judged(log, "2025-01-18 12:00")["terms"][0]
    assert (term["due"], term["ended_at"]) == (moscow("2025-01-17 17:00"), moscow("2025-01-18 12:00"))


def test_a_presumption_that_a_correction_moves_into_the_past_comes_at_the_repinning() -> None:
    log = both().filed("2025-01-13 09:00").accepted("2025-01-13 09:30").asked("2025-01-16 12:00", edition="ru-2")
    repinned(log, "2025-01-20 09:00", "term:1", "ru-1", "2025-01-23 17:00", "2025-01-23 17:00")
    log.receipt("2025-01-20 09:00")
    term = judged(log, "2025-01-20 10:00")["terms"][0]
    assert (term["presumed_at"], term["received_at"]) == (moscow("2025-01-17 17:00"), moscow("2025-01-20 09:00"))
    assert term["due"] == moscow("2025-01-23 17:00")


def test_a_repinning_leaves_a_receipt_that_has_come() -> None:
    log = both().filed("2025-01-13 09:00").accepted("2025-01-13 09:30").asked("2025-01-16 12:00", edition="ru-2")
    log.receipt("2025-01-20 17:00")
    repinned(log, "2025-01-21 09:00", "term:1", "ru-1", "2025-01-23 17:00", "2025-01-23 17:00")
    term = judged(log, "2025-01-21 09:00")["terms"][0]
    assert (term["presumed_at"], term["received_at"]) == (moscow("2025-01-20 17:00"), moscow("2025-01-20 17:00"))


def test_the_time_is_split_by_the_calendar_named_last() -> None:
    log = both().filed("2025-01-16 11:00").accepted("2025-01-16 11:30").asked("2025-01-16 12:00")
    log.receipt("2025-01-16 13:00", "read")
    repinned(log, "2025-01-16 16:30", "term:1", "ru-2", "2025-01-21 17:00", "2025-01-22 17:00")
    assert judged(log, "2025-01-20 09:00")["time"]["customer"] == 6 * 3600  # Friday turned out to be a day off


def test_a_wrong_repinning_is_named() -> None:
    for subject, old, new, named in (
        ("reaction", "2025-01-17 15:00", "2025-01-20 15:01", "new is 2025-01-20T12:01:00Z, but the deadline is"),
        ("reaction", "2025-01-17 15:01", "2025-01-20 15:00", "old is 2025-01-17T12:01:00Z, but the deadline is"),
        ("term:1", "2025-01-17 15:00", "2025-01-20 15:00", "term:1 is not running"),
    ):
        log = Log()
        log.calendars["ru-2"] = corrected()
        log.filed("2025-01-16 16:00").add(
            "2025-01-16 16:30", "repinned", subject=subject, calendar=pin(corrected()), old=moscow(old), new=moscow(new)
        )
        assert named in unlawful(log)


def test_a_year_without_calendar_is_named_and_a_provisional_one_is_marked() -> None:
    assert "has no year 2023" in unlawful(Log().filed("2023-05-02 09:00"))
    log = Log().filed("2026-05-04 09:00")
    bundle = log.bundle("2026-05-04 09:00", judged(log, "2026-05-04 09:00"))
    assert any("provisional" in line for line in verify.verify(json.dumps(bundle).encode()))


def test_decreed_days_work_unless_the_edition_says_otherwise() -> None:
    for works, due in ((True, "2025-01-14 10:00"), (False, "2025-01-15 10:00")):
        log = Log()
        log.parameters["decreed_days_work"] = works
        log.calendars["ru-1"]["years"]["2025"]["days"]["2025-01-14"] = {"type": "decreed_non_working", "source": None}
        log.filed("2025-01-13 17:00", "incident", "critical")
        assert judged(log, "2025-01-13 17:00")["reaction"]["due"] == moscow(due)


def test_a_decree_makes_no_working_day_of_a_weekend() -> None:
    log = Log()
    log.calendars["ru-1"]["years"]["2025"]["days"]["2025-01-18"] = {"type": "decreed_non_working", "source": None}
    log.filed("2025-01-17 17:00", "incident", "critical")
    assert judged(log, "2025-01-17 17:00")["reaction"]["due"] == moscow("2025-01-20 10:00")


def test_working_time_agrees_with_counting_minute_by_minute() -> None:
    working = verify.WorkingTime(calendar(), PARAMETERS, verify.Budget())
    first = date(2024, 12, 20)
    days = [first + timedelta(days=number) for number in range(30)]
    off = {"2024-12-30", "2024-12-31", *(f"2025-01-0{day}" for day in (1, 2, 3, 6, 7, 8))}
    begin = verify.instant("2024-12-19T21:00:00Z", "begin")  # Moscow's midnight
    worked = [
        (day.weekday() < 5 or day.isoformat() == "2024-12-28") and day.isoformat() not in off and 480 <= minute < 1020
        for day in days
        for minute in range(1440)
    ]
    chance = random.Random(42)  # noqa: S311
    for _ in range(300):
        start, end = sorted(chance.randrange(len(worked)) for _ in range(2))
        seconds = 60 * sum(worked[start:end])
        assert working.between(begin + 60 * start, begin + 60 * end) == seconds
        if seconds:
            due = working.due(begin + 60 * start, seconds)
            assert working.between(begin + 60 * start, due) == seconds
            assert worked[(due - begin) // 60 - 1]


def test_a_zone_with_summer_time() -> None:
    content = calendar()
    content["offsets"] = [["1970-01-01T00:00:00Z", 3600], ["2025-03-30T01:00:00Z", 7200]]
    working = verify.WorkingTime(content, PARAMETERS, verify.Budget())
    friday, monday = verify.instant("2025-03-28T07:00:00Z", "x"), verify.instant("2025-03-31T15:00:00Z", "x")
    assert working.between(friday, monday) == 2 * 9 * 3600
    assert working.working_day_after(friday, 1) == (verify.instant("2025-03-31T06:00:00Z", "x"), monday)


# --- junk and bounds --------------------------------------------------------------------------------------------------


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
        path = chance.choice(_leaves(bundle))
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
