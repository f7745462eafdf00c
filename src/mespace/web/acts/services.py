"""What was done for the customer, as a ticket's pages show it: work with its sums, and remote sessions (clause 6.3)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.accounts.models import User
from mespace.platform.forms import new_key
from mespace.regulation.services import NUMBERS, service_name
from mespace.tickets.events import SESSIONS, WORK
from mespace.tickets.models import Message, RemoteSession
from mespace.tickets.queries.sessions import sessions_of
from mespace.tickets.queries.ticket import TicketView
from mespace.tickets.services_log import Reading, readings
from mespace.tickets.session_lifecycle import LIVE, SessionState
from mespace.web.acts.course import plain_instant
from mespace.web.instants import window_words

Words = str | Promise

LOOKS: dict[str, tuple[str, str]] = {  # tone and icon of a state
    SessionState.PROPOSED: ("warn", "hourglass"),
    SessionState.AGREED: ("good", "shield-check"),
    SessionState.RUNNING: ("note", "plug-connected"),
    SessionState.ENDED: ("closed", "circle-check"),
    SessionState.REFUSED: ("bad", "shield-off"),
    SessionState.WITHDRAWN: ("bad", "shield-off"),
    SessionState.CANCELLED: ("closed", "circle-x"),
    SessionState.MISSED: ("closed", "user-off"),
}


@dataclass(frozen=True)
class WorkLine:
    """One reading of some work."""

    reading: Reading
    service: str
    person: str
    seconds: int
    state: Words  # "" while it counts

    @property
    def on(self) -> date:
        """The day of the work."""
        return self.reading.on


@dataclass(frozen=True)
class WorkPanel:
    """All work on a ticket, the newest first, and what of it counts, by service."""

    lines: list[WorkLine]
    sums: list[tuple[str, int]]
    total: int  # seconds
    replaced: int  # how many readings count no longer


@dataclass(frozen=True)
class SessionCard:
    """A remote session as either side sees it."""

    session: RemoteSession
    window: str
    state: Words
    tone: str
    icon: str
    happened: list[str] = field(default_factory=list)
    is_open_to_consent: bool = False
    can_withdraw: bool = False
    is_over: bool = False  # proposed or agreed, and its time has passed
    left: str = ""  # who was to take part and can no longer
    consent_key: str = ""
    refuse_key: str = ""

    @property
    def is_live(self) -> bool:
        """Ahead or running."""
        return self.session.state in LIVE

    @property
    def purpose(self) -> SafeString:
        """What it is for, as safe HTML."""
        return _html(self.session.purpose)

    @property
    def report(self) -> SafeString:
        """What was changed, as safe HTML; empty before its end."""
        return _html(self.session.report) if self.session.report is not None else SafeString()


def work_panel(view: TicketView) -> WorkPanel | None:
    """The work on the ticket, read from the log that the page holds anyway; None when there is none."""
    if not any(event.kind in WORK for event in view.events):
        return None
    found = readings(view.events)
    sums: defaultdict[str, int] = defaultdict(int)
    for each in found:
        if each.counts:
            sums[each.service] += each.minutes * 60
    lines = [_line(view, each) for each in reversed(found) if not each.is_withdrawn]
    ordered = sorted(sums.items(), key=lambda pair: NUMBERS[pair[0]])
    return WorkPanel(
        lines=lines,
        sums=[(service_name(code), seconds) for code, seconds in ordered],
        total=sum(sums.values()),
        replaced=sum(1 for line in lines if line.state),
    )


def session_cards(view: TicketView) -> list[SessionCard]:
    """The ticket's remote sessions, the newest first; one statement, and none when there are none."""
    if not any(event.kind in SESSIONS for event in view.events):
        return []
    return [_card(view, session) for session in sessions_of(view.ticket.pk)]


def services_context(view: TicketView) -> dict[str, object]:
    """Both, as the pages' templates take them."""
    cards = session_cards(view)
    return {
        "work": work_panel(view),
        "sessions": cards,
        "live_sessions": [card for card in cards if card.is_live],
        "past_sessions": [card for card in cards if not card.is_live],
    }


def _line(view: TicketView, reading: Reading) -> WorkLine:
    words = {"corrected": _("corrected later"), "withdrawn": _("withdrawn")}
    person = view.people.get(reading.person)
    return WorkLine(
        reading,
        service_name(reading.service),
        person.full_name if person is not None else "",
        reading.minutes * 60,
        words.get(reading.later, ""),
    )


def _card(view: TicketView, session: RemoteSession) -> SessionCard:
    tone, icon = LOOKS[session.state]
    ahead = session.state in {SessionState.PROPOSED, SessionState.AGREED}
    reacts = view.actor.is_customer and view.ticket.is_open_work
    open_to_consent = reacts and session.is_open_to_consent(view.now)
    can_withdraw = reacts and session.state == SessionState.AGREED
    return SessionCard(
        session=session,
        window=window_words(session.starts_at, session.ends_at),
        state=SessionState(session.state).label,
        tone=tone,
        icon=icon,
        happened=_happened(session),
        is_open_to_consent=open_to_consent,
        can_withdraw=can_withdraw,
        is_over=ahead and view.now >= session.ends_at,
        left=", ".join(person.full_name for person in session.left_by),
        consent_key=new_key() if open_to_consent else "",
        refuse_key=new_key() if open_to_consent or can_withdraw else "",
    )


def _happened(session: RemoteSession) -> list[str]:
    """Who agreed, who did not, and what came of it, a sentence each."""
    told = []
    if session.consented_by is not None and session.consented_at is not None:
        told.append(_("Agreed by %(name)s on %(at)s") % _who(session.consented_by, session.consented_at))
    if session.refused_by is not None and session.refused_at is not None:
        withdrawn = session.state == SessionState.WITHDRAWN
        words = _("Withdrawn by %(name)s on %(at)s") if withdrawn else _("Refused by %(name)s on %(at)s")
        told.append(words % _who(session.refused_by, session.refused_at))
    if told and session.recorded_by is not None:
        told[-1] += " · " + _("by phone, written down by %(name)s") % {"name": session.recorded_by.full_name}
    if session.started_at is not None and session.connected is not None:
        told.append(_("Connected: %(name)s from %(at)s") % _who(session.connected, session.started_at))
        if session.deviates:
            told.append(_("It began otherwise than agreed; the reason stands in the course."))
    if session.ended_at is not None and session.started_at is not None:
        minutes = int((session.ended_at - session.started_at).total_seconds()) // 60
        lasted = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
        told.append(
            _("Ended: %(outcome)s, after %(time)s") % {"outcome": session.get_outcome_display(), "time": lasted}
        )
    return told


def _who(person: User, at: datetime) -> dict[str, str]:
    return {"name": person.full_name, "at": plain_instant(at)}


def _html(message: Message) -> SafeString:
    if message.removed_at is not None:
        return SafeString(_("This text was removed."))
    return mark_safe(message.html)  # noqa: S308 - cleaned when it was written
