"""Receiving an act on a ticket: parse, one operation, back to the ticket. What was typed is never lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_POST

from mespace.platform.clock import now as clock_now
from mespace.platform.folding.address import address
from mespace.platform.pace import TooFast
from mespace.tickets.errors import Invalid
from mespace.tickets.operations.desk import forget_draft
from mespace.tickets.operations.uploads import upload
from mespace.tickets.queries.ticket import find_ticket
from mespace.web.acts.forms import ActForm
from mespace.web.acts.page import Failed, render_ticket
from mespace.web.acts.sent import Sent
from mespace.web.acts.table import ACTS
from mespace.web.drafts import accepted
from mespace.web.gate import too_fast, too_fast_words
from mespace.web.middleware import ActorRequest
from mespace.web.once import minds_its_own_key


@minds_its_own_key
@require_POST
def act(request: ActorRequest, key: str, name: str) -> HttpResponse:
    """Do one act of the table; 303 back to the ticket, or its page again with the errors and what was typed (422)."""
    from django.http import Http404

    page_act = ACTS.get(name)
    if page_act is None:
        raise Http404
    now = clock_now()
    ticket = find_ticket(actor=request.actor, key=key)
    data = request.POST.copy()
    form = page_act.form(data, request.FILES)
    if not form.is_valid():
        keep_files(request, form, data)
        return render_ticket(request, key=key, now=now, failed=Failed(name, form))
    try:
        uploaded = [
            upload(actor=request.actor, now=now, name=file.name or "", chunks=file.chunks()).pk
            for file in form.cleaned_data.get("attachments", [])
        ]
        data.setlist("attachment_ids", [*data.getlist("attachment_ids"), *map(str, uploaded)])
        ids = [*form.cleaned_data.get("attachment_ids", []), *uploaded]
        page_act.run(Sent(request.actor, now, ticket, form.cleaned_data, ids))
    except Invalid as refusal:
        show_errors(form, refusal)
        return render_ticket(request, key=key, now=now, failed=Failed(name, form))
    except TooFast as refusal:
        form.add_error(None, too_fast_words(refusal))
        return too_fast(render_ticket(request, key=key, now=now, failed=Failed(name, form)), refusal)
    draft = f"{name}-{ticket.key}"
    forget_draft(actor=request.actor, ticket_id=ticket.pk, form=name)
    accepted(request, draft, page_act.done)
    return HttpResponseRedirect(address("ticket", ticket.key), status=303)


def keep_files(request: HttpRequest, form: ActForm, data: MultiValueDict[str, str]) -> None:
    """Store the files that came with a form that is shown again, so that nobody has to choose them a second time."""
    files: list[Any] = form.cleaned_data.get("attachments", []) if hasattr(form, "cleaned_data") else []
    for file in files:
        try:
            kept = upload(actor=request.actor, now=clock_now(), name=file.name or "", chunks=file.chunks())  # type: ignore[attr-defined]
        except Invalid as refusal:
            show_errors(form, refusal)
        except TooFast as refusal:
            form.add_error(None, too_fast_words(refusal))
        else:
            data.appendlist("attachment_ids", str(kept.pk))


def show_errors(form: ActForm, refusal: Invalid) -> None:
    """Put an operation's errors at the form's fields; those without a field of the form go on top."""
    for field, message in refusal.errors.items():
        form.add_error(field if field in form.fields else None, message)
