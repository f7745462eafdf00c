"""The verdict: what was promised, what was kept and where the time went, as a pure function of the facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from mespace.regulation.core.balls import TimeSplit, time_split
from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.errors import FactsInvalid, RegulationError
from mespace.regulation.core.facts import Fact, Moved, Registered, Repinned, TermOpened
from mespace.regulation.core.instants import utc_text
from mespace.regulation.core.reaction import ReactionVerdict, reaction_verdict
from mespace.regulation.core.terms import TermVerdict, term_verdicts
from mespace.regulation.core.working_time import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that can be said of a ticket's time at `as_of`; instants are epoch seconds."""

    as_of: int
    status: str
    resolution: str | None
    waiting_for: str | None
    reaction: ReactionVerdict
    terms: tuple[TermVerdict, ...]
    time: TimeSplit

    @property
    def running_term(self) -> TermVerdict | None:
        """Return the term that has not ended, if there is one."""
        return next((term for term in self.terms if term.is_running), None)

    def as_json(self) -> dict[str, Any]:
        """Return the bundle's `verdict` object."""
        return {
            "as_of": utc_text(self.as_of),
            "status": self.status,
            "resolution": self.resolution,
            "reaction": self.reaction.as_json(),
            "terms": [term.as_json() for term in self.terms],
            "time": self.time.as_json(),
        }


def verdict(
    facts: Sequence[Fact], calendars: Mapping[str, WorkingCalendar], parameters: Parameters, as_of: int
) -> Verdict:
    """Return the verdict of a ticket's facts, in log order, as things stood at `as_of` (later facts are left out).

    `calendars` holds each calendar edition that the facts name, compiled with the same parameters.
    """
    registered = _check(facts, calendars)
    if as_of < registered.at:
        msg = "the verdict is asked for an instant before the registration"
        raise FactsInvalid(msg)
    known = [fact for fact in facts if fact.at <= as_of]
    moves = [fact for fact in known if isinstance(fact, Moved)]
    if not moves or moves[0].at != registered.at:
        msg = "a registered ticket must move to open at the same instant"
        raise FactsInvalid(msg)
    last = moves[-1]
    return Verdict(
        as_of=as_of,
        status=last.to,
        resolution=last.resolution,
        waiting_for=last.waiting_for,
        reaction=reaction_verdict(known, registered, calendars, parameters, as_of),
        terms=term_verdicts(known, calendars, parameters, as_of),
        time=time_split(known, calendars, as_of),
    )


def _check(facts: Sequence[Fact], calendars: Mapping[str, WorkingCalendar]) -> Registered:
    if not facts or not isinstance(facts[0], Registered):
        msg = "the first fact must be the registration"
        raise FactsInvalid(msg)
    for before, fact in pairwise(facts):
        if isinstance(fact, Registered):
            msg = f"fact {fact.seq}: the ticket was registered before"
            raise FactsInvalid(msg)
        if fact.seq < before.seq or fact.at < before.at:
            msg = f"fact {fact.seq}: it lies before fact {before.seq}"
            raise FactsInvalid(msg)
    for fact in facts:
        if isinstance(fact, (Registered, TermOpened, Repinned)) and fact.calendar not in calendars:
            msg = f"fact {fact.seq}: calendar {fact.calendar} was not given"
            raise RegulationError(msg)
    return facts[0]
