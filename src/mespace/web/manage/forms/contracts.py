"""The forms about a support contract: recording it, amending it, ending it early."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mespace.customers.contract_files import NewFile
from mespace.customers.contract_terms import ContractTerms
from mespace.customers.models import ContractFile, FilePurpose, SupportContract
from mespace.customers.onboarding.models import ContractPerson
from mespace.platform.forms import FilesField
from mespace.products.models import Product
from mespace.web.manage.forms.base import DayInput, Kit, RowForm
from mespace.web.manage.forms.people_rows import PeopleRows

TITLE = "Договор на техническую поддержку"


class ContractForm(RowForm):
    """What stands in a contract, with its files."""

    short = frozenset({"number", "type", "signed_on", "valid_from", "valid_until", "form"})
    texts = frozenset({"division_of_responsibility"})

    products = forms.TypedMultipleChoiceField(
        label=_("Software covered"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    scans = FilesField(label=_("Scans of the contract"), required=False)
    division_files = FilesField(label=_("Files on the division of responsibility"), required=False)
    field_order: Sequence[str] = (
        "number",
        "type",
        "title",
        "products",
        "signed_on",
        "form",
        "valid_from",
        "valid_until",
        "scans",
        "division_of_responsibility",
        "division_files",
    )

    class Meta(Kit):
        model = SupportContract
        fields = (
            "number",
            "type",
            "title",
            "form",
            "signed_on",
            "valid_from",
            "valid_until",
            "division_of_responsibility",
        )

    people_hint = _("From the day of signing their accounts and invitations are owed, in time (clauses 3.1, 4.2).")

    def __init__(
        self,
        *args: Any,
        products: Sequence[Product],
        covered: Sequence[int] = (),
        people: Sequence[ContractPerson] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = PeopleRows(self.data if self.is_bound else None, people)
        self.fields["products"].choices = [(product.pk, product.name) for product in products]  # type: ignore[attr-defined]
        self.fields["products"].initial = list(covered)
        self.fields["type"].help_text = _("By your own classification, such as “extended”.")
        self.fields["title"].help_text = _(
            "As it stands in the contract. Clause 1 knows it by the words “договор на техническую поддержку”."
        )
        self.fields["signed_on"].help_text = _(
            "The edition of the regulation in force on this day is the one accepted."
        )
        self.fields["division_of_responsibility"].help_text = _(
            "Who does what: shown on the contract’s page and to agents on its requests."
        )
        self.fields["scans"].help_text = _("Staff and the customer’s responsible employees see them.")
        if not self.instance.pk:
            self.fields["title"].initial = TITLE

    def clean(self) -> dict[str, Any]:
        """The rows of people are checked with the rest."""
        for complaint in self.people.complaints():
            self.add_error(None, complaint)
        return super().clean() or self.cleaned_data

    def terms(self) -> ContractTerms:
        """What the operation takes."""
        data = self.cleaned_data
        names = (*self.Meta.fields,)
        return ContractTerms(product_ids=data["products"], **{name: data[name] for name in names})

    def new_files(self) -> list[NewFile]:
        """The files that came with the form."""
        return [*_sent(self, "scans", FilePurpose.SCAN), *_sent(self, "division_files", FilePurpose.DIVISION)]


class AmendmentForm(ContractForm):
    """What a contract says from a day on, and why."""

    short = ContractForm.short | {"effective_on"}
    people_hint = _("Whom the amendment adds. From the day on which it holds their accounts and invitations are owed.")
    field_order = ("reason", "effective_on", *ContractForm.field_order, "dropped_files")

    reason = forms.CharField(
        label=_("What was agreed, and why"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as “Additional agreement 2: the laboratory is added”. The customer’s responsible see it."),
    )
    effective_on = forms.DateField(label=_("Holds from"), widget=DayInput())
    based_on = forms.IntegerField(widget=forms.HiddenInput)
    dropped_files = forms.TypedMultipleChoiceField(
        label=_("Files that no longer belong to it"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They stay with the revisions that named them."),
    )

    def __init__(
        self,
        *args: Any,
        files: Sequence[ContractFile],
        relied_on: bool,
        named: Sequence[ContractPerson] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.named = named
        self.fields["dropped_files"].choices = [(file.pk, file.name) for file in files]  # type: ignore[attr-defined]
        if not files:
            del self.fields["dropped_files"]
        self.fields["effective_on"].help_text = _("Moscow date. Until then what was agreed before holds.")
        if relied_on:
            for name in ("signed_on", "valid_from"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Fixed: requests were filed under this contract.")


class EarlyEndForm(forms.Form):
    """When a contract ends before the agreed day, and why."""

    last_day = forms.DateField(
        label=_("Last day of support"),
        widget=DayInput(),
        help_text=_("Moscow date. On the day after it no new request can be filed."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The customer’s responsible employees read it on the contract’s page."),
    )
    scans = FilesField(label=_("Notice or agreement, scanned"), required=False)

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """The fields and how they are laid out."""
        return [(self["last_day"], "short"), (self["reason"], "wide"), (self["scans"], "wide")]

    def new_files(self) -> list[NewFile]:
        """The files that came with the form."""
        return _sent(self, "scans", FilePurpose.SCAN)


def _sent(form: forms.BaseForm, field: str, purpose: FilePurpose) -> list[NewFile]:
    return [NewFile(purpose, file.name or "", file.chunks()) for file in form.cleaned_data[field]]
