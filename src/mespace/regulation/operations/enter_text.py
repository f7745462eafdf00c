"""A manager enters the text of an edition that was published without it, or corrects such a transcript."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import RowNotFound
from mespace.regulation.edition_text.parse import normalized, parsed
from mespace.regulation.models import LONGEST_REASON, EditionText, RegulationEdition
from mespace.regulation.operations._draft import EditionRefusedError
from mespace.regulation.operations._text import keep_text


@transaction.atomic
def enter_text(*, actor: Actor, now: datetime, code: str, source: str, reason: str = "") -> EditionText:
    """The text, shown from now on; a former transcript is kept beside it.

    Raises Refused, RowNotFound, and EditionRefusedError: the edition was published with a text, which never changes
    (clause 7.3), the text has problems or is the one that is shown, or a correction has no reason.
    """
    actor.require(Permission.EDITIONS_MANAGE)
    edition = RegulationEdition.objects.select_for_update().filter(code=code).first()
    if edition is None:
        raise RowNotFound(code)
    if edition.text_digest:
        raise EditionRefusedError(
            field="source", message=_("The edition was published with its text, which is never changed.")
        )
    source, reason = normalized(source), " ".join(reason.replace("\x00", "").split())
    if not source or parsed(source).problems:
        raise EditionRefusedError(field="source", message=_("The text has problems; they are listed by line."))
    last = edition.texts.order_by("-number").first()
    if last is not None and last.source == source:
        raise EditionRefusedError(field="source", message=_("This is the text that is shown already."))
    if last is not None and not 0 < len(reason) <= LONGEST_REASON:
        raise EditionRefusedError(
            field="reason",
            message=_("Say in at most %(most)d characters what was wrong with the text.") % {"most": LONGEST_REASON},
        )
    number = last.number + 1 if last is not None else 1
    return keep_text(edition, source, actor=actor, now=now, number=number, reason=reason if last is not None else "")
