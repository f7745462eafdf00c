"""Why a mail became what it did, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REMARKS: dict[str, Promise] = {
    "closed": _("the request is closed"),
    "cut_short": _("too large: only its beginning was kept"),
    "delayed": _("it says: delayed"),
    "delivered": _("it says: delivered"),
    "empty": _("there was nothing in it"),
    "evidence": _("it proves receipt"),
    "failed": _("it says: not delivered"),
    "files_refused": _("some files were not taken"),
    "known_report": _("the same report came before"),
    "no_longer_sees": _("the sender does not see the request any more"),
    "not_authenticated": _("the mail server did not confirm the sender"),
    "expanded": _("it says: handed on to the members of a list"),
    "other_address": _("of a mail of ours, but about an address to which we did not write"),
    "other_sender": _("not from the person to whom the reply address belongs"),
    "refused": _("the request did not take it"),
    "relayed": _("it says: handed on to a server that reports nothing"),
    "signed_envelope": _("a signed envelope that is not opened here"),
    "tnef": _("in Outlook’s own format (winmail.dat)"),
    "unclear": _("of a mail of ours, but what became of it cannot be told"),
    "unknown_mail": _("about no mail of ours"),
}


def remark_words(code: str) -> str:
    """The words for a remark's code; the code itself for one that is not known."""
    return str(REMARKS.get(code, code))
