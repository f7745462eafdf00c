"""The parameters of an edition of the regulation, in words."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.regulation.core.edition import Parameters
from mespace.web.durations import duration_words


class ParameterRow(NamedTuple):
    """One line: what is promised, how much, and where the regulation or our reading of it says so."""

    name: str
    label: str
    value: str
    clause: str

    @property
    def clauses(self) -> list[str]:
        """The clauses to which pages lead; our own readings (E1, E3) are no clauses."""
        return [number for number in self.clause.split(", ") if number[0].isdigit()]


def parameter_rows(parameters: Parameters) -> list[ParameterRow]:
    """Every parameter, in the order in which a ticket meets them."""
    yes, no = _("yes"), _("no")
    return [
        ParameterRow("hours", _("Working day"), f"{_time(parameters.day_start)}–{_time(parameters.day_end)}", "1"),
        ParameterRow("zone", _("Time zone of the working day"), parameters.zone, "1"),
        ParameterRow(
            "critical_seconds", _("Reaction to a critical incident"), _working(parameters.critical_seconds), "6.4"
        ),
        ParameterRow(
            "non_critical_seconds", _("Reaction to any other request"), _working(parameters.non_critical_seconds), "6.4"
        ),
        ParameterRow(
            "presumption_days",
            _("Without evidence, a question or proposal counts as received at the end of"),
            _nth(parameters.presumption_days),
            "E3",
        ),
        ParameterRow(
            "reminder_day", _("The customer is reminded on the morning of"), _nth(parameters.reminder_day), "5.5"
        ),
        ParameterRow(
            "answer_days",
            _("Without an answer, the request is suspended at the end of"),
            _nth(parameters.answer_days),
            "5.5",
        ),
        ParameterRow(
            "reopen_seconds", _("A closed request can be reopened for"), whole_days(parameters.reopen_seconds), "E3"
        ),
        ParameterRow(
            "onboarding_days",
            _("Responsible employees get access within"),
            _days(parameters.onboarding_days),
            "3.1, 4.2",
        ),
        ParameterRow(
            "notice_days",
            _("A new edition is in force no sooner after its publication than"),
            _plain_days(parameters.notice_days),
            "7.4",
        ),
        ParameterRow(
            "decreed_days_work",
            _("Days declared non-working count as working"),
            yes if parameters.decreed_days_work else no,
            "E1",
        ),
    ]


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def _working(seconds: int) -> str:
    return _("%(time)s of working time") % {"time": duration_words(seconds)}


def _nth(days: int) -> str:
    return _("working day %(n)d after it") % {"n": days}


def _days(days: int) -> str:
    return ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days}


def _plain_days(days: int) -> str:
    return ngettext("%(n)d calendar day", "%(n)d calendar days", days) % {"n": days}


def whole_days(seconds: int) -> str:
    """“14 full days”, or hours where they make no whole days."""
    days, rest = divmod(seconds, 24 * 3600)
    if rest:
        return duration_words(seconds)
    return ngettext("%(n)d full day (24 hours)", "%(n)d full days (24 hours each)", days) % {"n": days}
