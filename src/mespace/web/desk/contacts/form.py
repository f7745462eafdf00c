"""The form that is filled in while somebody is on the phone."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mespace.platform.forms import KeyField, row_id
from mespace.tickets.models import Channel, Contact
from mespace.tickets.operations._contacts import Caller
from mespace.tickets.operations.log_contact import NewContact

LOCAL = "%Y-%m-%dT%H:%M"


class CallerForm(forms.Form):
    """Who it was and what they said. `who` is `p17` for a person, `c5` for a customer alone, empty for a stranger."""

    q = forms.CharField(
        label=_("Who called"),
        required=False,
        max_length=100,
        help_text=_("A name, a phone number or a company; then choose."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "data-hotkey": "/"}),
    )
    who = forms.CharField(required=False, max_length=20)
    caller_name = forms.CharField(label=pgettext_lazy("of a caller", "Name"), required=False, max_length=200)
    caller_phone = forms.CharField(label=_("Phone"), required=False, max_length=50)
    caller_address = forms.CharField(label=_("E-mail or address"), required=False, max_length=254)
    said = forms.CharField(label=_("What was said"), widget=forms.Textarea(attrs={"rows": 9}))

    def caller(self) -> Caller:
        """Who was chosen, and what they said of themselves."""
        person_id, customer_id = chosen(self.cleaned_data["who"])
        data = self.cleaned_data
        return Caller(person_id, customer_id, data["caller_name"], data["caller_phone"], data["caller_address"])


class ContactForm(CallerForm):
    """The same with the way and the instant, for a new contact."""

    key = KeyField()
    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices, initial=Channel.PHONE)
    at = forms.DateTimeField(
        label=pgettext_lazy("of a call", "When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        help_text=_("Your time. No clock starts here: a request’s clock starts when it is registered (clause 3.3)."),
    )

    def clean_at(self) -> datetime:
        """The instant, aware, in the reader's zone."""
        given: datetime = self.cleaned_data["at"]
        return given if timezone.is_aware(given) else timezone.make_aware(given)

    def new_contact(self) -> NewContact:
        """What the operation takes."""
        data = self.cleaned_data
        return NewContact(channel=data["channel"], at=data["at"], said=data["said"], caller=self.caller())


def chosen(who: str) -> tuple[int | None, int | None]:
    """The person's and the customer's row that `who` names; nothing for anything else."""
    number = row_id(who[1:])
    return (number if who[:1] == "p" else None), (number if who[:1] == "c" else None)


def who_of(contact: Contact) -> str:
    """How the form names whom the contact is from."""
    if contact.person_id is not None:
        return f"p{contact.person_id}"
    return f"c{contact.customer_id}" if contact.customer_id is not None else ""


def initial_of(contact: Contact) -> dict[str, Any]:
    """The form's values of a contact that is there."""
    return {
        "who": who_of(contact),
        "caller_name": contact.caller_name,
        "caller_phone": contact.caller_phone,
        "caller_address": contact.caller_address,
        "said": contact.said,
    }
