"""The form of what a build brings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mespace.products.models import Build, KnownError
from mespace.web.manage.forms.base import Kit, RowForm


class ReleaseForm(RowForm):
    """Release notes in Markdown, and the known errors that the build fixes."""

    texts = frozenset({"notes"})
    resolves = forms.TypedMultipleChoiceField(
        label=_("Known errors that it fixes"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("On publishing they count as fixed in this build, and linked requests are asked to confirm."),
    )
    field_order = ("notes", "resolves")

    class Meta(Kit):
        model = Build
        fields = ("notes",)

    def __init__(self, *args: Any, errors: Sequence[KnownError], resolved: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notes"].required = True
        self.fields["notes"].widget.attrs["rows"] = 12
        self.fields["resolves"].choices = [(error.pk, str(error)) for error in errors]  # type: ignore[attr-defined]
        self.fields["resolves"].initial = list(resolved)
        if self.instance.published_at is not None:
            self.fields["resolves"].help_text = _("The release is published: this can no longer change.")
