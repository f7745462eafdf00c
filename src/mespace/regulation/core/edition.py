"""The parameters of an edition of the regulation: every number that was promised (clauses 1, 5.5, 6.4, 7.4)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from mespace.regulation.core.canonical import digest
from mespace.regulation.core.errors import ParametersInvalid

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_COUNTS = ("answer_days", "presumption_days", "reminder_day", "reopen_seconds", "onboarding_days", "notice_days")
_KEYS = frozenset({"zone", "day_start", "day_end", "reaction_seconds", "decreed_days_work", *_COUNTS})
_TARGETS = frozenset({"critical", "non_critical"})


@dataclass(frozen=True, slots=True)
class Parameters:
    """What one edition promises; `day_start` and `day_end` are seconds after local midnight, spans are in seconds."""

    zone: str
    day_start: int
    day_end: int
    critical_seconds: int
    non_critical_seconds: int
    answer_days: int
    presumption_days: int
    reminder_day: int
    reopen_seconds: int
    onboarding_days: int
    notice_days: int
    decreed_days_work: bool

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Return the parameters of their JSON object; a missing, unknown or ill-typed key is refused by its name."""
        given = _object(value, "parameters", _KEYS)
        targets = _object(given["reaction_seconds"], "reaction_seconds", _TARGETS)
        parameters = cls(
            zone=_text(given["zone"], "zone"),
            day_start=_time(given["day_start"], "day_start"),
            day_end=_time(given["day_end"], "day_end"),
            critical_seconds=_positive(targets["critical"], "reaction_seconds.critical"),
            non_critical_seconds=_positive(targets["non_critical"], "reaction_seconds.non_critical"),
            decreed_days_work=_boolean(given["decreed_days_work"], "decreed_days_work"),
            **{name: _positive(given[name], name) for name in _COUNTS},
        )
        if parameters.day_end <= parameters.day_start:
            msg = "day_end: the working day must end after it starts"
            raise ParametersInvalid(msg)
        if parameters.critical_seconds > parameters.non_critical_seconds:
            msg = "reaction_seconds.critical: must not be longer than reaction_seconds.non_critical"
            raise ParametersInvalid(msg)
        if parameters.reminder_day > parameters.answer_days:
            msg = "reminder_day: must not be later than answer_days"
            raise ParametersInvalid(msg)
        return parameters

    def as_json(self) -> dict[str, Any]:
        """Return the JSON object that `from_json` reads."""
        return {
            "zone": self.zone,
            "day_start": _clock(self.day_start),
            "day_end": _clock(self.day_end),
            "reaction_seconds": {"critical": self.critical_seconds, "non_critical": self.non_critical_seconds},
            "answer_days": self.answer_days,
            "presumption_days": self.presumption_days,
            "reminder_day": self.reminder_day,
            "reopen_seconds": self.reopen_seconds,
            "onboarding_days": self.onboarding_days,
            "notice_days": self.notice_days,
            "decreed_days_work": self.decreed_days_work,
        }

    def digest(self) -> str:
        """Return the SHA-256 of the canonical JSON of the parameters."""
        return digest(self.as_json())

    def target_seconds(self, *, ticket_type: str, criticality: str) -> int:
        """Return the promised reaction time in working seconds; only an incident can be critical (clause 6.4)."""
        return self.critical_seconds if is_critical(ticket_type, criticality) else self.non_critical_seconds


def is_critical(ticket_type: str, criticality: str) -> bool:
    """Tell whether the shorter target applies: a critical incident and nothing else (clause 5.3)."""
    return ticket_type == "incident" and criticality == "critical"


def _object(value: object, name: str, keys: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        msg = f"{name}: an object is expected"
        raise ParametersInvalid(msg)
    for key in sorted(keys - value.keys()):
        msg = f"{name}: {key} is missing"
        raise ParametersInvalid(msg)
    for key in sorted(str(key) for key in value.keys() - keys):
        msg = f"{name}: {key} is not known"
        raise ParametersInvalid(msg)
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        msg = f"{name}: a non-empty text is expected"
        raise ParametersInvalid(msg)
    return value


def _time(value: object, name: str) -> int:
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        msg = f"{name}: a time of day such as 08:00 is expected"
        raise ParametersInvalid(msg)
    return int(match[1]) * 3600 + int(match[2]) * 60


def _positive(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        msg = f"{name}: a whole number from 1 is expected"
        raise ParametersInvalid(msg)
    return value


def _boolean(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        msg = f"{name}: true or false is expected"
        raise ParametersInvalid(msg)
    return value


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
