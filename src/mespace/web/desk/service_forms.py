"""The desk's forms about work and remote sessions: their words, what they begin with, and their lists."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mespace.customers.entitlement import moscow_date
from mespace.customers.models import Installation
from mespace.regulation.services import Service
from mespace.tickets.lifecycle import TicketType
from mespace.tickets.models import RemoteSession, Ticket
from mespace.tickets.operations.start_session import differences_from_agreed
from mespace.tickets.queries.desk_options import Option, person_options, place_options
from mespace.tickets.queries.sessions import sessions_of
from mespace.tickets.queries.ticket import TicketView
from mespace.tickets.services_log import readings
from mespace.tickets.session_lifecycle import SessionVerb, session_moves_from
from mespace.web.acts.course_of_services import OUTSIDE
from mespace.web.acts.forms import ActForm
from mespace.web.desk.form_words import FormWords
from mespace.web.instants import window_words, zone_named, zone_words

USUAL: dict[str, Service] = {
    TicketType.CONSULTATION: Service.INSTALLATION_ADVICE,
    TicketType.BUG: Service.REMOTE_ANALYSIS,
    TicketType.INCIDENT: Service.REMOTE_ANALYSIS,
    TicketType.CHANGE_REQUEST: Service.IMPROVEMENT,
}
WORDS: dict[str, FormWords] = {
    "log-work": FormWords(
        gettext_lazy("Log work"),
        gettext_lazy("The customer sees the service, who worked and how long. No clock and no status moves."),
        pgettext_lazy("act", "Log"),
    ),
    "correct-work": FormWords(
        gettext_lazy("Correct logged work"),
        gettext_lazy("Both readings stay visible, and the customer reads the reason."),
        gettext_lazy("Save the correction"),
    ),
    "withdraw-work": FormWords(
        gettext_lazy("Withdraw logged work?"),
        gettext_lazy("It counts no longer and stays visible. The customer reads the reason."),
        pgettext_lazy("act on work", "Withdraw"),
        danger=True,
    ),
    "propose-session": FormWords(
        gettext_lazy("Propose a remote session"),
        gettext_lazy(
            "The customer is asked for consent to exactly this. Nobody may connect before a named person has agreed."
        ),
        gettext_lazy("Ask for consent"),
    ),
    "session-answer": FormWords(
        gettext_lazy("Record an answer by phone"),
        gettext_lazy("Who of the customer said what, and when. Both sides read it."),
        gettext_lazy("Record the answer"),
    ),
    "start-session": FormWords(
        gettext_lazy("Start the remote session"),
        gettext_lazy("As agreed it needs nothing more. Otherwise say why: the customer reads it."),
        pgettext_lazy("act", "Start"),
    ),
    "end-session": FormWords(
        gettext_lazy("End the remote session"),
        gettext_lazy("The customer reads what came of it and what was changed."),
        pgettext_lazy("act", "End"),
    ),
    "cancel-session": FormWords(
        gettext_lazy("Cancel the remote session, or move it"),
        gettext_lazy("A consent holds for what was agreed alone: another time is proposed anew and asked for again."),
        pgettext_lazy("act", "Cancel the session"),
    ),
    "session-no-show": FormWords(
        gettext_lazy("The session did not take place"),
        gettext_lazy("Its agreed time has come, and one side has not. Both sides read it."),
        pgettext_lazy("act", "Note it"),
    ),
}
ON_A_SESSION: dict[str, tuple[SessionVerb, ...]] = {
    "session-answer": (SessionVerb.CONSENT, SessionVerb.WITHDRAW_CONSENT),
    "start-session": (SessionVerb.START,),
    "end-session": (SessionVerb.END,),
    "cancel-session": (SessionVerb.CANCEL,),
    "session-no-show": (SessionVerb.MISS,),
}
ON_WORK = frozenset({"correct-work", "withdraw-work"})
ON_A_ROW = ON_WORK | set(ON_A_SESSION)


def initial_of(request: HttpRequest, view: TicketView, name: str) -> dict[str, Any]:
    """What the form begins with; nothing when the entry or session that it is about is not there, or not so."""
    if name in ON_WORK:
        return _of_work(request, view)
    if name in ON_A_SESSION:
        return _of_session(request, view, name)
    if name == "log-work":
        today = moscow_date(view.now)
        return {"service": _usual_service(view), "worked_on": today, "person": view.actor.user_id}
    return _of_proposal(view)


def fill(form: ActForm, view: TicketView, name: str) -> None:
    """Turn the fields that hold row ids into lists to choose from."""
    if {"person", "by_person"} & set(form.fields):
        people = person_options(view.ticket)
        if "person" in form.fields:
            _list(form, "person", people["assignee"], _("me"))
        if "by_person" in form.fields:
            _list(form, "by_person", people["person"], "—")
    if name == "end-session":
        ticket = view.ticket
        builds = place_options(customer_id=ticket.customer_id, product_id=ticket.product_id)["build"]
        _list(form, "build_before", builds, _("not known"))
        _list(form, "build_after", builds, _("not known"))


def notes_of(form: ActForm, view: TicketView, name: str) -> list[str]:
    """What to know before sending: how the times read at the site, or in what a beginning differs."""
    if name == "propose-session":
        site = view.ticket.site
        if site is None:
            return []
        here = view.now.astimezone(zone_named(site.time_zone))
        return [
            _("At the site it is %(time)s now (%(zone)s).")
            % {"time": f"{here:%H:%M}", "zone": zone_words(view.now, zone_named(site.time_zone))}
        ]
    session = _session(view, form["session"].value()) if "session" in form.fields else None
    if session is None:
        return []
    agreed = _("Proposed: %(window)s, %(name)s, %(tool)s.") % {
        "window": window_words(session.starts_at, session.ends_at),
        "name": session.person.full_name,
        "tool": session.tool,
    }
    if name != "start-session":
        return [agreed]
    differs = differences_from_agreed(
        session, at=view.now, person_id=view.actor.user_id or 0, tool=str(form["tool"].value() or session.tool)
    )
    if not differs:
        return [agreed]
    how = ", ".join(str(OUTSIDE[each]) for each in differs)
    return [agreed, _("Started by you now, it differs: %(how)s.") % {"how": how}]


def _of_work(request: HttpRequest, view: TicketView) -> dict[str, Any]:
    asked = request.GET.get("work", "")
    reading = next((each for each in readings(view.events) if each.counts and str(each.work) == asked), None)
    if reading is None:
        return {}
    return {
        "work": reading.work,
        "service": reading.service,
        "minutes": reading.minutes,
        "worked_on": reading.on,
        "person": reading.person,
    }


def _of_session(request: HttpRequest, view: TicketView, name: str) -> dict[str, Any]:
    session = _session(view, request.GET.get("session", ""))
    if session is None or not {move.verb for move in session_moves_from(session.state)} & set(ON_A_SESSION[name]):
        return {}
    initial: dict[str, Any] = {"session": session.pk}
    if name == "session-answer":
        initial["by_person"] = view.ticket.holder_id
    elif name == "start-session":
        initial |= {"person": view.actor.user_id, "tool": session.tool}
    elif name == "end-session":
        build = _present_build(view.ticket)
        initial |= {"build_before": build, "build_after": build}
    return initial


def _session(view: TicketView, asked: object) -> RemoteSession | None:
    return next((each for each in sessions_of(view.ticket.pk) if str(each.pk) == str(asked)), None)


def _of_proposal(view: TicketView) -> dict[str, Any]:
    """Tomorrow in the morning of the site, with the tool and target of the ticket's last session."""
    site = view.ticket.site
    zone = zone_named(site.time_zone if site is not None else "Europe/Moscow")
    day: date = view.now.astimezone(zone).date() + timedelta(days=1)
    starts = datetime(day.year, day.month, day.day, 10, tzinfo=zone)
    initial: dict[str, Any] = {
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=1),
        "person": view.actor.user_id,
    }
    last = next(iter(sessions_of(view.ticket.pk)), None)
    if last is not None:
        initial |= {"tool": last.tool, "target": last.target}
    return initial


def _present_build(ticket: Ticket) -> int | None:
    """The build that the site's passport names, else the ticket's."""
    rows = Installation.objects.filter(site_id=ticket.site_id or 0, product_id=ticket.product_id)
    return rows.values_list("build_id", flat=True).first() or ticket.build_id


def _usual_service(view: TicketView) -> str:
    """The service of the actor's last entry here, else what is usual for the ticket's type."""
    own = [each.service for each in readings(view.events) if each.person == view.actor.user_id]
    return own[-1] if own else USUAL[view.ticket.type]


def _list(form: forms.Form, name: str, options: list[Option], empty: str) -> None:
    given = form.fields[name]
    given.widget = forms.Select(choices=[("", empty), *((option.pk, option.label) for option in options)])
    given.widget.is_required = given.required
