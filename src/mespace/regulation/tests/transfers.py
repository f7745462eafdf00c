"""An installation at a time when the transfers of 2027 were not known."""

from datetime import UTC, datetime

from mespace.regulation.core.provisional import provisional_year
from mespace.regulation.models import CalendarEdition
from mespace.regulation.queries import calendar_at

BEFORE = "ru-before"


def before_transfers() -> CalendarEdition:
    """An edition later than the shipped one, with 2027 still provisional."""
    at = datetime(2026, 10, 2, tzinfo=UTC)
    content = calendar_at(at).content
    years = content["years"] | {"2027": provisional_year(2027)}
    return CalendarEdition.objects.create(
        code=BEFORE, adopted_at=at, content=content | {"edition": BEFORE, "years": years}
    )
