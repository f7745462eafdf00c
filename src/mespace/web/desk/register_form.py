"""The form by which an agent registers a request for a customer's person: Appendix 1, and when the contact was."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mespace.platform.forms import FilesField, IdsField, KeyField
from mespace.tickets.lifecycle import TicketType
from mespace.tickets.models import Contact
from mespace.tickets.operations._place import Place
from mespace.tickets.operations.file_ticket import LONGEST_SUBJECT, NewTicket
from mespace.tickets.queries.desk_options import Option, Options
from mespace.web import vocabulary
from mespace.web.desk.act_forms import grouped, select

_LINES = {"rows": 3}


class RegisterForm(forms.Form):
    """What the customer's person said, and when."""

    key = KeyField()
    contact_at = forms.DateTimeField(
        label=gettext_lazy("When they called or wrote"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy(
            "Your time. The reaction clock starts at the registration, not then (clause 3.3); the delay is shown "
            "to both sides."
        ),
    )
    type = forms.ChoiceField(label=pgettext_lazy("of a request", "Type"), widget=forms.RadioSelect)
    critical = forms.BooleanField(label=gettext_lazy("Critical: a key business process has stopped"), required=False)
    stopped_process = forms.CharField(
        label=gettext_lazy("Which key process has stopped"), required=False, max_length=300
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT)
    description = forms.CharField(label=gettext_lazy("Description"), widget=forms.Textarea(attrs={"rows": 7}))
    product = forms.IntegerField(label=gettext_lazy("Software"))
    build = forms.IntegerField(label=gettext_lazy("Build"), required=False)
    site = forms.IntegerField(label=gettext_lazy("Site"), required=False)
    area = forms.IntegerField(label=gettext_lazy("Area"), required=False)
    work_center = forms.IntegerField(label=gettext_lazy("Work center"), required=False)
    what_was_done = forms.CharField(
        label=gettext_lazy("What was done when it happened"), required=False, widget=forms.Textarea(attrs=_LINES)
    )
    expected = forms.CharField(
        label=gettext_lazy("What was expected"), required=False, widget=forms.Textarea(attrs=_LINES)
    )
    attachment_ids = IdsField()
    attachments = FilesField(label=gettext_lazy("Files"), required=False)
    contact_files = forms.MultipleChoiceField(
        label=gettext_lazy("Files of the contact to take along"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        options: Options,
        products: list[Option],
        types: list[str],
        contact: Contact | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if contact is not None:
            self.fields["contact_at"].disabled = True
            self.initial["contact_at"] = contact.at
            choices = [(str(file.pk), file.name) for file in contact.files.all()]
            self.fields["contact_files"].choices = choices  # type: ignore[attr-defined]
        offered = types or [str(each) for each in TicketType]
        words = [(code, look.word) for code, look in vocabulary.TYPES.items() if code in offered]
        self.fields["type"].choices = words  # type: ignore[attr-defined]
        select(self, "product", products, _("Choose the software"))
        names = {product.pk: product.label for product in products}
        parents = [Option(pk, label) for pk, label in names.items()]
        grouped(self, "build", options["build"], parents)
        self.fields["build"].widget.choices[0] = ("", _("not known"))
        select(self, "site", options["site"])
        grouped(self, "area", options["area"], options["site"])
        grouped(self, "work_center", options["work_center"], options["area"])

    def clean_contact_at(self) -> datetime | None:
        """The instant, aware, in the reader's zone."""
        given = self.cleaned_data["contact_at"]
        return given if given is None or timezone.is_aware(given) else timezone.make_aware(given)

    def new_ticket(self, *, requester_id: int, attachment_ids: list[int], contact_id: int | None) -> NewTicket:
        """What the operation takes."""
        data = self.cleaned_data
        return NewTicket(
            type=data["type"],
            subject=data["subject"],
            description=data["description"],
            product_id=data["product"],
            place=Place(data["site"], data["area"], data["work_center"], data["build"]),
            critical=data["critical"],
            stopped_process=data["stopped_process"],
            what_was_done=data["what_was_done"],
            expected=data["expected"],
            attachment_ids=attachment_ids,
            requester_id=requester_id,
            contact_at=data["contact_at"],
            contact_id=contact_id,
        )
