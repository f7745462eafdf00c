"""When a known error is or will be fixed, and what confirmed it (clause 4.7 and the definition of a bug)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Fix:
    """In which build or version the error is, or will be, fixed."""

    fixed_in_id: int | None = None
    planned_for_id: int | None = None
    planned_on: date | None = None
    fixed_in_version_id: int | None = None
    planned_for_version_id: int | None = None


@dataclass(frozen=True)
class Confirmation:
    """The three parts of a bug's definition: what shows that it is an error of the software."""

    differs_from: str  # which document, which place
    reproduced: str  # how
    ruled_out: str  # why it is not settings, the user or the environment
