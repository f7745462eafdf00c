"""The calculator as a person and as a program use it, in a process of its own, without Django."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mespace.cli.worktime import batch, compute, main
from mespace.regulation.data.shipped import shipped_calendar

SOURCES = Path(__file__).parents[3]
CALENDAR = shipped_calendar()


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mespace.cli.worktime", *arguments],
        input=stdin, capture_output=True, text=True, check=False, timeout=60,
        env={"PYTHONPATH": str(SOURCES), "PATH": os.environ["PATH"], "TZ": "America/New_York", "PYTHONUTF8": "1"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["due", "2024-12-27T16:30+03:00", "--hours", "2"], "2024-12-28T09:30:00+03:00"),
        (["due", "2024-12-28T16:30+03:00", "--hours", "8"], "2025-01-09T15:30:00+03:00"),
        (["due", "2024-12-27T13:30Z", "--hours", "2"], "2024-12-28T09:30:00+03:00"),  # any zone in
        (["due", "2024-12-27T18:30:00+0500", "--hours", "2.0"], "2024-12-28T09:30:00+03:00"),
        (["due", "2024-12-27T16:30:00.999+03:00", "--hours", "0.5"], "2024-12-27T17:00:00+03:00"),  # cut to seconds
        (["due", "2024-12-27T16:30+03:00", "--hours", "0.25", "--calendar", "ru-1"], "2024-12-27T16:45:00+03:00"),
        (["--calendar", "ru-1", "due", "2024-12-27T16:30+03:00", "--hours", "2"], "2024-12-28T09:30:00+03:00"),
        (["between", "2024-12-27T16:30+03:00", "2024-12-28T09:30+03:00"], "7200"),
        (["between", "2024-12-27T16:30+03:00", "2024-12-27T13:30Z"], "0"),
        (["day-end", "2026-11-23T17:00+03:00", "--days", "3"], "2026-11-26T17:00:00+03:00"),
        (["day-end", "2026-11-21T23:00Z", "--days", "1"], "2026-11-23T17:00:00+03:00"),  # in Moscow it is Sunday
    ],
)
def test_an_answer(arguments: list[str], answer: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out == answer + "\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["due", "2024-12-27T16:30", "--hours", "2"], "from: the offset is missing"),
        (["due", "2024-12-27", "--hours", "2"], "from: an instant such as"),
        (["due", "2024-02-30T16:30Z", "--hours", "2"], "from: there is no such date"),
        (["due", "2024-12-27T16:30+03:00", "--hours", "0"], "hours: a positive decimal"),
        (["due", "2024-12-27T16:30+03:00", "--hours=-1"], "hours: a positive decimal"),
        (["due", "2024-12-27T16:30+03:00", "--hours", "nan"], "hours: a positive decimal"),
        (["due", "2024-12-27T16:30+03:00", "--hours", "1e2"], "hours: a positive decimal"),
        (["due", "2024-12-27T16:30+03:00", "--hours", "2,5"], "hours: a positive decimal"),
        (["due", "2024-12-27T16:30+03:00", "--hours", "0.0001"], "hours: must make whole seconds"),
        (["due", "2024-12-27T16:30+03:00", "--hours", "99999999"], "hours: more than"),
        (["due", "2018-12-27T16:30+03:00", "--hours", "2"], "from: calendar ru-1 has no year 2018"),
        (["due", "2029-12-27T16:30+03:00", "--hours", "200"], "from: calendar ru-1 has no year 2030"),
        (["between", "2024-12-28T09:30+03:00", "2024-12-27T16:30+03:00"], "to: lies before from"),
        (["between", "2024-12-28T09:30+03:00", "yesterday"], "to: an instant such as"),
        (["day-end", "2026-11-21T12:00+03:00", "--days", "0"], "days: a whole number"),
        (["day-end", "2026-11-21T12:00+03:00", "--days", "1.5"], "days: a whole number"),
        (["day-end", "2026-11-21T12:00", "--days", "1"], "received: the offset is missing"),
    ],
)
def test_an_error_names_the_field(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"mespace worktime: {message}")
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["sometime"],
        ["due", "2024-12-27T16:30+03:00"],
        ["due", "2024-12-27T16:30+03:00", "--hours", "2", "--calendar", "fr-1"],
        ["--batch", "between", "2024-12-27T16:30Z", "2024-12-27T16:30Z"],
    ],
)
def test_an_unreadable_command_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "--help" in capsys.readouterr().err


def test_a_batch_answers_every_line_and_goes_on() -> None:
    lines = [
        ('{"op":"due","from":"2024-12-27T16:30+03:00","hours":2}', "2024-12-28T09:30:00+03:00"),
        ('{"op":"due","from":"2024-12-27T16:30+03:00","hours":0.1}', "2024-12-27T16:36:00+03:00"),
        ('{"op":"due","from":"2024-12-27T16:30+03:00","hours":"1.5"}', "2024-12-28T09:00:00+03:00"),
        ('{"op":"between","from":"2024-12-27T16:30+03:00","to":"2024-12-28T09:30+03:00"}', 7200),
        ('{"op":"day_end","received":"2026-11-23T17:00+03:00","days":3}', "2026-11-26T17:00:00+03:00"),
    ]
    done = run("--batch", stdin="\n".join(line for line, _ in lines) + "\n\n{\n" + lines[0][0] + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [answer.get("result") for answer in answers] == [result for _, result in lines] + [None, lines[0][1]]
    assert "not JSON" in answers[-2]["error"]
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"nonsense", "the line is not JSON"),
        (b"[]", "must be a JSON object"),
        (b"null", "must be a JSON object"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[" * 50_000, "the line is nested too deeply"),
        (b'{"op":"' + b"x" * 100_001 + b'"}', "the line is longer"),
        (b"{}", "op: one of due, between, day_end"),
        (b'{"op":["due"]}', "op: one of"),
        (b'{"op":"due"}', "from: is missing"),
        (b'{"op":"due","from":"2024-12-27T16:30Z"}', "hours: is missing"),
        (b'{"op":"due","from":"2024-12-27T16:30Z","hours":2,"colour":1}', "colour: is not known for due"),
        (b'{"op":"due","op":"due","from":"2024-12-27T16:30Z","hours":2}', "op: is given twice"),
        (b'{"op":"due","from":1735306200,"hours":2}', "from: an instant such as"),
        (b'{"op":"due","from":null,"hours":2}', "from: an instant such as"),
        (b'{"op":"due","from":"2024-12-27T16:30","hours":2}', "from: the offset is missing"),
        (b'{"op":"due","from":"2024-12-27T16:30+99:00","hours":2}', "from: there is no such date"),
        (b'{"op":"due","from":"2024-12-27T16:30Z","hours":0}', "hours: a positive"),
        (b'{"op":"due","from":"2024-12-27T16:30Z","hours":-2}', "hours: a positive"),
        (b'{"op":"due","from":"2024-12-27T16:30Z","hours":true}', "hours: a positive"),
        (b'{"op":"due","from":"2024-12-27T16:30Z","hours":null}', "hours: a positive"),
        (b'{"op":"due","from":"2024-12-27T16:30Z","hours":[2]}', "hours: a positive"),
        (b'{"op":"due","from":"2024-12-27T16:30Z","hours":1e400}', "hours: more than"),
        (b'{"op":"due","from":"2024-12-27T16:30Z","hours":1e-400}', "hours: must make whole seconds"),
        (b'{"op":"due","from":"2024-12-27T16:30Z","hours":1.0000000000000000000000000000000001}', "hours: must make"),
        (b'{"op":"due","from":"2024-12-27T16:30Z","hours":NaN}', "NaN: is no number"),
        (b'{"op":"due","from":"2024-12-27T16:30Z","hours":Infinity}', "Infinity: is no number"),
        (b'{"op":"between","from":"2024-12-27T16:30Z","to":"2024-12-27T16:29Z"}', "to: lies before from"),
        (
            b'{"op":"between","from":"2017-12-27T16:30Z","to":"2024-12-27T16:29Z"}',
            "from: calendar ru-1 has no year 2017",
        ),
        (b'{"op":"day_end","received":"2024-12-27T16:30Z","days":"three"}', "days: a whole number"),
        (b'{"op":"day_end","received":"2024-12-27T16:30Z","days":1.5}', "days: a whole number"),
        (b'{"op":"day_end","received":"2024-12-27T16:30Z","days":1e99}', "days: a whole number"),
        (b'{"op":"day_end","received":"2024-12-27T16:30Z","days":false}', "days: a whole number"),
        (b'{"op":"day_end","received":"2024-12-27T16:30Z","days":90000}', "received: calendar ru-1 has no year 2030"),
    ],
)
def test_a_bad_line_is_an_error_that_names_the_field(line: bytes, message: str) -> None:
    out = io.StringIO()
    assert (
        batch(CALENDAR, [line + b"\n", b'{"op":"between","from":"2024-12-27T16:30Z","to":"2024-12-27T16:30Z"}'], out)
        == 0
    )
    first, second = [json.loads(answer) for answer in out.getvalue().splitlines()]
    assert list(first) == ["error"]
    assert first["error"].startswith(message) or message in first["error"]
    assert second == {"result": 0}


def test_a_whole_float_of_days_is_a_number_of_days() -> None:
    out = io.StringIO()
    batch(CALENDAR, [b'{"op":"day_end","received":"2026-11-23T17:00+03:00","days":3.0}'], out)
    assert json.loads(out.getvalue()) == {"result": "2026-11-26T17:00:00+03:00"}


def test_it_needs_neither_django_nor_a_database() -> None:
    program = """
import sys
from mespace.cli.worktime import main
main(["due", "2024-12-27T16:30+03:00", "--hours", "2"])
print([name for name in sys.modules if name.split(".")[0] in ("django", "psycopg")])
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, check=True, timeout=60, env={"PYTHONPATH": str(SOURCES)},
    )  # fmt: skip
    assert done.stdout.splitlines() == ["2024-12-28T09:30:00+03:00", "[]"]


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    line = '{"op":"due","from":"2024-12-27T16:30+03:00","hours":2}\n'
    process = subprocess.Popen(
        [sys.executable, "-m", "mespace.cli.worktime", "--batch"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={"PYTHONPATH": str(SOURCES), "PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write(line)
    process.stdin.flush()
    assert json.loads(process.stdout.readline()) == {"result": "2024-12-28T09:30:00+03:00"}
    process.stdout.close()
    process.stdin.write(line * 3)
    process.stdin.close()
    assert process.wait(timeout=30) == 0
    assert process.stderr.read() == ""
    process.stderr.close()


def test_the_page_can_ask_the_same_question() -> None:
    question = {"op": "due", "from": "2024-12-27T16:30+03:00", "hours": "2"}
    assert compute(CALENDAR, question) == "2024-12-28T09:30:00+03:00"
