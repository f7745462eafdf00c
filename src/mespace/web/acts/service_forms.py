"""The forms about work and remote sessions."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mespace.regulation.services import Service, service_name
from mespace.tickets.operations._sessions import LONGEST_TARGET, LONGEST_TOOL
from mespace.tickets.session_lifecycle import Absent, SessionOutcome
from mespace.web.acts.forms import ActForm

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)
_WORDS = re.compile(r"(?:(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:ч|h)[а-яa-z.]*)?\s*(?:(\d{1,4})\s*(?:м|m)[а-яa-z.]*)?")
_MINUTES = re.compile(r"\d{1,5}", re.ASCII)


def minutes_of(text: str) -> int | None:
    """The minutes that somebody typed: `45`, `1:30`, `1,5 ч`, `1 ч 30 мин`, `2h 5m`; None for what is none of it."""
    text = text.strip().lower()
    if _MINUTES.fullmatch(text):
        return int(text)
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) * 60 + int(clock[2])
    words = _WORDS.fullmatch(text)
    if words is None or not text:
        return None
    hours = float(words[1].replace(",", ".")) if words[1] else 0.0
    return round(hours * 60) + int(words[2] or 0)


class MinutesField(forms.CharField):
    """A time that somebody worked, in minutes."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Time spent"),
            max_length=30,
            help_text=gettext_lazy("Minutes, or as in 1:30 or 1.5 h"),
            widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
        )

    def clean(self, value: object) -> int:
        """The minutes."""
        minutes = minutes_of(super().clean(value))
        if minutes is None:
            raise ValidationError(_("Write minutes, such as 45, or hours and minutes, such as 1:30."))
        return minutes


class DayInput(forms.DateInput):
    """A day in the browser's picker."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"type": "date"})


class InstantInput(forms.DateTimeInput):
    """A day and a time in the browser's picker, in the reader's time zone."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


def _services() -> list[tuple[str, str]]:
    return [(code, service_name(code)) for code in Service.values]


class WorkForm(ActForm):
    """What was done, by whom, how long and when."""

    service = forms.ChoiceField(label=gettext_lazy("Service (clause 6.3)"), choices=_services)
    minutes = MinutesField()
    worked_on = forms.DateField(label=gettext_lazy("Day of the work"), widget=DayInput())
    person = forms.IntegerField(label=gettext_lazy("Who worked"), required=False)


class LogWorkForm(WorkForm):
    """The same, with an internal note or without."""

    note = forms.CharField(
        label=gettext_lazy("Internal note"),
        required=False,
        help_text=gettext_lazy("The customer sees service, person and time. The note is read by support alone."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CorrectWorkForm(WorkForm):
    """A corrected entry, with the reason."""

    work = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class WithdrawWorkForm(ActForm):
    """An entry that is to count no longer, with the reason."""

    work = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class ProposeSessionForm(ActForm):
    """What the customer is asked to agree to."""

    starts_at = forms.DateTimeField(
        label=pgettext_lazy("a session", "From"), widget=InstantInput(), help_text=gettext_lazy("In your time zone")
    )
    ends_at = forms.DateTimeField(label=pgettext_lazy("a session", "Until"), widget=InstantInput())
    person = forms.IntegerField(label=gettext_lazy("Who will connect"), required=False)
    tool = forms.CharField(
        label=gettext_lazy("Tool"),
        max_length=LONGEST_TOOL,
        help_text=gettext_lazy("By name, such as RuDesktop, AnyDesk, or RDP over your VPN"),
    )
    target = forms.CharField(
        label=gettext_lazy("What will be connected to"),
        max_length=LONGEST_TARGET,
        help_text=gettext_lazy("As the customer calls it: which server, terminal or workplace"),
    )
    purpose = forms.CharField(
        label=gettext_lazy("What for, and what will be changed"), widget=forms.Textarea(attrs={"rows": 3})
    )


class SessionForm(ActForm):
    """A session, and nothing but the will."""

    session = forms.IntegerField(widget=forms.HiddenInput)


class RefuseSessionForm(SessionForm):
    """Refusing needs no reason."""

    reason = forms.CharField(
        label=gettext_lazy("Why, or what time would suit you"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SessionAnswerForm(SessionForm):
    """What a person of the customer answered by phone."""

    CONSENT, REFUSAL = "consent", "refusal"
    answer = forms.ChoiceField(
        label=pgettext_lazy("about a session", "The answer"),
        choices=[
            (CONSENT, pgettext_lazy("about a session", "agrees")),
            (REFUSAL, pgettext_lazy("about a session", "does not agree, or no longer")),
        ],
    )
    by_person = forms.IntegerField(label=gettext_lazy("Who said it"))
    said = forms.CharField(label=gettext_lazy("What was said"), widget=forms.Textarea(attrs={"rows": 2}))
    said_at = forms.DateTimeField(
        label=gettext_lazy("When it was said"),
        required=False,
        widget=InstantInput(),
        help_text=gettext_lazy("In your time zone; empty means just now"),
    )


class StartSessionForm(SessionForm):
    """Who connects with what, and why otherwise than agreed."""

    person = forms.IntegerField(label=gettext_lazy("Who connects"), required=False)
    tool = forms.CharField(label=gettext_lazy("Tool"), required=False, max_length=LONGEST_TOOL)
    reason = forms.CharField(
        label=gettext_lazy("Why otherwise than agreed"),
        required=False,
        help_text=gettext_lazy("Needed outside the agreed time, for another person or another tool"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EndSessionForm(SessionForm):
    """What came of it."""

    outcome = forms.ChoiceField(label=gettext_lazy("What came of it"), choices=SessionOutcome.choices)
    changed = forms.CharField(
        label=gettext_lazy("What was changed"),
        help_text=gettext_lazy("Both sides read it; write also that nothing was changed"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    build_before = forms.IntegerField(label=gettext_lazy("Build before"), required=False)
    build_after = forms.IntegerField(
        label=gettext_lazy("Build after"),
        required=False,
        help_text=gettext_lazy("If it differs, the passport of the site is updated"),
    )


class CancelSessionForm(SessionForm):
    """Why, and when instead."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 2}))
    starts_at = forms.DateTimeField(
        label=gettext_lazy("Propose instead: from"),
        required=False,
        widget=InstantInput(),
        help_text=gettext_lazy("In your time zone; empty cancels it only"),
    )
    ends_at = forms.DateTimeField(label=gettext_lazy("Propose instead: until"), required=False, widget=InstantInput())

    def clean(self) -> dict[str, object]:
        """Both ends of the other time, or neither."""
        data = super().clean() or {}
        for name, other in (("starts_at", "ends_at"), ("ends_at", "starts_at")):
            if data.get(name) and not data.get(other) and other not in self.errors:
                self.add_error(other, _("Give both ends of the other time, or neither."))
        return data


class NoShowForm(SessionForm):
    """Who did not come."""

    absent = forms.ChoiceField(label=gettext_lazy("Who did not come"), choices=Absent.choices)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        help_text=gettext_lazy("Both sides read it"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
