"""One contact: what was said, who it was, and what becomes of it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mespace.accounts.permissions import Permission
from mespace.platform.clock import now as clock_now
from mespace.platform.files import served
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Contact, ContactFile
from mespace.tickets.operations.attach_contact import attach_contact
from mespace.tickets.operations.dismiss_contact import dismiss_contact
from mespace.tickets.queries.contacts import beside, find_contact
from mespace.tickets.queries.desk_ticket import contact_delay
from mespace.web.desk.contacts.words import remark_words
from mespace.web.desk.door import desk_view
from mespace.web.desk.shell import render_desk
from mespace.web.middleware import ActorRequest


@require_safe
@desk_view
def contact(request: ActorRequest, pk: int) -> HttpResponse:
    """The contact's page."""
    request.actor.require(Permission.CONTACT_READ)
    return _page(request, find_contact(actor=request.actor, contact_id=pk))


@require_POST
@desk_view
def attach(request: ActorRequest, pk: int) -> HttpResponse:
    """Say that the contact is about a request that is there."""
    key = request.POST.get("ticket", "")
    return _act(
        request,
        pk,
        lambda: attach_contact(actor=request.actor, now=clock_now(), contact_id=pk, key=key[:40]),
        _("The contact now belongs to the request."),
    )


@require_POST
@desk_view
def dismiss(request: ActorRequest, pk: int) -> HttpResponse:
    """Say why no request is made of the contact."""
    reason = request.POST.get("reason", "")
    return _act(
        request,
        pk,
        lambda: dismiss_contact(actor=request.actor, now=clock_now(), contact_id=pk, reason=reason),
        _("Noted: no request is needed."),
    )


@require_safe
@desk_view
def file(request: ActorRequest, pk: int, file_pk: int) -> HttpResponse | FileResponse:
    """A file that came with the contact; pictures that we wrote ourselves may be shown inline."""
    row = find_contact(actor=request.actor, contact_id=pk)
    found = ContactFile.objects.filter(contact=row, pk=file_pk).first()
    if found is None:
        raise Http404
    return served(
        request,
        blob=found.blob,
        name=found.name,
        media_type=found.media_type,
        sha256=found.sha256,
        is_image=found.is_image,
    )


def _act(request: ActorRequest, pk: int, operation: Callable[[], Contact], done: str) -> HttpResponse:
    try:
        operation()
    except Invalid as refusal:
        row = find_contact(actor=request.actor, contact_id=pk)
        return _page(request, row, errors=refusal.errors, status=422)
    messages.success(request, done)
    return HttpResponseRedirect(reverse("desk_contact", args=[pk]), status=303)


def _page(
    request: ActorRequest, row: Contact, *, errors: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    actor = request.actor
    until = row.ticket.registered_at if row.ticket is not None else clock_now()
    context = {
        "contact": row,
        "files": [_shown(row, each) for each in row.files.all()],
        "remarks": [remark_words(code) for code in row.remarks],
        "delay": contact_delay(row.at, until) if row.outcome != "attached" else None,
        "beside": beside(actor=actor, now=clock_now(), customer_id=row.customer_id, person_id=row.person_id),
        "may_log": actor.can(Permission.CONTACT_LOG),
        "may_register": actor.can(Permission.TICKET_FILE_FOR_OTHERS),
        "errors": errors or {},
        "typed": {name: request.POST.get(name, "")[:500] for name in ("ticket", "reason")},
    }
    return render_desk(
        request, "web/desk/contacts/contact.html", context, place=reverse("desk_contacts"), status=status
    )


def _shown(row: Contact, each: ContactFile) -> dict[str, object]:
    url = reverse("desk_contact_file", args=[row.pk, each.pk])
    return {
        "name": each.name,
        "url": url,
        "size": each.size,
        "content_type": each.media_type,
        "preview_url": url if each.is_image else "",
    }
