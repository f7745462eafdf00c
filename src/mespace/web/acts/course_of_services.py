"""What the course says of work done and of remote sessions, a sentence for each kind of event."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mespace.regulation.core.instants import parse_utc
from mespace.regulation.services import service_name
from mespace.tickets.clocks import instant
from mespace.tickets.events import Kind
from mespace.tickets.queries.ticket import Entry, TicketView
from mespace.tickets.session_lifecycle import Absent, SessionOutcome
from mespace.web.durations import duration_words
from mespace.web.instants import day_words, window_words

OUTSIDE: dict[str, str | Promise] = {
    "window": gettext_lazy("outside the agreed time"),
    "person": gettext_lazy("by another person"),
    "tool": gettext_lazy("with another tool"),
}
LABELS: dict[str, str | Promise] = {
    Kind.SESSION_PROPOSED: pgettext_lazy("label of a message", "What the session is for"),
    Kind.SESSION_ENDED: pgettext_lazy("label of a message", "What was changed"),
}


class Teller(Protocol):
    """What a sentence is made of: the event's payload, its entry and the ticket's view."""

    payload: dict[str, Any]
    entry: Entry
    view: TicketView


@dataclass(frozen=True)
class Proposed:
    """A session as its proposal names it: its number on the ticket, and its window in words."""

    number: int
    window: str


def work_logged(teller: Teller) -> str:
    """What was done: service, time, day, who."""
    return _("%(name)s worked %(time)s on %(day)s: %(service)s") % _work(teller.payload, teller)


def work_corrected(teller: Teller) -> str:
    """The reading that holds now, and the one before it."""
    before = next(
        event.payload for event in teller.view.events if event.payload.get("work") == teller.payload["replaces"]
    )
    values = _work(teller.payload, teller)
    values["before"] = f"{duration_words(before['minutes'] * 60)}, {service_name(before['service'])}"
    return _("Work corrected: %(name)s, %(time)s on %(day)s: %(service)s (before: %(before)s)") % values


def work_withdrawn(teller: Teller) -> str:
    """What counts no longer."""
    return _("Work withdrawn, it counts no longer: %(name)s, %(time)s on %(day)s: %(service)s") % _work(
        teller.payload, teller
    )


def session_proposed(teller: Teller) -> str:
    """When, and who connects."""
    values = {**_session(teller), "name": _name(teller)}
    return (
        _("Remote session № %(number)s proposed: %(window)s, %(name)s will connect. It needs the customer’s consent")
        % values
    )


def session_consented(teller: Teller) -> str:
    """Who agreed, and how."""
    values = {**_session(teller), "name": _name(teller)}
    if teller.payload.get("said_at"):
        values["at"] = _said_at(teller)
        return _("%(name)s agreed to the remote session № %(number)s by phone at %(at)s") % values
    return _("%(name)s agreed to the remote session № %(number)s (%(window)s)") % values


def session_refused(teller: Teller) -> str:
    """Who did not agree, and how."""
    values = {**_session(teller), "name": _name(teller)}
    if teller.payload.get("said_at"):
        values["at"] = _said_at(teller)
        return _("%(name)s refused the remote session № %(number)s by phone at %(at)s") % values
    return _("%(name)s refused the remote session № %(number)s (%(window)s)") % values


def session_consent_withdrawn(teller: Teller) -> str:
    """Who took the consent back."""
    values = {**_session(teller), "name": _name(teller)}
    return _("%(name)s withdrew the consent to the remote session № %(number)s: it will not take place") % values


def session_started(teller: Teller) -> str:
    """Who connected, and in what it differs from what was agreed."""
    values = {**_session(teller), "name": _name(teller)}
    outside = teller.payload.get("outside")
    if outside:
        values["how"] = ", ".join(str(OUTSIDE[name]) for name in outside)
        return _("Remote session № %(number)s began, otherwise than agreed: %(how)s. %(name)s is connected") % values
    return _("Remote session № %(number)s began as agreed: %(name)s is connected") % values


def session_ended(teller: Teller) -> str:
    """What came of it."""
    outcome = SessionOutcome(teller.payload["outcome"]).label
    return _("Remote session № %(number)s ended: %(outcome)s") % {**_session(teller), "outcome": outcome}


def session_cancelled(teller: Teller) -> str:
    """Taken back by support."""
    return _("Remote session № %(number)s (%(window)s) cancelled") % _session(teller)


def session_missed(teller: Teller) -> str:
    """Who did not come."""
    who = Absent(teller.payload["absent"]).label
    return _("Remote session № %(number)s did not take place: %(who)s did not come") % {**_session(teller), "who": who}


def proposed_of(view: TicketView, session_id: int) -> Proposed:
    """The session's number and window, from the log."""
    proposals = [event.payload for event in view.events if event.kind == Kind.SESSION_PROPOSED]
    number, payload = next((number, each) for number, each in enumerate(proposals, 1) if each["session"] == session_id)
    return Proposed(number, window_words(instant(parse_utc(payload["starts"])), instant(parse_utc(payload["ends"]))))


def _session(teller: Teller) -> dict[str, object]:
    proposed = proposed_of(teller.view, teller.payload["session"])
    return {"number": proposed.number, "window": proposed.window}


def _work(payload: dict[str, Any], teller: Teller) -> dict[str, str]:
    return {
        "name": _name(teller),
        "time": duration_words(payload["minutes"] * 60),
        "day": day_words(date.fromisoformat(payload["on"])),
        "service": service_name(payload["service"]),
    }


def _said_at(teller: Teller) -> str:
    from mespace.web.acts.course import plain_instant

    return plain_instant(instant(parse_utc(teller.payload["said_at"])))


def _name(teller: Teller) -> str:
    return teller.entry.other_person.full_name if teller.entry.other_person is not None else ""
