"""What enforces each clause: operations, rules, the database's triggers and constraints, pages, and tests.

Read from a file that `tools/enforcement.py` writes from markers in the code, since a running product has no tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from mespace.regulation.clauses import CLAUSES

DATA: Final = Path(__file__).parent / "data" / "enforcement.txt"


class Kind(StrEnum):
    """What sort of code it is, in the order in which a page tells of them."""

    OPERATION = "operation"
    DATABASE = "database"
    RULE = "rule"
    PAGE = "page"
    TEST = "test"


class State(StrEnum):
    """How far the product holds a clause by itself."""

    ENFORCED = "enforced"
    SHARED = "shared"  # something is left to people
    HUMAN = "human"
    NOTHING = "nothing"  # a test sees to it that there is none


@dataclass(frozen=True)
class Enforced:
    """One piece of code that has to do with a clause."""

    kind: Kind
    path: str
    name: str


@cache
def enforcement() -> Mapping[str, tuple[Enforced, ...]]:
    """By clause or reading, everything that is marked with it."""
    found: dict[str, list[Enforced]] = {}
    for line in sorted(DATA.read_text(encoding="utf-8").splitlines()):
        number, kind, path, name = line.split(" ")
        found.setdefault(number, []).append(Enforced(Kind(kind), path, name))
    return {number: tuple(each) for number, each in found.items()}


def state_of(number: str) -> State:
    """Whether a clause is held by code that a test holds in turn, by people, or by both."""
    kinds = {each.kind for each in enforcement().get(number, ())}
    holds = Kind.TEST in kinds and bool(kinds - {Kind.TEST, Kind.PAGE})
    human = bool(CLAUSES[number].human)
    if holds:
        return State.SHARED if human else State.ENFORCED
    return State.HUMAN if human else State.NOTHING
