"""What differs between two editions, in the words of those whom it concerns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.regulation.core.edition import Parameters
from mespace.regulation.edition_text.diff import SAME, ClauseDiff, text_diff
from mespace.regulation.models import RegulationEdition
from mespace.regulation.queries import parameters_of, text_of
from mespace.web.durations import duration_words
from mespace.web.regulation.parameter_words import parameter_rows, whole_days


@dataclass(frozen=True)
class ParameterChange:
    """One parameter that differs: as a table has it, and as a sentence to the customer."""

    name: str
    label: str
    before: str
    after: str
    clause: str
    sentence: str


@dataclass(frozen=True)
class Differences:
    """All that differs between two editions; `clauses` is empty where a text was not entered for either of them."""

    before: RegulationEdition
    after: RegulationEdition
    parameters: list[ParameterChange]
    clauses: list[ClauseDiff]
    has_texts: bool

    @property
    def changed(self) -> list[ClauseDiff]:
        """The clauses whose text differs."""
        return [each for each in self.clauses if each.state != SAME]


def differences(before: RegulationEdition, after: RegulationEdition) -> Differences:
    """What differs; at most two statements, and none for editions whose texts were read before."""
    old, new = text_of(before), text_of(after)
    return Differences(
        before,
        after,
        parameter_changes(parameters_of(before.code), parameters_of(after.code)),
        text_diff(old, new),
        has_texts=old is not None and new is not None,
    )


def parameter_changes(before: Parameters, after: Parameters) -> list[ParameterChange]:
    """The parameters that differ, in the order in which a request meets them."""
    pairs = zip(parameter_rows(before), parameter_rows(after), strict=True)
    return [
        ParameterChange(old.name, old.label, old.value, new.value, old.clause, _SENTENCES[old.name](before, after))
        for old, new in pairs
        if old.value != new.value
    ]


def _span(seconds: int) -> str:
    return duration_words(seconds)


def _sooner(name: str, before: Parameters, after: Parameters) -> bool:
    return bool(getattr(after, name) < getattr(before, name))


def _critical(before: Parameters, after: Parameters) -> str:
    values = {"now": _span(after.critical_seconds), "former": _span(before.critical_seconds)}
    if _sooner("critical_seconds", before, after):
        return (
            _("Support reacts to a critical incident sooner: within %(now)s of working time, not %(former)s.") % values
        )
    return _("Support reacts to a critical incident later: within %(now)s of working time, not %(former)s.") % values


def _non_critical(before: Parameters, after: Parameters) -> str:
    values = {"now": _span(after.non_critical_seconds), "former": _span(before.non_critical_seconds)}
    if _sooner("non_critical_seconds", before, after):
        return _("Support reacts to any other request sooner: within %(now)s of working time, not %(former)s.") % values
    return _("Support reacts to any other request later: within %(now)s of working time, not %(former)s.") % values


def _hours(before: Parameters, after: Parameters) -> str:
    return _(
        "The working day lasts from %(start)s to %(end)s, not from %(old_start)s to %(old_end)s (Moscow time)."
    ) % {
        "start": _clock(after.day_start),
        "end": _clock(after.day_end),
        "old_start": _clock(before.day_start),
        "old_end": _clock(before.day_end),
    }


def _zone(before: Parameters, after: Parameters) -> str:
    return _("Working time is reckoned by the time of %(now)s, not of %(former)s.") % {
        "now": after.zone,
        "former": before.zone,
    }


def _answer(before: Parameters, after: Parameters) -> str:
    return ngettext(
        "You have %(n)d working day to answer a question or a proposed solution; it was %(former)d.",
        "You have %(n)d working days to answer a question or a proposed solution; it was %(former)d.",
        after.answer_days,
    ) % {"n": after.answer_days, "former": before.answer_days}


def _presumption(before: Parameters, after: Parameters) -> str:
    return _(
        "A question that nobody has opened counts as received at the end of working day %(n)d after it; it "
        "was %(former)d."
    ) % {"n": after.presumption_days, "former": before.presumption_days}


def _reminder(before: Parameters, after: Parameters) -> str:
    return _("You are reminded of an open question on working day %(n)d of the term; it was %(former)d.") % {
        "n": after.reminder_day,
        "former": before.reminder_day,
    }


def _reopen(before: Parameters, after: Parameters) -> str:
    return _("A closed request can be reopened for %(now)s; it was %(former)s.") % {
        "now": whole_days(after.reopen_seconds),
        "former": whole_days(before.reopen_seconds),
    }


def _onboarding(before: Parameters, after: Parameters) -> str:
    return ngettext(
        "People named in a contract get their access within %(n)d working day; it was %(former)d.",
        "People named in a contract get their access within %(n)d working days; it was %(former)d.",
        after.onboarding_days,
    ) % {"n": after.onboarding_days, "former": before.onboarding_days}


def _notice(before: Parameters, after: Parameters) -> str:
    return ngettext(
        "Later editions are announced at least %(n)d calendar day ahead; it was %(former)d.",
        "Later editions are announced at least %(n)d calendar days ahead; it was %(former)d.",
        after.notice_days,
    ) % {"n": after.notice_days, "former": before.notice_days}


def _decreed(_before: Parameters, after: Parameters) -> str:
    if after.decreed_days_work:
        return _("Days that the state declares non-working count as working time.")
    return _("Days that the state declares non-working no longer count as working time.")


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


_SENTENCES: Final[Mapping[str, Callable[[Any, Any], str]]] = {
    "hours": _hours,
    "zone": _zone,
    "critical_seconds": _critical,
    "non_critical_seconds": _non_critical,
    "presumption_days": _presumption,
    "reminder_day": _reminder,
    "answer_days": _answer,
    "reopen_seconds": _reopen,
    "onboarding_days": _onboarding,
    "notice_days": _notice,
    "decreed_days_work": _decreed,
}
