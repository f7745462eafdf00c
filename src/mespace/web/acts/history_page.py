"""What a corrected message said before."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from mespace.tickets.queries.messages import messages_for
from mespace.tickets.queries.ticket import find_ticket, former_texts
from mespace.web.acts.clock_page import shell_of
from mespace.web.middleware import ActorRequest


@require_safe
def message_history(request: ActorRequest, key: str, pk: int) -> HttpResponse:
    """The message as it reads now and each former text; 404 when the reader may not read it or it was removed."""
    ticket = find_ticket(actor=request.actor, key=key)
    message = messages_for(request.actor).select_related("author").filter(pk=pk, ticket=ticket).first()
    if message is None or message.removed_at is not None:
        raise Http404
    former = former_texts(actor=request.actor, message_id=message.pk)
    texts = []
    written_at = message.created_at
    for row in former:
        texts.append({"html": mark_safe(row.html), "from": written_at, "until": row.replaced_at})  # noqa: S308 - cleaned when written
        written_at = row.replaced_at
    texts.append({"html": mark_safe(message.html), "from": written_at, "until": None})  # noqa: S308
    context = {"ticket": ticket, "message": message, "texts": texts[::-1], **shell_of(request)}
    return render(request, "web/acts/message_history.html", context)
