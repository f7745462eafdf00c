"""Writing a message: text, digest, files and the search index; shared by the verbs that publish something."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mespace.ledger.canonical import new_salt, salted_digest
from mespace.platform.markdown import RENDERER, render
from mespace.platform.writing import insert
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Attachment, Audience, Message, MessageKind
from mespace.tickets.operations._act import Act
from mespace.tickets.search import index_message

LONGEST_TEXT = 100_000
MOST_FILES = 20
_IN_TEXT = re.compile(r"attachment:([1-9]\d{0,17})\b")


@dataclass(frozen=True)
class Written:
    """A stored message, and what the log says of it."""

    message: Message
    payload: dict[str, Any]


def clean_text(text: str, *, field: str = "body", required: bool = True) -> str:
    """The text without trailing blanks and NULs. Raises Invalid when it is missing or too long."""
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if required and not text:
        raise Invalid({field: _("Write something here.")})
    if len(text) > LONGEST_TEXT:
        raise Invalid(
            {
                field: _("This text has %(count)d characters; %(most)d fit. Attach the rest as a file.")
                % {"count": len(text), "most": LONGEST_TEXT}
            }
        )
    return text


def write_message(
    act: Act,
    *,
    body: str,
    kind: MessageKind,
    audience: Audience = Audience.CUSTOMER,
    attachment_ids: Sequence[int] = (),
    field: str = "body",
) -> Written:
    """Store a message of the acting person on the ticket, claim the files uploaded for it and make both findable."""
    text = clean_text(body, field=field)
    salt = new_salt()
    message = Message(
        ticket=act.ticket,
        author_id=act.actor.person_id,
        audience=audience,
        kind=kind,
        body=text,
        html=render(text),
        renderer=RENDERER,
        salt=salt,
        created_at=act.now,
    )
    insert(message)
    files = claim_files(message=message, actor_id=act.actor.user_id, attachment_ids=attachment_ids)
    index_message(message)
    return Written(message, {"message": message.pk, "digest": salted_digest(salt, text), "files": files})


def claim_files(*, message: Message, actor_id: int | None, attachment_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Tie the actor's own uploaded, unclaimed files to the message; their ids and digests for the log.

    Besides those named, pictures and files that were put into the text (`attachment:12`) come along.
    Raises Invalid when one that is named is not there (any more).
    """
    named = set(attachment_ids)
    wanted = sorted(named | {int(found) for found in _IN_TEXT.findall(message.body)})
    if not wanted:
        return []
    if len(wanted) > MOST_FILES:
        raise Invalid({"attachments": _("At most %(most)d files fit into one message.") % {"most": MOST_FILES}})
    files = list(
        Attachment.objects.select_for_update().filter(
            pk__in=wanted, uploaded_by_id=actor_id, message__isnull=True, removed_at__isnull=True
        )
    )
    if not named <= {file.pk for file in files}:
        raise Invalid({"attachments": _("A file is no longer there. Attach it again, please.")})
    Attachment.objects.filter(pk__in=[file.pk for file in files]).update(message=message, ticket_id=message.ticket_id)
    return [{"id": file.pk, "digest": salted_digest(file.salt, file.sha256)} for file in files]


def write_reason(act: Act, reason: str, *, field: str = "reason") -> dict[str, Any]:
    """Store the reason of an act as a message that both sides read; the payload's part of it."""
    written = write_message(act, body=reason, kind=MessageKind.REASON, field=field)
    return {"message": written.payload["message"], "reason_digest": written.payload["digest"]}
