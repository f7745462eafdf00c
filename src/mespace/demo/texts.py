"""The written texts of the demo: stories (what a ticket is about) and phrases (what fits any ticket)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Story:
    """A problem with all that is said about it. Texts hold slots such as `{line}`."""

    id: str
    product: str
    type: str
    subjects: tuple[str, ...]
    description: str
    question: str
    reply: str
    solution: str
    thanks: str
    process: str = ""
    done: str = ""
    expected: str = ""
    note: str = ""
    plan: str = ""
    decline: str = ""
    known_error: str = ""
    third_party: str = ""
    customers: tuple[str, ...] = ()
    at: tuple[str, ...] = ()  # words one of which the work center's name holds

    @property
    def is_critical(self) -> bool:
        """Whether a key process stops."""
        return bool(self.process) and self.type == "incident"


@cache
def stories() -> tuple[Story, ...]:
    """All stories, in the order of their files."""
    found = []
    for path in sorted((DATA / "stories").glob("*.toml")):
        for row in tomllib.loads(path.read_text("utf-8"))["story"]:
            texts: dict[str, Any] = {
                name: tuple(value) if isinstance(value, list) else value.strip() for name, value in row.items()
            }
            found.append(Story(**texts))
    return tuple(found)


@cache
def phrases() -> dict[str, list[str]]:
    """What fits any ticket, by what it is for."""
    return tomllib.loads((DATA / "phrases.toml").read_text("utf-8"))


@cache
def world_data() -> dict[str, Any]:
    """Everything that is not a ticket."""
    return tomllib.loads((DATA / "world.toml").read_text("utf-8"))
