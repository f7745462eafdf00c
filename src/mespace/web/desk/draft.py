"""Unsent answers are kept on the server, with what they were going to be: a note never comes back as a message."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from mespace.accounts.permissions import Permission
from mespace.platform.clock import now as clock_now
from mespace.tickets.models import Draft
from mespace.tickets.operations.desk import save_draft
from mespace.tickets.queries.ticket import ticket_id_of
from mespace.web.acts.forms import ReplyByStaff
from mespace.web.desk.door import desk_view
from mespace.web.middleware import ActorRequest

FORM = "reply"
KINDS = {str(value) for value, _label in ReplyByStaff.base_fields["what"].choices}  # type: ignore[attr-defined]


@dataclass(frozen=True)
class KeptText:
    """A draft: the text and what it was going to be."""

    what: str
    body: str


def kept_text(draft: Draft | None) -> KeptText | None:
    """A stored draft, read."""
    if draft is None:
        return None
    what, _newline, body = draft.body.partition("\n")
    return KeptText(what, body) if what in KINDS else None


@require_POST
@desk_view
def keep(request: ActorRequest, key: str) -> HttpResponse:
    """Keep the unsent answer to a ticket; answers with a word that it is kept. An empty one is forgotten."""
    request.actor.require(Permission.TICKET_WORK)
    what, body = request.POST.get("what", ""), request.POST.get("body", "").replace("\r\n", "\n")
    now = clock_now()
    kept = f"{what}\n{body}" if what in KINDS and body.strip() else ""
    save_draft(actor=request.actor, now=now, ticket_id=ticket_id_of(actor=request.actor, key=key), form=FORM, body=kept)
    return HttpResponse(render_to_string("web/desk/_draft_kept.html", {"at": now if kept else None}, request))
