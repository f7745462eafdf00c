"""The forms about software, known errors and other vendors."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mespace.products.fix import Fix
from mespace.products.models import Build, Component, KnownError, OtherVendor, Product, Version
from mespace.web.manage.forms.base import DayInput, Kit, RowForm


class ProductForm(RowForm):
    """A product."""

    short = frozenset({"name", "code"})
    field_order = ("name", "code", "description", "is_active")

    class Meta(Kit):
        model = Product
        fields = ("name", "code", "description", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})
        self.fields["description"].widget.attrs["rows"] = 4


class ComponentForm(RowForm):
    """A part of a product."""

    class Meta(Kit):
        model = Component
        fields = ("name",)


class VersionForm(RowForm):
    """A version and how long it is supported."""

    short = frozenset({"limited_from", "ended_from"})

    class Meta(Kit):
        model = Version
        fields = ("number", "limited_from", "ended_from")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = self.fields["number"]
        number.help_text = _("The first group of digits: 4 in 4.12.3.")
        self.fields["limited_from"].help_text = _("From then on: known solutions, existing fixes, help to upgrade.")
        self.fields["ended_from"].help_text = _("Requests are still accepted, and both sides see what that means.")
        if self.instance.pk:
            number.disabled = True


class NewBuildForm(forms.Form):
    """A new build by its full number."""

    number = forms.CharField(
        label=_("Full number"),
        max_length=30,
        help_text=_("Three numbers with dots, as in 4.12.3. A version that is not there yet comes with it."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    released_on = forms.DateField(
        label=_("Released on"), required=False, widget=DayInput(), help_text=_("Empty while it is only planned.")
    )

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """The fields and how they are laid out."""
        return [(self["number"], "short"), (self["released_on"], "short")]


class BuildForm(RowForm):
    """When a build was released."""

    class Meta(Kit):
        model = Build
        fields = ("released_on",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["released_on"].help_text = _("Empty while it is only planned.")


class KnownErrorForm(RowForm):
    """A confirmed error."""

    short = frozenset({"fixed_in", "planned_for", "planned_on"})
    texts = frozenset({"description", "workaround"})

    affected_builds = forms.TypedMultipleChoiceField(
        label=_("Affected builds"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    fixed_in = forms.TypedChoiceField(
        label=_("Fixed in build"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("A released build, which users can install."),
    )
    planned_for = forms.TypedChoiceField(
        label=_("Planned for build"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Only while the error is not fixed. The customers of linked requests see it."),
    )
    field_order = (
        "code",
        "title",
        "description",
        "workaround",
        "affected_builds",
        "planned_for",
        "planned_on",
        "fixed_in",
    )

    class Meta(Kit):
        model = KnownError
        fields = ("code", "title", "description", "workaround", "planned_on")

    def __init__(self, *args: Any, builds: Sequence[Build], affected: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [(build.pk, build.full_number) for build in builds]
        self.fields["affected_builds"].choices = every  # type: ignore[attr-defined]
        self.fields["affected_builds"].initial = list(affected)
        released = [(build.pk, build.full_number) for build in builds if build.released_on]
        self.fields["fixed_in"].choices = [("", "—"), *released]  # type: ignore[attr-defined]
        self.fields["planned_for"].choices = [("", "—"), *every]  # type: ignore[attr-defined]
        self.fields["code"].help_text = _("A free one is suggested. Requests name the error by it.")
        if self.instance.pk:
            self.fields["fixed_in"].initial = self.instance.fixed_in_id
            self.fields["planned_for"].initial = self.instance.planned_for_id

    def facts(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "code": data["code"],
            "title": data["title"],
            "description": data["description"],
            "workaround": data["workaround"],
            "affected_ids": data["affected_builds"],
            "fix": Fix(data["fixed_in"], data["planned_for"], data["planned_on"]),
        }


class VendorForm(RowForm):
    """Another vendor and how its support is reached."""

    short = frozenset({"phone", "email"})
    field_order = ("name", "how_to_reach", "phone", "email", "url")

    class Meta(Kit):
        model = OtherVendor
        fields = ("name", "how_to_reach", "phone", "email", "url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how_to_reach"].help_text = _(
            "Shown to the user whose request is closed because that vendor must act."
        )
        self.fields["how_to_reach"].widget.attrs["rows"] = 4
