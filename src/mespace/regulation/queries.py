"""Which edition is in force, and the compiled calendars."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from mespace.platform.prepared import Given, Prepared
from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.edition_text.parse import ParsedText, parsed
from mespace.regulation.models import CalendarEdition, EditionText, RegulationEdition

MOSCOW = ZoneInfo("Europe/Moscow")
_IN_FORCE = Prepared(
    lambda: RegulationEdition.objects.filter(in_force_from__lte=Given("day")).order_by("-in_force_from", "-pk")[:1]
)
_ADOPTED = Prepared(
    lambda: (
        CalendarEdition.objects.defer("content").filter(adopted_at__lte=Given("at")).order_by("-adopted_at", "-pk")[:1]
    )
)
_EARLIEST = Prepared(lambda: CalendarEdition.objects.defer("content").order_by("adopted_at", "pk")[:1])


class NoEdition(Exception):
    """No edition of the regulation was in force at the instant."""


def edition_in_force(at: datetime) -> RegulationEdition:
    """The edition in force on the Moscow date of `at` (clause 7.4). Raises NoEdition before the first."""
    today = at.astimezone(MOSCOW).date()
    edition = _IN_FORCE.first(day=today)
    if edition is None:
        raise NoEdition(today)
    return edition


def calendar_at(at: datetime) -> CalendarEdition:
    """The calendar edition adopted last at or before `at`, else the earliest (E4). Raises NoEdition without any."""
    edition = _ADOPTED.first(at=at.astimezone(UTC)) or _EARLIEST.first()
    if edition is None:
        raise NoEdition(at)
    return edition


@lru_cache(maxsize=64)
def parameters_of(regulation_code: str) -> Parameters:
    """The parameters of an edition; rows are immutable, so they are kept per process."""
    given = RegulationEdition.objects.values_list("parameters", flat=True).get(code=regulation_code)
    return Parameters.from_json(given)


@lru_cache(maxsize=64)
def edition_of(pk: int) -> RegulationEdition:
    """An edition by its row; rows are immutable, so they are kept per process."""
    return RegulationEdition.objects.get(pk=pk)


@lru_cache(maxsize=64)
def compiled(calendar_code: str, regulation_code: str) -> WorkingCalendar:
    """A calendar edition compiled for an edition of the regulation; kept per process."""
    content = CalendarEdition.objects.values_list("content", flat=True).get(code=calendar_code)
    return WorkingCalendar.compile(content, parameters_of(regulation_code))


def forget_codes() -> None:
    """Called where a code is given to a new edition: what was kept of one whose adoption was rolled back is no more."""
    parameters_of.cache_clear()
    compiled.cache_clear()
    _source.cache_clear()


@lru_cache(maxsize=32)
def _source(edition_id: int, number: int) -> str:
    return EditionText.objects.values_list("source", flat=True).get(edition_id=edition_id, number=number)


def text_of(edition: RegulationEdition) -> ParsedText | None:
    """The text that is shown of an edition, read into clauses; None when none was entered. One statement."""
    rows = EditionText.objects.filter(edition=edition).order_by("-number").values_list("number", flat=True)
    number = rows.first()
    return parsed(_source(edition.pk, number)) if number is not None else None


@dataclass(frozen=True)
class Editions:
    """Every edition by its standing on a day, the newest first."""

    rows: list[RegulationEdition]
    present: RegulationEdition
    announced: list[RegulationEdition]
    """Published and not yet in force, the soonest first."""

    def by_code(self, code: str) -> RegulationEdition | None:
        """The edition of that code."""
        return next((row for row in self.rows if row.code == code), None)

    def before(self, edition: RegulationEdition) -> RegulationEdition | None:
        """The edition that this one follows; None for the first."""
        older = [row for row in self.rows if row.in_force_from < edition.in_force_from]
        return older[0] if older else None


def editions_at(at: datetime) -> Editions:
    """The editions as they stand at `at`; one statement. Raises NoEdition before the first."""
    today = at.astimezone(MOSCOW).date()
    rows = list(RegulationEdition.objects.order_by("-in_force_from", "-pk"))
    present = next((row for row in rows if row.in_force_from <= today), None)
    if present is None:
        raise NoEdition(today)
    return Editions(rows, present, [row for row in reversed(rows) if row.in_force_from > today])
