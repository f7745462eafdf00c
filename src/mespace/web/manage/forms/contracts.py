"""The form of a support contract."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mespace.customers.contract_terms import ContractTerms
from mespace.customers.models import SupportContract
from mespace.products.models import Product
from mespace.web.manage.forms.base import Kit, RowForm

TITLE = "Договор на техническую поддержку"


class ContractForm(RowForm):
    """What stands in a contract."""

    short = frozenset({"number", "type", "signed_on", "valid_from", "valid_until", "form"})
    texts = frozenset({"division_of_responsibility"})

    products = forms.TypedMultipleChoiceField(
        label=_("Software covered"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    field_order = (
        "number",
        "type",
        "title",
        "products",
        "signed_on",
        "form",
        "valid_from",
        "valid_until",
        "division_of_responsibility",
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

    def __init__(
        self,
        *args: Any,
        products: Sequence[Product],
        covered: Sequence[int] = (),
        relied_on: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.covered, self.relied_on = set(covered), relied_on
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
        if not self.instance.pk:
            self.fields["title"].initial = TITLE
        if relied_on:
            for name in ("signed_on", "valid_from"):
                self.fields[name].disabled = True
            self.fields["signed_on"].help_text = self.fields["valid_from"].help_text = _(
                "Fixed: requests were filed under this contract."
            )
            self.fields["products"].help_text = _(
                "Software can be added, not taken away: requests were filed under it."
            )

    def terms(self) -> ContractTerms:
        """What the operation takes."""
        data = dict(self.cleaned_data)
        return ContractTerms(product_ids=data.pop("products"), **data)
