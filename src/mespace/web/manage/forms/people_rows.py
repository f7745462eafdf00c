"""Rows of a contract's form in which it names its responsible employees."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mespace.customers.onboarding.models import ContractPerson
from mespace.customers.onboarding.naming import NamedPerson

ROWS = 4
PREFIX = "people"


class PersonRow(forms.Form):
    """One person; a row without anything is nobody."""

    full_name = forms.CharField(label=_("Full name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), help_text=_("The invitation goes there, and they sign in with it."))
    job_title = forms.CharField(label=_("Job title"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=50, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"empty_permitted": True, "use_required_attribute": False} | kwargs))
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    @property
    def is_open(self) -> bool:
        """Whether there is something in the row, so that it is not folded up."""
        return bool(self.errors) or self.has_changed() or bool(self.initial)

    def person(self) -> NamedPerson | None:
        """Who is named by a checked row; None by an empty one."""
        data = self.cleaned_data
        return NamedPerson(**data) if data.get("email") else None


class PeopleRows:
    """The rows, filled with `known` people until they are sent."""

    def __init__(self, data: Mapping[str, Any] | None, known: Sequence[ContractPerson] = ()) -> None:
        filled = [
            {"full_name": each.full_name, "email": each.email, "job_title": each.job_title, "phone": each.phone}
            for each in known
        ]
        number = max(ROWS, len(filled) + 1)
        if data is not None:
            number = min(50, max(ROWS, *(_number(name) + 1 for name in data), 0))
        self.rows = [
            PersonRow(data, prefix=f"{PREFIX}-{at}", initial=filled[at] if data is None and at < len(filled) else None)
            for at in range(number)
        ]

    def complaints(self) -> list[str]:
        """What is wrong, by row and field."""
        return [
            f"{row.fields[name].label} ({number}): {text}"
            for number, row in enumerate(self.rows, 1)
            for name, texts in row.errors.items()
            for text in texts
        ]

    def people(self) -> list[NamedPerson]:
        """Everybody whom the rows name."""
        return [person for row in self.rows if (person := row.person()) is not None]

    def take(self, refusal: ValidationError) -> None:
        """Put an operation's complaints about the n-th person beside that person's fields."""
        if not hasattr(refusal, "error_dict"):
            return
        filled = [row for row in self.rows if row.person() is not None]
        for key, texts in refusal.message_dict.items():
            row, _dash, field = key.removeprefix(f"{PREFIX}-").partition("-")
            if key.startswith(f"{PREFIX}-") and field in PersonRow.base_fields:
                filled[int(row)].add_error(field, texts)


def _number(name: str) -> int:
    """The row of a field `people-3-email`; -1 for another field."""
    prefix, _dash, rest = name.partition("-")
    row = rest.partition("-")[0]
    return int(row) if prefix == PREFIX and row.isascii() and row.isdigit() and len(row) <= 2 else -1  # noqa: PLR2004
