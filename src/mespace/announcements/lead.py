"""How long ahead planned work is announced, in working time (clause 4.3: reported, and no breach when it is short)."""

from dataclasses import dataclass
from datetime import datetime

from mespace.regulation.queries import calendar_at, compiled, edition_in_force, parameters_of


@dataclass(frozen=True)
class Lead:
    """Working seconds from the announcement to the start, and how many a working day has."""

    seconds: int
    working_day: int

    @property
    def is_short(self) -> bool:
        """Less than a working day: people are warned before it is published."""
        return self.seconds < self.working_day


def lead_of(*, now: datetime, starts_at: datetime) -> Lead:
    """The lead by the calendar known and the edition in force now; nothing when the start has passed."""
    edition = edition_in_force(now)
    parameters = parameters_of(edition.code)
    calendar = compiled(calendar_at(now).code, edition.code)
    start = max(int(now.timestamp()), int(starts_at.timestamp()))
    return Lead(calendar.between(int(now.timestamp()), start), parameters.day_end - parameters.day_start)
