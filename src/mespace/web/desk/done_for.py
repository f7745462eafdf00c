"""Work and remote sessions at the desk: what is there, and what can be done with it now."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.accounts.permissions import Permission
from mespace.platform.folding.address import address
from mespace.platform.forms import new_key
from mespace.tickets.operations.start_session import differences_from_agreed
from mespace.tickets.queries.ticket import TicketView
from mespace.tickets.session_lifecycle import SessionState, SessionVerb, session_moves_from
from mespace.web.acts.services import SessionCard, WorkLine, services_context
from mespace.web.desk.offers import form_url


@dataclass(frozen=True)
class SessionAct:
    """A button on a session: sent at once with `key`, or a link to its form."""

    label: str | Promise
    icon: str
    url: str
    key: str = ""
    is_first: bool = False


@dataclass(frozen=True)
class DeskSession:
    """A session with its buttons."""

    card: SessionCard
    acts: list[SessionAct] = field(default_factory=list)


@dataclass(frozen=True)
class WorkAct:
    """A counting entry, and where it is put right."""

    line: WorkLine
    correct_url: str
    withdraw_url: str


def done_for(view: TicketView) -> dict[str, Any]:
    """The context of the ticket's page: work, sessions and their acts; a statement when there are sessions."""
    context = services_context(view)
    cards: Any = context["sessions"]
    works = view.actor.can(Permission.TICKET_WORK)
    shown = [DeskSession(card, _acts(view, card) if works else []) for card in cards]
    work: Any = context["work"]
    return {
        "work": work,
        "work_acts": [_work_act(view, line) for line in work.lines if _is_mine(view, line)] if work and works else [],
        "live_sessions": [each for each in shown if each.card.is_live],
        "past_sessions": [each for each in shown if not each.card.is_live],
    }


def _is_mine(view: TicketView, line: WorkLine) -> bool:
    """Whether the reader may put it right: contractors, what is their own."""
    own = line.reading.person == view.actor.user_id or line.reading.logged_by == view.actor.log_name
    return line.reading.counts and (own or view.actor.can(Permission.TICKET_READ_ALL))


def _work_act(view: TicketView, line: WorkLine) -> WorkAct:
    work = line.reading.work
    return WorkAct(line, form_url(view, "correct-work", work=work), form_url(view, "withdraw-work", work=work))


def _acts(view: TicketView, card: SessionCard) -> list[SessionAct]:
    session, is_open = card.session, view.ticket.is_open_work
    possible = {move.verb for move in session_moves_from(session.state)}
    found = []

    def link(name: str, label: str, icon: str, *, is_first: bool = False) -> SessionAct:
        return SessionAct(label, icon, form_url(view, name, session=session.pk), is_first=is_first)

    if SessionVerb.START in possible and is_open:
        label = pgettext("act on a session", "Start")
        agreed = not differences_from_agreed(session, at=view.now, person_id=view.actor.user_id or 0, tool=session.tool)
        url = address("ticket_act", view.ticket.key, "start-session")
        found.append(
            SessionAct(label, "plug-connected", url, new_key(), is_first=True)
            if agreed
            else link("start-session", _("Start otherwise than agreed…"), "plug-connected")
        )
    if SessionVerb.END in possible:
        found.append(link("end-session", _("End…"), "plug-connected-x", is_first=True))
    if possible & {SessionVerb.CONSENT, SessionVerb.WITHDRAW_CONSENT} and is_open and not _too_late(view, card):
        found.append(link("session-answer", _("Answer by phone…"), "phone"))
    if SessionVerb.MISS in possible and view.now >= session.starts_at:
        found.append(link("session-no-show", _("It did not take place…"), "user-off"))
    if SessionVerb.CANCEL in possible:
        found.append(link("cancel-session", _("Cancel or move…"), "circle-x"))
    return found


def _too_late(view: TicketView, card: SessionCard) -> bool:
    """Whether nobody can agree any more, since the proposed time is over."""
    return card.session.state == SessionState.PROPOSED and view.now >= card.session.ends_at
