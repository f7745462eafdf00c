"""The acts about work and remote sessions: each form with its operation."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from mespace.tickets.errors import SessionNotFound
from mespace.tickets.models import RemoteSession
from mespace.tickets.operations._work import Work
from mespace.tickets.operations.cancel_session import cancel_session
from mespace.tickets.operations.consent_to_session import consent_to_session
from mespace.tickets.operations.correct_work import correct_work
from mespace.tickets.operations.end_session import Report, end_session
from mespace.tickets.operations.log_work import log_work
from mespace.tickets.operations.propose_session import Terms, propose_session
from mespace.tickets.operations.record_no_show import record_no_show
from mespace.tickets.operations.record_session_answer import Answer, record_session_answer
from mespace.tickets.operations.refuse_session import refuse_session
from mespace.tickets.operations.start_session import Beginning, start_session
from mespace.tickets.operations.withdraw_work import withdraw_work
from mespace.web.acts import service_forms as forms
from mespace.web.acts.sent import PageAct, Sent


def _work(data: dict[str, Any]) -> Work:
    return Work(data["service"], data["minutes"], data["worked_on"], data["person"])


def _propose(sent: Sent) -> object:
    data = sent.data
    names = ("starts_at", "ends_at", "tool", "target", "purpose")
    terms = Terms(**{name: data[name] for name in names}, person_id=data["person"])
    return propose_session(**sent.common, terms=terms)


def _answer(sent: Sent) -> object:
    data = sent.data
    consents = data["answer"] == forms.SessionAnswerForm.CONSENT
    answer = Answer(consents, data["by_person"], data["said"], data["said_at"])
    return record_session_answer(**sent.common, session_id=data["session"], answer=answer)


def _start(sent: Sent) -> object:
    data = sent.data
    beginning = Beginning(data["person"], data["tool"], data["reason"])
    return start_session(**sent.common, session_id=data["session"], beginning=beginning)


def _end(sent: Sent) -> object:
    data = sent.data
    report = Report(data["outcome"], data["changed"], data["build_before"], data["build_after"])
    return end_session(**sent.common, session_id=data["session"], report=report)


def _cancel(sent: Sent) -> object:
    data = sent.data
    instead = None
    if data["starts_at"]:
        instead = replace(_terms_of(sent, data["session"]), starts_at=data["starts_at"], ends_at=data["ends_at"])
    return cancel_session(**sent.common, session_id=data["session"], reason=data["reason"], instead=instead)


def _terms_of(sent: Sent, session_id: int) -> Terms:
    """What was proposed, to be proposed at another time."""
    rows = RemoteSession.objects.visible_to(sent.actor).filter(ticket=sent.ticket, pk=session_id)
    session = rows.select_related("purpose").first()
    if session is None:
        raise SessionNotFound(session_id)
    return Terms(
        session.starts_at, session.ends_at, session.tool, session.target, session.purpose.body, session.person_id
    )


SERVICE_ACTS: dict[str, PageAct] = {
    # by the customer
    "consent-session": PageAct(
        forms.SessionForm,
        lambda s: consent_to_session(**s.common, session_id=s.data["session"]),
        _("You agreed to the remote session. You can take that back until it begins."),
    ),
    "refuse-session": PageAct(
        forms.RefuseSessionForm,
        lambda s: refuse_session(**s.common, session_id=s.data["session"], reason=s.data["reason"]),
        _("You did not agree: nobody will connect."),
    ),
    # by staff
    "log-work": PageAct(
        forms.LogWorkForm,
        lambda s: log_work(**s.common, work=_work(s.data), note=s.data["note"]),
        _("The work is logged."),
    ),
    "correct-work": PageAct(
        forms.CorrectWorkForm,
        lambda s: correct_work(**s.common, work_id=s.data["work"], work=_work(s.data), reason=s.data["reason"]),
        _("The entry is corrected; the former reading stays visible."),
    ),
    "withdraw-work": PageAct(
        forms.WithdrawWorkForm,
        lambda s: withdraw_work(**s.common, work_id=s.data["work"], reason=s.data["reason"]),
        _("The entry counts no longer; it stays visible."),
    ),
    "propose-session": PageAct(
        forms.ProposeSessionForm, _propose, _("The session is proposed; the customer is asked for consent.")
    ),
    "session-answer": PageAct(forms.SessionAnswerForm, _answer, _("The answer is recorded.")),
    "start-session": PageAct(forms.StartSessionForm, _start, _("The remote session has begun.")),
    "end-session": PageAct(forms.EndSessionForm, _end, _("The remote session has ended.")),
    "cancel-session": PageAct(forms.CancelSessionForm, _cancel, _("The session is cancelled.")),
    "session-no-show": PageAct(
        forms.NoShowForm,
        lambda s: record_no_show(
            **s.common, session_id=s.data["session"], absent=s.data["absent"], note=s.data["note"]
        ),
        _("It is noted that the session did not take place."),
    ),
}
