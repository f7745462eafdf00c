"""The form of a new edition of the regulation, with what it would change (clauses 7.3, 7.4)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mespace.accounts.permissions import Permission
from mespace.platform import clock
from mespace.platform.forms import KeyField
from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.errors import RegulationError
from mespace.regulation.models import RegulationEdition
from mespace.regulation.operations.publish_edition import (
    EditionRefusedError,
    earliest_day_in_force,
    publish_edition,
)
from mespace.web.drafts import accepted
from mespace.web.manage.door import needs
from mespace.web.manage.forms.base import DayInput
from mespace.web.manage.page import posted, see
from mespace.web.manage.parameter_words import parameter_rows
from mespace.web.middleware import ActorRequest
from mespace.web.staff_page import draw_staff

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SECTION = "editions"
MINUTE, DAY = 60, 24 * 3600
LONGEST_MINUTES = 100_000


def _count(label: "_StrPromise") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=LONGEST_MINUTES)


class EditionForm(forms.Form):
    """An edition with all its parameters, in the units that people speak of."""

    key = KeyField()
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        help_text=gettext_lazy("Latin letters and digits, such as 2027-03-01."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    in_force_from = forms.DateField(label=gettext_lazy("In force from"), widget=DayInput())
    day_start = forms.CharField(label=gettext_lazy("Working day begins"), max_length=5)
    day_end = forms.CharField(label=gettext_lazy("Working day ends"), max_length=5)
    critical_minutes = _count(gettext_lazy("Reaction to a critical incident, working minutes"))
    non_critical_minutes = _count(gettext_lazy("Reaction to any other request, working minutes"))
    answer_days = _count(gettext_lazy("Term of an answer, working days"))
    presumption_days = _count(gettext_lazy("Counts as received without evidence, working days"))
    reminder_day = _count(gettext_lazy("Reminder on the working day of the term"))
    reopen_days = _count(gettext_lazy("Reopening, full days"))
    onboarding_days = _count(gettext_lazy("Access for responsible employees, working days"))
    notice_days = _count(gettext_lazy("Notice of a new edition, calendar days"))
    decreed_days_work = forms.BooleanField(
        label=gettext_lazy("Days declared non-working count as working"), required=False
    )

    def parameters(self, zone: str) -> dict[str, Any]:
        """The parameters as an edition keeps them."""
        data = self.cleaned_data
        return {
            "zone": zone,
            "day_start": data["day_start"],
            "day_end": data["day_end"],
            "reaction_seconds": {
                "critical": data["critical_minutes"] * MINUTE,
                "non_critical": data["non_critical_minutes"] * MINUTE,
            },
            "answer_days": data["answer_days"],
            "presumption_days": data["presumption_days"],
            "reminder_day": data["reminder_day"],
            "reopen_seconds": data["reopen_days"] * DAY,
            "onboarding_days": data["onboarding_days"],
            "notice_days": data["notice_days"],
            "decreed_days_work": data["decreed_days_work"],
        }


def initial_of(former: Parameters) -> dict[str, Any]:
    """The form's first content: the parameters of the newest edition."""
    given = former.as_json()
    return {
        "day_start": given["day_start"],
        "day_end": given["day_end"],
        "critical_minutes": former.critical_seconds // MINUTE,
        "non_critical_minutes": former.non_critical_seconds // MINUTE,
        "reopen_days": max(1, former.reopen_seconds // DAY),
        **{
            name: given[name]
            for name in (
                "answer_days",
                "presumption_days",
                "reminder_day",
                "onboarding_days",
                "notice_days",
                "decreed_days_work",
            )
        },
    }


@needs(Permission.EDITIONS_MANAGE, "GET", "HEAD", "POST")
def publish(request: ActorRequest) -> HttpResponse:
    """The form; `act=look` shows what would change, `act=publish` publishes, never to be changed again."""
    now = clock.now()
    former = RegulationEdition.objects.order_by("-in_force_from", "-pk")[0]
    before = Parameters.from_json(former.parameters)
    earliest = earliest_day_in_force(now=now)
    form = EditionForm(posted(request), initial={**initial_of(before), "in_force_from": earliest})
    changes: list[dict[str, str]] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            parameters = form.parameters(before.zone)
            changes = _differences(before, Parameters.from_json(parameters))
            if request.POST.get("act") == "publish":
                made = publish_edition(
                    actor=request.actor,
                    now=now,
                    code=form.cleaned_data["code"],
                    title=form.cleaned_data["title"],
                    in_force_from=form.cleaned_data["in_force_from"],
                    parameters=parameters,
                )
                said = _("Edition %(code)s is published. It comes into force on %(day)s.")
                values = {"code": made.code, "day": date_format(made.in_force_from)}
                accepted(request, request.path, said % values)
                return see(reverse("manage:edition", args=[made.code]))
        except EditionRefusedError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        except RegulationError as refusal:
            field = str(refusal).partition(":")[0]
            form.add_error(field if field in form.fields else None, str(refusal))
    context = {
        "form": form,
        "former": former,
        "earliest": earliest,
        "changes": changes,
        "wide": ("title",),
    }
    return draw_staff(request, "calendars/publish", context, section=SECTION, status=422 if form.errors else 200)


def _differences(before: Parameters, after: Parameters) -> list[dict[str, str]]:
    """The parameters that differ, in words."""
    pairs = zip(parameter_rows(before), parameter_rows(after), strict=True)
    return [
        {"label": old.label, "before": old.value, "after": new.value, "clause": old.clause}
        for old, new in pairs
        if old.value != new.value
    ]
