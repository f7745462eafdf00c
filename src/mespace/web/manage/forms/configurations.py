"""The form of a line of the supported configurations (clause 6.1)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mespace.products.models import SupportedConfiguration, Version
from mespace.products.operations._configuration import ConfigurationLine
from mespace.web.manage.forms.base import Kit, RowForm


class ConfigurationForm(RowForm):
    """What, in which versions, with which version of the software, and for how long."""

    short = frozenset({"kind", "version", "lowest", "highest", "supported_from", "supported_until"})
    version = forms.TypedChoiceField(
        label=_("With version"), required=False, coerce=int, empty_value=None, help_text=_("Empty: with every version.")
    )
    field_order = ("kind", "version", "name", "lowest", "highest", "supported_from", "supported_until", "note")

    class Meta(Kit):
        model = SupportedConfiguration
        fields = ("kind", "name", "lowest", "highest", "note", "supported_from", "supported_until")

    def __init__(self, *args: Any, versions: Sequence[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(version.pk, str(version.number)) for version in versions]
        self.fields["version"].choices = [("", _("every version")), *choices]  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["version"].initial = self.instance.version_id
        self.fields["name"].help_text = _("As people write it into their passports: it is compared by this name.")
        self.fields["lowest"].help_text = _("Numbers with dots, as in 10.0; empty: from the first.")
        self.fields["highest"].help_text = _("Included: 11 covers 11.2. Empty: to the latest.")

    def line(self) -> ConfigurationLine:
        """What the operation takes."""
        data = self.cleaned_data
        return ConfigurationLine(
            kind=data["kind"],
            name=data["name"],
            lowest=data["lowest"],
            highest=data["highest"],
            note=data["note"],
            version_id=data["version"],
            supported_from=data["supported_from"],
            supported_until=data["supported_until"],
        )
