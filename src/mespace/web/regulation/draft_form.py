"""The form of an edition that is being prepared."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from mespace.regulation.core.edition import Parameters
from mespace.regulation.edition_text.decode import MOST_BYTES, decode
from mespace.regulation.edition_text.problems import UnreadableText
from mespace.regulation.models import EditionDraft
from mespace.regulation.operations._draft import DraftFields
from mespace.web.manage.forms.base import DayInput
from mespace.web.regulation.problem_words import problem_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MINUTE, DAY = 60, 24 * 3600
LONGEST_MINUTES = 100_000
COUNTED = ("answer_days", "presumption_days", "reminder_day", "onboarding_days", "notice_days", "decreed_days_work")
# Where an operation names a parameter, and what the form calls it.
FIELDS = {
    "reaction_seconds.critical": "critical_minutes",
    "reaction_seconds.non_critical": "non_critical_minutes",
    "reopen_seconds": "reopen_days",
}


def _count(label: "_StrPromise") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=LONGEST_MINUTES)


class TextForm(forms.Form):
    """A text of the regulation: pasted, or uploaded, which then replaces what was pasted."""

    upload = forms.FileField(
        label=gettext_lazy("Text from a file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "Markdown, or plain text saved by a word processor, in UTF-8, at most 512 KB. It replaces the text below."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Text of the regulation"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "A line that begins with a number, such as 5.5, begins a clause; everything up to the next one "
            "belongs to it, "
            "as Markdown. Everybody can read a published text, without signing in."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """The text of the file, when one was sent, in the place of the text."""
        data = super().clean() or {}
        upload = data.get("upload")
        if upload:
            try:
                data["source"] = decode(upload.read(MOST_BYTES + 1))
            except UnreadableText as refusal:
                self.add_error("upload", problem_words(refusal.problem))
        return data


class DraftForm(TextForm):
    """An edition with all its parameters, in the units that people speak of."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Latin letters and digits, such as 2027-03-01."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    in_force_from = forms.DateField(label=gettext_lazy("In force from"), widget=DayInput(), required=False)
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
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=1_000_000)

    field_order = ("code", "in_force_from", "title", "day_start", "day_end", "critical_minutes", "non_critical_minutes",
                   "answer_days", "presumption_days", "reminder_day", "reopen_days", "onboarding_days", "notice_days",
                   "decreed_days_work", "upload", "source", "version")  # fmt: skip

    def said(self, zone: str) -> DraftFields:
        """What the form says, as operations take it."""
        data = self.cleaned_data
        return DraftFields(
            code=data["code"],
            title=data["title"],
            in_force_from=data["in_force_from"],
            parameters={
                "zone": zone,
                "day_start": data["day_start"],
                "day_end": data["day_end"],
                "reaction_seconds": {
                    "critical": data["critical_minutes"] * MINUTE,
                    "non_critical": data["non_critical_minutes"] * MINUTE,
                },
                "reopen_seconds": data["reopen_days"] * DAY,
                **{name: data[name] for name in COUNTED},
            },
            source=data["source"],
        )

    def complain(self, name: str, message: str) -> None:
        """Put an operation's complaint beside the field that it is about, else above the form."""
        field, _colon, _rest = message.partition(":")
        wanted = FIELDS.get(field, field) if name == "parameters" else name
        self.add_error(wanted if wanted in self.fields else None, message)


def initial_of(parameters: Parameters) -> dict[str, Any]:
    """The parameters as the form shows them."""
    given = parameters.as_json()
    return {
        "day_start": given["day_start"],
        "day_end": given["day_end"],
        "critical_minutes": parameters.critical_seconds // MINUTE,
        "non_critical_minutes": parameters.non_critical_seconds // MINUTE,
        "reopen_days": max(1, parameters.reopen_seconds // DAY),
        **{name: given[name] for name in COUNTED},
    }


def initial_of_draft(row: EditionDraft) -> dict[str, Any]:
    """A draft as the form shows it."""
    return {
        **initial_of(Parameters.from_json(row.parameters)),
        "code": row.code,
        "title": row.title,
        "in_force_from": row.in_force_from,
        "source": row.source,
        "version": row.version,
    }
