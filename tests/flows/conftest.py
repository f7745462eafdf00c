"""What every story starts from: the cast, a clock that the story moves, a folder for files, and people who sign in."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mespace.platform.clock import SteppedClock, stepped
from tests.cast import WEDNESDAY, Cast
from tests.flows.person import Person


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.FILES = tmp_path
    return tmp_path


@pytest.fixture
def clock() -> Iterator[SteppedClock]:
    """Wednesday, 09:00 in Moscow."""
    with stepped(WEDNESDAY) as moving:
        yield moving


@pytest.fixture
def enter(cast: Cast, clock: SteppedClock) -> Callable[[str], Person]:
    """Signs somebody of the cast in."""
    return lambda name: Person(f"{name}@example.org")


@pytest.fixture
def engineer(enter: Callable[[str], Person]) -> Person:
    return enter("engineer")


@pytest.fixture
def agent(enter: Callable[[str], Person]) -> Person:
    return enter("agent")
