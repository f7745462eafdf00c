"""When a known error is or will be fixed (clause 4.7)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Fix:
    """In which build the error is, or will be, fixed."""

    fixed_in_id: int | None = None
    planned_for_id: int | None = None
    planned_on: date | None = None
