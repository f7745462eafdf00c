"""The forms by which an obligation is moved or withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mespace.obligations.by_hand import LONGEST_NOTE, Door
from mespace.web.manage.forms.base import DayInput


class WithdrawForm(forms.Form):
    """Why: a reason of the kind's, and words."""

    reason = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(
        label=_("Why, in words"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both sides read it."),
    )

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            (code, door.kind.reasons[code]) for code in door.by_hand.reasons
        ]

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """The fields and how they are laid out."""
        return [(field, "short" if field.name in {"due_on", "due_time"} else "wide") for field in self.visible_fields()]


class MoveForm(WithdrawForm):
    """Until when, and why."""

    field_order = ("due_on", "due_time", "reason", "note")

    due_on = forms.DateField(label=_("New date"), widget=DayInput(), help_text=_("Moscow date."))
    due_time = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), help_text=_("Moscow time.")
    )

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, door=door, **kwargs)
        if door.by_hand.by_date:
            del self.fields["due_time"]
