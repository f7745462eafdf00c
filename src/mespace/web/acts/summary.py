"""What is expected of whom and by when, and what became of each promise, in words (clauses 4.6, 5.5, 6.4)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.regulation.core.terms import PRESUMED, TermVerdict
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.queries import compiled, parameters_of
from mespace.tickets.clocks import instant
from mespace.tickets.lifecycle import Status, Verb
from mespace.tickets.queries.ticket import TicketView
from mespace.web.acts.course import plain_instant
from mespace.web.acts.course_words import EVIDENCE
from mespace.web.durations import duration_words
from mespace.web.instants import day_words
from mespace.web.vocabulary import RESOLUTIONS

HOUR = 3600


@dataclass(frozen=True)
class Expectation:
    """Whose move it is (vendor, customer, third_party, nobody), what is expected, until when, and what else to know.

    `left` is the working time to `due` in seconds, negative when it has passed.
    """

    party: str
    title: str
    due: datetime | None = None
    left: int | None = None
    tone: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReactionSummary:
    """The reaction promise in a sentence; `state` and `left` as the kit's clock takes them."""

    state: str
    due: datetime
    left: int | None
    words: str
    tone: str
    target: str
    is_provisional: bool


@dataclass(frozen=True)
class TermSummary:
    """One term of clause 5.5: what was asked, how receipt is known, until when, and how it ended."""

    number: int
    title: str
    opened_at: datetime
    received: str
    due: datetime
    left: int | None
    outcome: str
    tone: str
    is_running: bool
    is_provisional: bool


def reaction_summary(view: TicketView) -> ReactionSummary:
    """The reaction promise of the ticket as it stands at the view's instant."""
    given, code = view.verdict.reaction, view.ticket.regulation_edition.code
    calendar = compiled(given.calendar, code)
    due = instant(given.due)
    spent = duration_words(given.working_seconds)
    left: int | None = None
    match given.state:
        case "running":
            left = working_left(calendar, given.measured_to, given.due)
            state, tone = "running", ""
            words = _("Reaction by %(due)s; %(left)s of working time left") % {
                "due": plain_instant(due),
                "left": duration_words(left),
            }
        case "kept":
            state, tone = "kept", "good"
            words = _("Reaction in time: after %(spent)s of working time, %(target)s were promised") % {
                "spent": spent,
                "target": _hours(given.target_seconds),
            }
        case "withdrawn":
            state, tone = "withdrawn", ""
            words = _("No verdict: the request was withdrawn before the reaction")
        case _ if given.reacted_at is None:
            left = min(working_left(calendar, given.measured_to, given.due), -1)  # late, if by no working minute yet
            state, tone = "running", "bad"
            words = _("Reaction is late: it was promised by %(due)s") % {"due": plain_instant(due)}
        case _:
            state, tone = "broken", "bad"
            if given.reacted_at > given.due:
                late = calendar.between(given.due, given.reacted_at)
                words = _("Reaction late by %(late)s of working time: promised by %(due)s, it came %(at)s") % {
                    "late": duration_words(late),
                    "due": plain_instant(due),
                    "at": plain_instant(instant(given.reacted_at)),
                }
            else:
                words = _("Reaction late: an earlier deadline had passed before the criticality was changed")
    return ReactionSummary(
        state, due, left, words, tone, _hours(given.target_seconds), given.rests_on_provisional
    )  # fmt: skip


def term_summaries(view: TicketView) -> list[TermSummary]:
    """Every term of the ticket, oldest first."""
    return [_term_summary(view, term) for term in view.verdict.terms]


def running_term(view: TicketView) -> TermSummary | None:
    """The term that runs now, or None."""
    term = view.verdict.running_term
    return None if term is None else _term_summary(view, term)


def expectation(view: TicketView) -> Expectation:
    """What is expected of whom and by when, in the reader's voice: a customer reads “your move”."""
    ticket = view.ticket
    match ticket.status:
        case Status.OPEN:
            return _of_reaction(view)
        case Status.INFO_REQUESTED | Status.SOLUTION_PROPOSED:
            return _of_answer(view)
        case Status.SUSPENDED:
            return _of_suspension(view)
        case Status.CLOSED:
            return _of_closed(view)
    reaction = reaction_summary(view)
    titles = {
        Status.ANALYSIS: _("Support is looking into the cause"),
        Status.IN_PROGRESS: _("Support is working on it"),
        Status.SCHEDULED: _("Planned for %(target)s on %(on)s")
        % {"target": ticket.planned_target, "on": day_words(ticket.planned_on) if ticket.planned_on else "—"},
    }
    notes = [reaction.words + "."]
    if view.actor.is_customer:
        notes.insert(0, _("Nothing is expected of you now. You can write at any time."))
    return Expectation("vendor", titles[Status(ticket.status)], notes=tuple(notes))


def working_left(calendar: WorkingCalendar, now: int, due: int) -> int:
    """Working seconds from `now` to `due`, negative when `due` has passed."""
    return calendar.between(now, due) if now <= due else -calendar.between(due, now)


def _of_reaction(view: TicketView) -> Expectation:
    given = reaction_summary(view)
    code = view.ticket.regulation_edition.code
    calendar = compiled(view.verdict.reaction.calendar, code)
    notes = [
        _("Target: %(target)s from the registration (clause 6.4). Only a person's acceptance counts as the reaction.")
        % {"target": given.target}
    ]
    if given.state == "running" and not calendar.is_working(view.verdict.as_of):
        notes.insert(
            0,
            _("The clock stands still until %(at)s, when working time begins.")
            % {"at": plain_instant(instant(calendar.next_working(view.verdict.as_of)))},
        )
    if given.is_provisional:
        notes.append(_provisional())
    title = _("Support must react") if given.tone != "bad" else _("Support is late: it promised to accept")
    return Expectation("vendor", title, given.due, given.left, given.tone, tuple(notes))


def _of_answer(view: TicketView) -> Expectation:
    given = running_term(view)
    asked = view.ticket.status == Status.INFO_REQUESTED
    if view.actor.is_customer:
        title = _("Answer the question") if asked else _("Check the solution")
    else:
        title = _("The customer is to answer") if asked else _("The customer is to check the solution")
    if given is None:
        return Expectation("customer", title)
    end = _("Without an answer the request is then suspended and the service counts as rendered in time (clause 5.5).")
    if view.actor.is_customer:
        end += " " + _("Any later reply of yours brings it back.")
    notes = [given.received, end]
    if given.is_provisional:
        notes.append(_provisional())
    tone = "warn" if given.left is not None and given.left < 9 * HOUR else ""
    return Expectation("customer", title, given.due, given.left, tone, tuple(notes))


def _of_suspension(view: TicketView) -> Expectation:
    if view.ticket.waiting_for == "third_party":
        return Expectation(
            "third_party",
            _("Suspended: another vendor must act"),
            notes=(_("Support goes on as soon as the other vendor has acted, or when you write."),)
            if view.actor.is_customer
            else (),
        )
    if not view.actor.is_customer:
        return Expectation("customer", _("Suspended until the customer reacts, without limit of time"))
    notes = [_("There is no limit of time. Any reply of yours brings the request back to analysis.")]
    if view.can(Verb.ACCEPT_SOLUTION):
        notes.append(_("If the proposed solution has helped, you can still accept it."))
    return Expectation("customer", _("Suspended: waiting for you"), notes=tuple(notes))


def _of_closed(view: TicketView) -> Expectation:
    ticket = view.ticket
    word = str(RESOLUTIONS[ticket.resolution])
    title = _("Closed: %(resolution)s") % {"resolution": word[:1].lower() + word[1:]}
    notes: list[str] = []
    if view.actor.is_customer:
        if view.can(Verb.REOPEN) and view.reopen_until is not None:
            notes.append(
                _("You can reopen it until %(until)s, after that continue in a new request.")
                % {"until": plain_instant(view.reopen_until)}
            )
        else:
            notes.append(_("It can no longer be reopened. Continue in a new request: the two will be linked."))
    notes.append(reaction_summary(view).words + ".")
    return Expectation("nobody", title, notes=tuple(notes))


def _term_summary(view: TicketView, term: TermVerdict) -> TermSummary:
    calendar = compiled(term.calendar, view.ticket.regulation_edition.code)
    left = working_left(calendar, view.verdict.as_of, term.due) if term.is_running else None
    titles = {"question": _("Answer to a question"), "proposal": _("Answer to a proposed solution")}
    outcomes = {
        "running": (_("runs"), ""),
        "answered": (_("answered"), "good"),
        "retracted": (_("taken back by support"), ""),
        "replaced": (_("replaced by a newer question or proposal"), ""),
        "closed": (_("ended with the request"), ""),
        "expired": (_("no answer: the service counts as rendered in time, the request was suspended"), "warn"),
    }
    words, tone = outcomes[term.outcome]
    if term.ended_at is not None:
        words = f"{words} · {plain_instant(instant(term.ended_at))}"
    return TermSummary(
        number=term.term,
        title=titles[term.kind],
        opened_at=instant(term.opened_at),
        received=_received(view, term),
        due=instant(term.due),
        left=left,
        outcome=words,
        tone=tone,
        is_running=term.is_running,
        is_provisional=term.rests_on_provisional,
    )


def _received(view: TicketView, term: TermVerdict) -> str:
    days = parameters_of(view.ticket.regulation_edition.code).answer_days
    rule = ngettext("the term is %(n)d working day", "the term is %(n)d working days", days) % {"n": days}
    if term.received_at is None:
        return _(
            "Not received yet; without evidence it counts as received at %(at)s. From the day of receipt %(rule)s."
        ) % {"at": plain_instant(instant(term.presumed_at)), "rule": rule}
    return _("Received %(at)s: %(evidence)s. From the day of receipt %(rule)s.") % {
        "at": plain_instant(instant(term.received_at)),
        "evidence": EVIDENCE[term.evidence or PRESUMED],
        "rule": rule,
    }


def _hours(seconds: int) -> str:
    if seconds % HOUR == 0:
        hours = seconds // HOUR
        return ngettext("%(n)d working hour", "%(n)d working hours", hours) % {"n": hours}
    return duration_words(seconds)


def _provisional() -> str:
    return _("The calendar of that year is not adopted yet, so this may move.")
