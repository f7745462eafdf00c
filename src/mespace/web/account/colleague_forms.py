"""The forms about the people of the own company."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.http import QueryDict

    from mespace.customers.colleagues import SiteChoices
    from mespace.customers.models import Membership

_OFF = {"autocomplete": "off"}


class SitesForm(forms.Form):
    """Which sites are a person's own, and which is the usual one."""

    sites = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Own sites"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    home_site = forms.TypedChoiceField(
        label=gettext_lazy("Usual site"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("Prefilled when they file a request; it is always among the own sites."),
    )

    def __init__(
        self, choices: "SiteChoices", data: "QueryDict | None" = None, *, of: "Membership | None" = None
    ) -> None:
        super().__init__(data)
        self.places = {site.pk: site for site in choices.sites}
        names = [(site.pk, site.name) for site in choices.sites]
        self.fields["sites"].choices = names  # type: ignore[attr-defined]
        self.fields["sites"].help_text = (
            _("They see the requests of these sites and those that they filed or hold; without a site, these alone.")
            if choices.narrowed
            else _("For notifications and lists: everybody in your company sees the requests of all sites.")
        )
        self.fields["home_site"].choices = [("", "—"), *names]  # type: ignore[attr-defined]
        if of is not None:
            self.initial = {"sites": [site.pk for site in of.sites.all()], "home_site": of.home_site_id}
        elif len(names) == 1:
            self.initial = {"sites": [names[0][0]], "home_site": names[0][0]}

    def chosen(self) -> dict[str, Any]:
        """What the operations ask for."""
        return {"site_ids": self.cleaned_data["sites"], "home_site_id": self.cleaned_data["home_site"]}


class NewColleagueForm(SitesForm):
    """A new person of the own company."""

    full_name = forms.CharField(
        label=gettext_lazy("Full name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("They sign in with it; the invitation goes there."),
        widget=forms.EmailInput(attrs=_OFF),
    )
    job_title = forms.CharField(
        label=gettext_lazy("Job title"), max_length=200, required=False, widget=forms.TextInput(attrs=_OFF)
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=50, required=False, widget=forms.TextInput(attrs=_OFF)
    )
    field_order = ("full_name", "email", "job_title", "phone", "sites", "home_site")

    def person(self) -> dict[str, Any]:
        """What `add_person` asks for; they live in the time zone of the usual site, or of the only one."""
        facts = {name: self.cleaned_data[name] for name in ("full_name", "email", "job_title", "phone")}
        chosen = self.chosen()
        own = {*chosen["site_ids"], *([chosen["home_site_id"]] if chosen["home_site_id"] else [])}
        lives_at = chosen["home_site_id"] or (next(iter(own)) if len(own) == 1 else None)
        zone = {"time_zone": self.places[lives_at].time_zone} if lives_at is not None else {}
        return facts | chosen | zone
