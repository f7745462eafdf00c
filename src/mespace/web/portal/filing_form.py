"""Appendix 1's form, with the fields of clause 3.2."""

from collections import defaultdict
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mespace.platform.forms import FilesField, IdsField, KeyField
from mespace.tickets.lifecycle import TicketType
from mespace.tickets.operations._place import Place
from mespace.tickets.operations.file_ticket import NewTicket
from mespace.web.portal.filing_options import FilingOptions

TROUBLE = {TicketType.BUG, TicketType.INCIDENT}
_FEW_LINES = {"rows": 3}


INSTALLED = "installed"  # stands for the build that runs at the chosen site


def _build_sent(value: str) -> int | str:
    return value if value == INSTALLED else int(value)


class FilingForm(forms.Form):
    """What the person says; whether it suffices is judged by the operation."""

    key = KeyField()
    continues = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    type = forms.ChoiceField(
        label=pgettext_lazy("of a request", "Type"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a type."), "invalid_choice": _("Choose a type.")},
    )
    subject = forms.CharField(
        label=_("Subject"),
        max_length=250,
        help_text=_("In a line: what, and where."),
        error_messages={"required": _("Say in a line what it is about.")},
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={"required": _("Describe what happened.")},
    )
    what_was_done = forms.CharField(
        label=_("What was done when it happened"), required=False, widget=forms.Textarea(attrs=_FEW_LINES)
    )
    expected = forms.CharField(label=_("What was expected"), required=False, widget=forms.Textarea(attrs=_FEW_LINES))
    critical = forms.BooleanField(
        label=_("Critical: the software is down or badly degraded, and a key process has stopped"), required=False
    )
    stopped_process = forms.CharField(
        label=_("Which key process has stopped?"),
        max_length=300,
        error_messages={"required": _("Say which key process has stopped.")},
        help_text=_("For example: shipping of finished goods from warehouse 2."),
    )
    product = forms.TypedChoiceField(
        label=_("Software"), coerce=int, empty_value=None, error_messages={"required": _("Choose the software.")}
    )
    build = forms.TypedChoiceField(label=_("Build"), coerce=_build_sent, empty_value=None, required=False)
    site = forms.TypedChoiceField(
        label=_("Site"),
        coerce=int,
        empty_value=None,
        error_messages={"required": _("Choose the site where it happened.")},
    )
    spot = forms.ChoiceField(label=_("Area or work center"), required=False)
    attachment_ids = IdsField()
    attachments = FilesField(
        label=_("Files"), required=False, help_text=_("Screenshots, logs, exports: one or several.")
    )

    def __init__(self, *args: Any, options: FilingOptions, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = options
        self.fields["type"].choices = [(each.value, each.label) for each in options.types]  # type: ignore[attr-defined]
        self._choose("product", [(one.pk, one.name) for one in options.products], _("Choose the software"))
        self._choose("site", [(one.pk, one.name) for one in options.sites], _("Choose the site"))
        self._choose("build", [*_as_installed(options), *_builds(options)], _("I don't know"))
        self._choose("spot", _spots(options), pgettext_lazy("area", "Not chosen"))
        for name in ("subject", "description"):
            self.fields[name].widget.attrs["required"] = True
        self.fields["description"].help_text = _guides(options)
        if self.is_bound:
            kind = self.data.get("type")
            self.fields["site"].required = kind != TicketType.CONSULTATION
            self.fields["stopped_process"].required = kind == TicketType.INCIDENT and "critical" in self.data

    def _choose(self, name: str, choices: list[Any], nothing: str | Promise) -> None:
        self.fields[name].choices = [("", nothing), *choices]  # type: ignore[attr-defined]

    use_required_attribute = False  # fields that CSS hides must not hold the form back

    def new_ticket(self, attachment_ids: list[int]) -> NewTicket:
        """What to file: only the fields that fit the type."""
        data = self.cleaned_data
        trouble, critical = data["type"] in TROUBLE, data["type"] == TicketType.INCIDENT and data["critical"]
        area, _dash, center = data["spot"].partition("-") if trouble else ("", "", "")
        return NewTicket(
            type=data["type"],
            subject=data["subject"],
            description=data["description"],
            product_id=data["product"],
            place=Place(
                site_id=data["site"],
                area_id=int(area) if area else None,
                work_center_id=int(center) if center else None,
                build_id=self._build_id(),
            ),
            critical=critical,
            stopped_process=data["stopped_process"] if critical else "",
            what_was_done=data["what_was_done"] if trouble else "",
            expected=data["expected"] if trouble else "",
            attachment_ids=attachment_ids,
            continues=data["continues"],
        )

    def _build_id(self) -> int | None:
        """The build chosen, or the one that is installed where it happened, as far as that is known."""
        data = self.cleaned_data
        if data["build"] != INSTALLED:
            return data["build"]  # type: ignore[no-any-return]
        return self.options.installed.get((data["site"], data["product"]))


GUIDES = {
    TicketType.CONSULTATION: _("Consultation: what you want to reach, what you have tried, where you are stuck."),
    TicketType.BUG: _(
        "Error: the steps in order, what comes out, what the documentation says should come out, since when."
    ),
    TicketType.INCIDENT: _(
        "Incident: what does not work, since when, how many workplaces, what it stops; the exact text of messages."
    ),
    TicketType.CHANGE_REQUEST: _("Change: what you want to do, why it is needed, how you manage today."),
}


def _guides(options: FilingOptions) -> SafeString:
    """What a good description says, for each type; the page shows that of the chosen one."""
    lines = [(each.value, GUIDES[each]) for each in options.types]
    return format_html_join(" ", '<span class="guide guide-{}">{}</span>', lines)


def _as_installed(options: FilingOptions) -> list[Any]:
    """A choice that needs no knowledge of numbers, where the customer's installations are on record."""
    return [(INSTALLED, _("as installed at the site"))] if options.installed else []


def _builds(options: FilingOptions) -> list[Any]:
    """Build numbers; under their product's name when there are several products."""
    names = {product.pk: product.name for product in options.products}
    if len(names) == 1:
        return [(build.pk, build.full_number) for build in options.builds]
    groups: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for build in options.builds:
        groups[names[build.version.product_id]].append((build.pk, build.full_number))
    return list(groups.items())


def _spots(options: FilingOptions) -> list[Any]:
    """Areas and work centers; under their site's name when there are several sites."""
    names = {site.pk: site.name for site in options.sites}
    groups: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for spot in options.spots:
        if spot.site_id in names:
            groups[names[spot.site_id]].append((spot.code, spot.name))
    return next(iter(groups.values()), []) if len(names) == 1 else list(groups.items())
