"""The form of what runs at a site: the build, since when, and lines of what stands beside it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mespace.products.matrix import Item
from mespace.products.models import Build, ConfigurationKind

BLANK_LINES = 4


class PassportForm(forms.Form):
    """The build and its date; the lines are named kind_0, name_0, version_0 and so on."""

    build = forms.TypedChoiceField(
        label=_("Build"), coerce=int, error_messages={"required": _("Choose the build that runs there.")}
    )
    since = forms.DateField(
        label=_("Installed since"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    configuration = forms.CharField(required=False, widget=forms.HiddenInput)  # where complaints about lines stand

    def __init__(self, *args: Any, builds: Sequence[Build], items: Sequence[Item] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(build.pk, build.full_number) for build in builds]
        self.fields["build"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]
        self.items = list(items)

    def typed(self) -> list[Item]:
        """The lines as typed, without the empty ones; before anything is sent, those on record."""
        if not self.is_bound:
            return self.items
        found = []
        for number in range(len([name for name in self.data if name.startswith("name_")])):
            kind, name, version = (str(self.data.get(f"{part}_{number}", "")) for part in ("kind", "name", "version"))
            if name.strip() or version.strip():
                found.append(Item(kind, name, version))
        return found

    def lines(self) -> Iterator[dict[str, Any]]:
        """The lines to show: what is known or typed, and some blank ones."""
        blank = [Item(kind, "", "") for kind in (*ConfigurationKind.values, ConfigurationKind.OS)][:BLANK_LINES]
        for number, item in enumerate([*self.typed(), *blank]):
            yield {"number": number, "item": item, "kinds": ConfigurationKind.choices}

    def since_date(self) -> date | None:
        """The date, if one was given."""
        return self.cleaned_data["since"]  # type: ignore[no-any-return]
