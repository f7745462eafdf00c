"""The form of each act on a ticket. What an act means is the operation's business; here it is only parsed."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mespace.platform.forms import FilesField, IdsField, KeyField
from mespace.tickets.lifecycle import STAFF_RESOLUTIONS, Criticality, Resolution, TicketType, WaitingFor

_TEXT = {"rows": 6}


class ActForm(forms.Form):
    """Every act carries an idempotency key from the moment its form is opened."""

    key = KeyField()


class WithFiles(ActForm):
    """A text with files: uploaded before (`attachment_ids`) or sent along (`attachments`)."""

    body = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs=_TEXT))
    attachment_ids = IdsField()
    attachments = FilesField(label=_("Files"), required=False)


class ReplyByCustomer(WithFiles):
    """A customer's message; in a waiting status it is the reaction."""


class RejectForm(WithFiles):
    """Turning a proposal down asks for the reason."""

    body = forms.CharField(label=_("Why it does not help"), widget=forms.Textarea(attrs=_TEXT))


class ReasonForm(ActForm):
    """A reason that both sides read."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawForm(ActForm):
    """Withdrawing needs no reason."""

    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class JoinForm(ActForm):
    """“We have it too”, with a note or without."""

    note = forms.CharField(
        label=_("What is it like with you?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class HandOverForm(ActForm):
    """To whom of the same company."""

    to_user = forms.IntegerField(label=_("Hand over to"))


class CriticalityForm(ActForm):
    """The criticality that the customer proposes."""

    criticality = forms.ChoiceField(label=_("Criticality"), choices=Criticality.choices)
    reason = forms.CharField(
        label=_("Which key process has stopped, or why is it less urgent?"), widget=forms.Textarea(attrs={"rows": 3})
    )


class DetailsForm(ActForm):
    """3.2's fields, completed later."""

    site = forms.IntegerField(label=_("Site"), required=False)
    area = forms.IntegerField(label=_("Area"), required=False)
    work_center = forms.IntegerField(label=_("Work center"), required=False)
    build = forms.IntegerField(label=_("Build"), required=False)
    what_was_done = forms.CharField(
        label=_("What was done when it happened"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    expected = forms.CharField(label=_("What was expected"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    stopped_process = forms.CharField(label=_("Which key process has stopped"), required=False, max_length=300)


class CorrectForm(ActForm):
    """The corrected text of an own message."""

    message = forms.IntegerField(widget=forms.HiddenInput)
    body = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs=_TEXT))


class MessageForm(ActForm):
    """A message to remove."""

    message = forms.IntegerField(widget=forms.HiddenInput)


class FileForm(ActForm):
    """A file to remove."""

    file = forms.IntegerField(widget=forms.HiddenInput)


class WatchForm(ActForm):
    """Watch, or no longer."""

    on = forms.BooleanField(required=False)


class ReplyByStaff(WithFiles):
    """The desk's editor: one text, and what it is.

    On an open ticket everything but a comment or note accepts it in the same act.
    """

    COMMENT, NOTE, QUESTION, PROPOSAL, CLOSING = "comment", "note", "question", "proposal", "closing"
    body = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs=_TEXT))
    what = forms.ChoiceField(
        label=pgettext_lazy("a reply", "What it is"),
        choices=[
            (QUESTION, _("Question")),
            (PROPOSAL, _("Proposed solution")),
            (CLOSING, _("Answer and close")),
            (COMMENT, _("Message")),
            (NOTE, _("Internal note")),
        ],
    )
    answer = forms.ChoiceField(
        label=_("The answer is"),
        required=False,
        choices=[
            ("solution", _("a ready solution or recommendation")),
            ("consultation", _("a consultation")),
            ("article", _("a link to an article")),
            ("change", _("a proposal for a change")),
        ],
    )
    resolution = forms.ChoiceField(
        label=_("It ends as"),
        required=False,
        choices=[("", "—"), *((each.value, each.label) for each in Resolution if each in STAFF_RESOLUTIONS)],
    )
    vendor = forms.IntegerField(label=_("Other vendor"), required=False)
    duplicate_of = forms.CharField(label=_("Duplicate of"), required=False, max_length=24)
    known_error = forms.IntegerField(label=_("Known error"), required=False)
    found = forms.CharField(
        label=_("What was found"),
        required=False,
        help_text=_("For the referral that the customer takes there. Left empty, it says what the request says."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tell = forms.CharField(
        label=_("What to tell that vendor’s support"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class ScheduleForm(ActForm):
    """What for and when."""

    target = forms.CharField(label=_("Version or build"), max_length=60)
    on = forms.DateField(label=_("Planned date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    body = forms.CharField(label=_("Message to the customer"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class SuspendForm(ActForm):
    """Who must act, who asked for it, and why."""

    waiting_for = forms.ChoiceField(label=_("Waiting for"), choices=WaitingFor.choices)
    requested_by = forms.IntegerField(label=_("At whose request"), required=False)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class RecordReactionForm(ActForm):
    """Who of the customer said what, by phone."""

    by_person = forms.IntegerField(label=_("Who reacted"))
    said = forms.CharField(label=_("What was said"), widget=forms.Textarea(attrs={"rows": 4}))


class AssignForm(ActForm):
    """To whom; empty for nobody."""

    assignee = forms.IntegerField(label=_("Assignee"), required=False)


class ReclassifyForm(ActForm):
    """Type, criticality, reason."""

    type = forms.ChoiceField(label=pgettext_lazy("of a request", "Type"), choices=TicketType.choices)
    criticality = forms.ChoiceField(label=_("Criticality"), choices=Criticality.choices)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class LinkForm(ActForm):
    """The key of the other ticket."""

    other = forms.CharField(label=_("Key of the other request"), max_length=24)


class KnownErrorForm(ActForm):
    """The known error that is the cause."""

    known_error = forms.IntegerField(label=_("Known error"))


class ArticleForm(ActForm):
    """The article that answers the ticket (clause 4.8)."""

    article = forms.IntegerField(
        label=_("Number of the article"), min_value=1, help_text=_("It stands in the article’s address, as in /kb/17/.")
    )


class UnlinkForm(ActForm):
    """A link to take away."""

    link = forms.IntegerField(widget=forms.HiddenInput)


class DevelopersTaskForm(ActForm):
    """The address of the developers' task."""

    url = forms.URLField(
        label=_("Address of the developers' task"), required=False, assume_scheme="https", max_length=500
    )


class PlainForm(ActForm):
    """An act that needs nothing but the will."""
