"""The forms about software and other vendors."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mespace.products.models import Build, Component, OtherVendor, Product, Version
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


class VendorForm(RowForm):
    """Another vendor and how its support is reached."""

    short = frozenset({"phone", "email", "url", "portal", "hours", "contract"})
    field_order = (
        "name",
        "product_lines",
        "how_to_reach",
        "phone",
        "email",
        "url",
        "portal",
        "hours",
        "contract",
        "asks_for",
    )

    class Meta(Kit):
        model = OtherVendor
        fields = (
            "name",
            "product_lines",
            "how_to_reach",
            "phone",
            "email",
            "url",
            "portal",
            "hours",
            "contract",
            "asks_for",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how_to_reach"].help_text = _(
            "Shown to the user whose request is closed because that vendor must act."
        )
        self.fields["contract"].required = False  # left out, it is not known
        self.fields["product_lines"].help_text = _("What of theirs stands beside your software.")
        self.fields["asks_for"].help_text = _("Serial numbers, logs, a contract number: it goes into the referral.")
        for name, rows in (("how_to_reach", 4), ("product_lines", 2), ("asks_for", 3)):
            self.fields[name].widget.attrs["rows"] = rows
