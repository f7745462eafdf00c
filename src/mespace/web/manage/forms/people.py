"""The forms about a customer's people."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from mespace.accounts.models import LANGUAGES, User
from mespace.accounts.permissions import Role
from mespace.customers.models import Membership, Site, SupportContract
from mespace.web.account.time_zones import time_zone_choices
from mespace.web.manage.forms.base import DayInput, Kit, RowForm

ROLES = [
    (Role.CUSTOMER_USER.value, _("User: files requests and sees those of the company")),
    (
        Role.RESPONSIBLE.value,
        _("Responsible employee, named in the contract: sees all requests of the company and manages its people"),
    ),
]


class PersonForm(RowForm):
    """What a manager keeps of a customer's person."""

    short = frozenset({"job_title", "phone", "language", "time_zone", "contract", "named_on"})

    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect, initial=Role.CUSTOMER_USER.value)
    contract = forms.TypedChoiceField(
        label=_("Contract that names them"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Unless they have access already, it is owed in time (clauses 3.1, 4.2)."),
    )
    named_on = forms.DateField(
        label=_("Named on"),
        required=False,
        widget=DayInput(),
        help_text=_("The day of the signing or amendment that names them; the term counts from it."),
    )
    sites = forms.TypedMultipleChoiceField(
        label=_("Own sites"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    home_site = forms.TypedChoiceField(
        label=_("Usual site"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Prefilled when the person files a request."),
    )
    field_order = (
        "full_name",
        "email",
        "job_title",
        "phone",
        "role",
        "contract",
        "named_on",
        "sites",
        "home_site",
        "language",
        "time_zone",
    )

    class Meta(Kit):
        model = User
        fields = ("full_name", "job_title", "phone")

    def __init__(
        self,
        *args: Any,
        sites: Sequence[Site],
        contracts: Sequence[SupportContract],
        today: date,
        narrowed: bool,
        membership: Membership | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer_contracts(contracts, today, membership)
        choices = [(site.pk, site.name) for site in sites]
        self.fields["sites"].choices = choices  # type: ignore[attr-defined]
        self.fields["sites"].help_text = (
            _("The person sees the requests of these sites only; a responsible employee sees all.")
            if narrowed
            else _("For notifications and lists. This customer’s people see the requests of all sites.")
        )
        self.fields["home_site"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]
        for name in ("full_name", "job_title", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if membership is not None:
            self.fields["role"].initial = membership.user.roles[0]
            self.fields["sites"].initial = [site.pk for site in membership.sites.all()]
            self.fields["home_site"].initial = membership.home_site_id

    def _offer_contracts(
        self, contracts: Sequence[SupportContract], today: date, membership: Membership | None
    ) -> None:
        """Ask which contract names whoever becomes responsible; nothing to ask of who is, or where none runs."""
        if not contracts or (membership is not None and Role.RESPONSIBLE in membership.user.roles):
            del self.fields["contract"], self.fields["named_on"]
            return
        self.fields["contract"].choices = [("", "—"), *((row.pk, row.number) for row in contracts)]  # type: ignore[attr-defined]
        self.fields["contract"].initial = contracts[0].pk if len(contracts) == 1 else None
        self.fields["named_on"].initial = today


class NewPersonForm(PersonForm):
    """A new person; address, language and time zone are theirs to change afterwards."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("They sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="ru")
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=lazy(time_zone_choices, list)())

    class Meta(Kit):
        model = User
        fields = ("full_name", "email", "job_title", "phone")
