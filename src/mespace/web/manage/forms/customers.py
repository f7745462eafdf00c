"""The forms about customers and their plants."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from mespace.customers.legal_entity import LegalEntity
from mespace.customers.models import Area, Customer, Installation, Project, Site, WorkCenter
from mespace.products.models import Build
from mespace.tickets.lifecycle import TicketType
from mespace.web.account.time_zones import time_zone_choices
from mespace.web.manage.forms.base import Kit, RowForm


class CustomerForm(RowForm):
    """A customer and its project."""

    short = frozenset({"project_code", "project_name", "inn", "kpp", "ogrn"})

    project_code = forms.CharField(
        label=_("Project code"),
        max_length=12,
        help_text=_("Two to twelve Latin letters and digits. Keys of requests begin with it, as in ZAVOD-42."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )
    project_name = forms.CharField(
        label=_("Project name"),
        max_length=200,
        required=False,
        help_text=_("Left empty, it is the customer’s name."),
    )
    ticket_types = forms.MultipleChoiceField(
        label=_("Types of requests offered"),
        choices=TicketType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: all types."),
    )
    inn = forms.CharField(label=_("INN"), max_length=20, required=False, help_text=_("10 digits; 12 of a sole trader."))
    kpp = forms.CharField(label=_("KPP"), max_length=20, required=False, help_text=_("9 characters."))
    ogrn = forms.CharField(label=_("OGRN"), max_length=25, required=False, help_text=_("13 digits, or 15."))
    field_order = (
        "name",
        "short_name",
        "inn",
        "kpp",
        "ogrn",
        "legal_address",
        "project_code",
        "project_name",
        "ticket_types",
        "narrow_to_sites",
        "note",
    )

    class Meta(Kit):
        model = Customer
        fields = ("name", "short_name", "legal_address", "narrow_to_sites", "note")

    def __init__(self, *args: Any, project: Project | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("The full name of the legal entity, as in the contract.")
        self.fields["short_name"].required = False
        for name in ("inn", "kpp", "ogrn"):
            self.fields[name].initial = getattr(self.instance, name) or ""
            self.fields[name].widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})
        self.fields["short_name"].help_text = _("For lists and headings. Left empty, it is the name.")
        self.fields["note"].help_text = _("Only the support organisation’s people see it.")
        self.fields["note"].widget.attrs["rows"] = 4
        if project is not None:
            code = self.fields["project_code"]
            code.initial, code.disabled = project.code, True
            code.help_text = _("It cannot be changed: keys of requests begin with it.")
            self.fields["project_name"].initial = project.name
            self.fields["ticket_types"].initial = self.instance.ticket_types

    def facts(self) -> dict[str, Any]:
        """What the operation takes."""
        data = dict(self.cleaned_data)
        legal = LegalEntity(**{name: data.pop(name) for name in ("inn", "kpp", "ogrn", "legal_address")})
        return data | {"legal": legal}

    def clean_ticket_types(self) -> list[str]:
        """All chosen is the same as nothing chosen: types that come later are offered, too."""
        chosen: list[str] = self.cleaned_data["ticket_types"]
        return [] if len(chosen) == len(TicketType.choices) else chosen


class SiteForm(RowForm):
    """A plant."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lazy(time_zone_choices, list)(),
        help_text=_("People of the site read deadlines in it, beside Moscow time."),
    )
    field_order = ("name", "address", "time_zone", "is_active")

    class Meta(Kit):
        model = Site
        fields = ("name", "address", "time_zone", "is_active")


class AreaForm(RowForm):
    """A shop; one that is there already can move to another site of its customer."""

    class Meta(Kit):
        model = Area
        fields = ("name",)

    def __init__(self, *args: Any, sites: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(sites) > 1:
            self.fields["site_id"] = forms.TypedChoiceField(
                label=_("Site"), choices=sites, coerce=int, initial=self.instance.site_id
            )


class WorkCenterForm(RowForm):
    """A section or line; one that is there already can move to another shop of its customer."""

    class Meta(Kit):
        model = WorkCenter
        fields = ("name",)

    def __init__(self, *args: Any, areas: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(areas) > 1:
            self.fields["area_id"] = forms.TypedChoiceField(
                label=_("Shop"), choices=areas, coerce=int, initial=self.instance.area_id
            )


class InstallationForm(RowForm):
    """Which build runs at a site."""

    short = frozenset({"build", "since"})

    class Meta(Kit):
        model = Installation
        fields = ("build", "since")

    def __init__(self, *args: Any, builds: list[Build], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.builds = {str(build.pk): build for build in builds}
        groups: dict[str, list[tuple[str, str]]] = {}
        for build in builds:
            groups.setdefault(build.version.product.name, []).append((str(build.pk), build.full_number))
        choices = [("", "—"), *groups.items()]
        self.fields["build"] = forms.ChoiceField(label=_("Build"), choices=choices)
        self.fields["since"].label = _("Installed since")
        self.order_fields(("build", "since"))
