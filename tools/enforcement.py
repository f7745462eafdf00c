"""Writes src/mespace/regulation/data/enforcement.txt from markers in the code: `python tools/enforcement.py`.

A marker is a reference to a clause where people write it anyway: in the docstring of a module, class or function, or in
a comment. `clause 5.5`, `clauses 3.1, 4.2`, `Appendix 1`; in brackets the numbers alone will do: `(5.5, E3)`. A comment
marks the definition, trigger or constraint that follows it (or stands in its line). E1 to E5 are our own readings.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parents[1]
PRODUCT = REPOSITORY / "src" / "mespace"
FOLDERS = (PRODUCT, REPOSITORY / "tests", REPOSITORY / "verifier")
DATA = PRODUCT / "regulation" / "data" / "enforcement.txt"
SKIPPED = {"migrations", "locale", "static", "data", "edition_text", "demo", "bench"}

_NUMBER = r"(?:[1-9]\.\d{1,2}b?|1|E[1-5])(?![.\d]*\d)"
_SAID = re.compile(rf"\bclauses?\s+({_NUMBER}(?:(?:,\s*(?:and\s+)?|\s+and\s+){_NUMBER})*)", re.IGNORECASE)
_BRACKETS = re.compile(rf"\(({_NUMBER}(?:, {_NUMBER})*)\)")
_APPENDIX = re.compile(r"\bAppendix (\d)\b")
_READING = re.compile(r"\bE[1-5]\b")


class Mark(NamedTuple):
    """One thing that has to do with a clause: `kind` is operation, database, rule, page or test."""

    clause: str
    kind: str
    path: str
    name: str

    def __str__(self) -> str:
        return " ".join(self)


def marks() -> list[Mark]:
    """Every mark of the code, sorted."""
    found = set()
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.py")):
            parts = set(path.relative_to(folder).parts)
            if not SKIPPED & parts and ("tests" not in path.parts or path.name.startswith("test_")):
                found |= set(_marks_of(path))
    return sorted(found)


def numbers_in(text: str) -> set[str]:
    """The clauses and readings that a docstring or comment refers to."""
    found = {f"A{number}" for number in _APPENDIX.findall(text)} | set(_READING.findall(text))
    for pattern in (_SAID, _BRACKETS):
        for listed in pattern.findall(text):
            found |= set(re.findall(_NUMBER, listed))
    return found


def _marks_of(path: Path) -> Iterator[Mark]:
    source = path.read_text(encoding="utf-8")
    shown = path.relative_to(PRODUCT if path.is_relative_to(PRODUCT) else REPOSITORY).as_posix()
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            name = "" if isinstance(node, ast.Module) else node.name
            for number in numbers_in(ast.get_docstring(node) or ""):
                yield Mark(number, _kind(path, is_database=False), shown, name or path.stem)
    for line, comment in _comments(source):
        numbers = numbers_in(comment)
        if numbers:
            name, is_database = _marked(tree, line)
            for number in numbers:
                yield Mark(number, _kind(path, is_database=is_database), shown, name or path.stem)


def _comments(source: str) -> Iterator[tuple[int, str]]:
    """Comments with the line of their last word; those that follow each other are one."""
    text, last = "", 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            stands_alone = not token.line[: token.start[1]].strip()
            if text and stands_alone and token.start[0] == last + 1:
                text += " " + token.string.lstrip("# ")
            else:
                if text:
                    yield last, text
                text = token.string.lstrip("# ")
            last = token.start[0]
    if text:
        yield last, text


def _marked(tree: ast.Module, line: int) -> tuple[str, bool]:
    """The name of what a comment in `line` speaks of: the nearest that begins there or below, else what encloses it."""
    enclosing, following = "", ""
    nearest = 10**9
    is_database = False
    for node in ast.walk(tree):
        name, named_call = _name_of(node)
        if not name:
            continue
        first, last = node.lineno, node.end_lineno or node.lineno  # type: ignore[attr-defined]
        if line <= first <= line + 1 and first < nearest:
            following, nearest, is_database = name, first, named_call
        elif first < line <= last and not named_call:
            enclosing = name
    return following or enclosing, is_database


def _name_of(node: ast.AST) -> tuple[str, bool]:
    """A definition's or assignment's name; that of a trigger or constraint, which is a call with `name=`."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name, False
    if isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
        called = _called_name(node.value) if isinstance(node.value, ast.Call) else ""
        return called or (target.id if isinstance(target, ast.Name) else ""), called != ""
    if isinstance(node, ast.Call):
        return _called_name(node), True
    return "", False


def _called_name(node: ast.Call) -> str:
    for keyword in node.keywords:
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str):
            return keyword.value.value
    return ""


def _kind(path: Path, *, is_database: bool) -> str:
    parts = path.relative_to(REPOSITORY).parts
    if "tests" in parts:
        return "test"
    if is_database:
        return "database"
    if "operations" in parts:
        return "operation"
    return "page" if {"web", "cli"} & set(parts) else "rule"


def text() -> str:
    """The data file."""
    return "".join(f"{mark}\n" for mark in marks())


if __name__ == "__main__":
    DATA.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"written: {DATA.relative_to(REPOSITORY)}\n")
