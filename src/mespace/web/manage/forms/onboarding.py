"""The form by which a contract names a responsible employee."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mespace.customers.onboarding.models import ContractPerson
from mespace.customers.onboarding.naming import NamedPerson
from mespace.web.manage.forms.base import Kit, RowForm


class ResponsibleForm(RowForm):
    """Who is named, and since when."""

    short = frozenset({"job_title", "phone", "named_on"})
    field_order = ("full_name", "email", "job_title", "phone", "named_on")

    class Meta(Kit):
        model = ContractPerson
        fields = ("full_name", "email", "job_title", "phone", "named_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("full_name", "email", "job_title", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["email"].help_text = _("The invitation goes there, and they sign in with it.")
        self.fields["named_on"].help_text = _(
            "The date of signing, or that of the amendment which names the person. The term counts from it."
        )

    def person(self) -> NamedPerson:
        """What the operation takes."""
        data = self.cleaned_data
        return NamedPerson(
            full_name=data["full_name"], email=data["email"], job_title=data["job_title"], phone=data["phone"]
        )
