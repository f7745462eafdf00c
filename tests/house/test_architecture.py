"""The shape of the code, held by tests: who imports whom, who writes what, who reads the time."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import REPOSITORY, SOURCE, place, python_files, tree

LINES = 400
# One file on purpose: an auditor reads it whole.
LONG_ON_PURPOSE = {"verifier/verify.py"}
READS_THE_TIME = {
    "src/mespace/platform/clock.py": "the one place",
    "src/mespace/cli/examinations.py": "compares this machine's clock with the database's",
    "src/mespace/cli/probe.py": "runs by itself, on another host, and knows nothing of the product",
    "src/mespace/cli/status_page.py": "runs by itself while the product is down",
}
CLOCK_CALLS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("timezone", "now"),
    ("time", "time"),
}  # fmt: skip
WITHOUT_ARGUMENTS = {("timezone", "localtime"), ("timezone", "localdate")}  # with one they convert
WRITES = {"create", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "acreate"}


def test_imports_run_downward_only() -> None:
    """The contracts, each with its reason, are in pyproject.toml."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=REPOSITORY,
        env={"PYTHONPATH": str(SOURCE.parent), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_the_regulations_core_is_standard_library_only() -> None:
    foreign = [
        (place(path), name)
        for path in python_files()
        if "regulation/core" in place(path)
        for name in imported(tree(path))
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("mespace.regulation.core")
    ]
    assert foreign == []


@pytest.mark.parametrize(
    "path", [SOURCE.parents[1] / "mespace", SOURCE.parents[1] / "verifier" / "verify.py"], ids=lambda p: p.name
)
def test_the_launcher_and_the_verifier_are_standard_library_only(path: Path) -> None:
    module = ast.parse(path.read_text(encoding="utf-8"))
    assert [name for name in imported(module) if name.split(".")[0] not in sys.stdlib_module_names] == []


@pytest.mark.parametrize(("name", "besides"), [("probe", {"cryptography"}), ("status_page", set())])
def test_what_runs_on_other_hosts_needs_nothing_of_the_product(name: str, besides: set[str]) -> None:
    module = ast.parse((SOURCE / "cli" / f"{name}.py").read_text(encoding="utf-8"))
    allowed = {*sys.stdlib_module_names, *besides}
    assert [each for each in imported(module) if each.split(".")[0] not in allowed] == []


def test_old_pythons_can_read_the_launcher() -> None:
    ast.parse((REPOSITORY / "mespace").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_supervisor_stays_small() -> None:
    """It lives as long as the installation: what it imports is memory at rest."""
    program = (
        "import sys, mespace.cli.up, mespace.cli.web\n"
        "print([name for name in ('django', 'psycopg', 'psutil', 'structlog', 'asyncio') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(SOURCE.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_time_is_read_in_one_place() -> None:
    readings = [
        f"{place(path)}:{node.lineno}"
        for path in python_files()
        if place(path) not in READS_THE_TIME
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and reads_the_time(node)
    ]
    assert readings == []


def reads_the_time(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    owner = call.func.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    said = (name, call.func.attr)
    return said in CLOCK_CALLS or (said in WITHOUT_ARGUMENTS and not call.args and not call.keywords)


def test_only_operations_write_tickets() -> None:
    """Rows of Ticket are made and changed by the verbs in tickets/operations, whoever asks for it."""
    writers = [
        f"{place(path)}:{line}"
        for path in python_files()
        if not place(path).startswith("src/mespace/tickets/operations/")
        for line in ticket_writes(tree(path))
    ]
    assert writers == []


def ticket_writes(module: ast.Module) -> Iterator[int]:
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "Ticket" and node.keywords:
            yield node.lineno
        if isinstance(node.func, ast.Attribute):
            root = leftmost(node.func.value)
            if node.func.attr in WRITES and root == "Ticket":
                yield node.lineno
            if node.func.attr in {"save", "delete"} and root == "ticket":
                yield node.lineno


def test_only_operations_write_obligations() -> None:
    """Rows of Obligation are made and changed in obligations/operations alone."""
    writers = [
        f"{place(path)}:{node.lineno}"
        for path in python_files()
        if not place(path).startswith("src/mespace/obligations/operations/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and writes_an_obligation(node)
    ]
    assert writers == []


def writes_an_obligation(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id == "Obligation" and bool(call.keywords)
    if not isinstance(call.func, ast.Attribute):
        return False
    root = leftmost(call.func.value)
    return (call.func.attr in WRITES and root == "Obligation") or (call.func.attr == "save" and root == "obligation")


def leftmost(node: ast.expr) -> str:
    while True:
        match node:
            case ast.Attribute(value=inner) | ast.Call(func=inner) | ast.Subscript(value=inner):
                node = inner
            case ast.Name(id=name):
                return name
            case _:
                return ""


def test_files_are_small() -> None:
    """A file that needs more is two things."""
    places = [
        *python_files(tests=True),
        *(REPOSITORY / "tests").rglob("*.py"),
        *(REPOSITORY / "verifier").rglob("*.py"),
    ]
    long = {
        place(path): lines
        for path in places
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINES and place(path) not in LONG_ON_PURPOSE
    }
    assert long == {}


def test_no_file_names_somebodys_machine() -> None:
    foreign = ("/" + "work/", "/" + "root/", "/" + "home/", "/" + "tmp/w/")
    named = [
        f"{place(path)}: {each}"
        for path in [
            *python_files(tests=True),
            *(REPOSITORY / "tests").rglob("*.py"),
            *(REPOSITORY / "docs").rglob("*.md"),
        ]
        for each in foreign
        if each in path.read_text(encoding="utf-8")
    ]
    assert named == []
