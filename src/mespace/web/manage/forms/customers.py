"""The forms about customers and their plants."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from mespace.customers.models import Area, Customer, Installation, Project, Site, WorkCenter
from mespace.products.models import Build
from mespace.tickets.lifecycle import TicketType
from mespace.web.account.time_zones import time_zone_choices
from mespace.web.manage.forms.base import Kit, RowForm


class CustomerForm(RowForm):
    """A customer and its project."""

    short = frozenset({"project_code", "project_name"})

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
    field_order = ("name", "short_name", "project_code", "project_name", "ticket_types", "narrow_to_sites", "note")

    class Meta(Kit):
        model = Customer
        fields = ("name", "short_name", "narrow_to_sites", "note")

    def __init__(self, *args: Any, project: Project | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["short_name"].required = False
        self.fields["short_name"].help_text = _("For lists and headings. Left empty, it is the name.")
        self.fields["note"].help_text = _("Only the support organisation’s people see it.")
        self.fields["note"].widget.attrs["rows"] = 4
        if project is not None:
            code = self.fields["project_code"]
            code.initial, code.disabled = project.code, True
            code.help_text = _("It cannot be changed: keys of requests begin with it.")
            self.fields["project_name"].initial = project.name
            self.fields["ticket_types"].initial = self.instance.ticket_types

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
    """A shop."""

    class Meta(Kit):
        model = Area
        fields = ("name",)


class WorkCenterForm(RowForm):
    """A section or line."""

    class Meta(Kit):
        model = WorkCenter
        fields = ("name",)


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
