"""The forms of the pages about people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mespace.accounts.models import User
from mespace.accounts.permissions import CUSTOMER_ROLES, Role
from mespace.web.account.forms import ProfileForm

STAFF_CHOICES = [(role.value, role.label) for role in Role if role not in CUSTOMER_ROLES]
CUSTOMER_CHOICES = [(role.value, role.label) for role in Role if role in CUSTOMER_ROLES]


class NewPersonForm(ProfileForm):
    """A new employee or contractor."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("They sign in with it; the invitation goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=STAFF_CHOICES, widget=forms.CheckboxSelectMultiple)
    field_order = ("full_name", "email", "job_title", "phone", "roles", "language", "time_zone")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("full_name", "job_title", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class RolesForm(forms.Form):
    """Which roles a person has."""

    roles = forms.MultipleChoiceField(label=_("Roles"), choices=STAFF_CHOICES, widget=forms.CheckboxSelectMultiple)

    @classmethod
    def of(cls, user: User, data: object = None) -> "RolesForm":
        """The form for this kind of person."""
        form = cls(data, initial={"roles": user.roles})  # type: ignore[arg-type]
        if user.is_customer:
            form.fields["roles"] = forms.ChoiceField(
                label=_("Role"), choices=CUSTOMER_CHOICES, widget=forms.RadioSelect, initial=user.roles[0]
            )
            form.initial = {"roles": user.roles[0]}
        return form

    def chosen(self) -> list[Role]:
        """The roles chosen."""
        value = self.cleaned_data["roles"]
        return [Role(value)] if isinstance(value, str) else [Role(role) for role in value]
