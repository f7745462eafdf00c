"""Who is away: the list, and the form of an absence."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts import duty
from mespace.accounts.models import User
from mespace.accounts.operations._absence import Away, absence_of
from mespace.accounts.operations.change_absence import change_absence
from mespace.accounts.operations.record_absence import record_absence
from mespace.accounts.operations.remove_absence import remove_absence
from mespace.accounts.permissions import Permission
from mespace.accounts.roster import AbsenceKind
from mespace.platform import clock
from mespace.web.duty.door import everybody_on_requests
from mespace.web.duty.fill import SECTION, Form, fill
from mespace.web.duty.forms import AbsenceForm, fields_of, instants_of
from mespace.web.manage.page import Question, posted, remove
from mespace.web.middleware import ActorRequest
from mespace.web.staff_page import draw_staff


@everybody_on_requests("GET", "HEAD")
def absences(request: ActorRequest) -> HttpResponse:
    """Absences that are not over, soonest first."""
    now = clock.now()
    rows = [
        {"line": line, "word": AbsenceKind(line.kind).label if line.kind else "", "is_now": line.starts_at <= now}
        for line in duty.absences(actor=request.actor, now=now)
    ]
    context = {
        "rows": rows,
        "may_add": request.actor.can(Permission.DUTY_MANAGE) or request.actor.can(Permission.TICKET_WORK),
        "sees_roster": request.actor.can(Permission.DUTY_READ),
    }
    return draw_staff(request, "duty/absences", context, section=SECTION)


@everybody_on_requests("GET", "HEAD", "POST", right=Permission.TICKET_WORK)
def absence_new(request: ActorRequest) -> HttpResponse:
    """The form of an absence: one's own, or, for managers, anybody's."""
    form = AbsenceForm(posted(request), people=_people(request))

    def save(data: dict[str, Any]) -> tuple[str, str]:
        start, end = instants_of(data)
        away = Away(data["person"], data["kind"], start, end)
        record_absence(actor=request.actor, now=clock.now(), key=data["key"], away=away)
        return reverse("duty:absences"), _("The absence is noted. Duty in that time does not count.")

    return fill(request, form, _texts(_("New absence"), _("Note the absence")), save)


@everybody_on_requests("GET", "HEAD", "POST", right=Permission.TICKET_WORK)
def absence_edit(request: ActorRequest, absence_id: int) -> HttpResponse:
    """The form of an absence that is noted."""
    absence = absence_of(request.actor, absence_id)
    form = AbsenceForm(posted(request), people=[absence.user], initial=fields_of(absence))

    def save(data: dict[str, Any]) -> tuple[str, str]:
        start, end = instants_of(data)
        away = Away(absence.user_id, data["kind"], start, end)
        change_absence(actor=request.actor, absence_id=absence_id, away=away)
        return reverse("duty:absences"), _("The absence is saved.")

    return fill(request, form, _texts(absence.user.full_name, _("Save")), save)


@everybody_on_requests("POST", right=Permission.TICKET_WORK)
def absence_remove(request: ActorRequest, absence_id: int) -> HttpResponse:
    """Take back an absence, after a question."""
    absence = absence_of(request.actor, absence_id)
    url = reverse("duty:absences")
    question = Question(
        title=_("Take back the absence?"),
        text=_("%(name)s counts as present again; duty in that time counts.") % {"name": absence.user.full_name},
        label=_("Take it back"),
        done=_("The absence is taken back."),
        done_url=url,
        back_url=url,
    )
    return remove(request, question, lambda: remove_absence(actor=request.actor, absence_id=absence_id))


def _people(request: ActorRequest) -> Sequence[User]:
    if request.actor.can(Permission.DUTY_MANAGE):
        return list(duty.agents())
    return [request.user]


def _texts(heading: str, submit: str) -> Form:
    return Form(
        heading=heading,
        lead=_("While somebody is away, their duty does not count."),
        submit=submit,
        back_url=reverse("duty:absences"),
        back_label=_("Absences"),
    )
