"""What a reader should know of a mail that became a contact, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REMARKS: dict[str, Promise] = {
    "closed": _("It is an answer to a request that is closed."),
    "cut_short": _("The mail was too large: only its beginning was kept."),
    "files_refused": _("Some of its files were not taken; the mail as it came still holds them."),
    "no_longer_sees": _("It answers a notification about a request that the sender does not see any more."),
    "not_authenticated": _("The mail server could not confirm that it comes from this address."),
    "other_sender": _(
        "It was sent to the secret reply address of a request, but not by the person to whom it belongs."
    ),
    "refused": _("It is an answer that the request did not take."),
    "signed_envelope": _("Its text lies in a signed envelope that is not opened here."),
    "tnef": _("It came in Outlook’s own format (winmail.dat)."),
}


def remark_words(code: str) -> str:
    """The sentence for a remark's code; the code itself for one that is not known."""
    return str(REMARKS.get(code, code))
