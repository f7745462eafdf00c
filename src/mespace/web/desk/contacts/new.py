"""Noting a call while it lasts, and saying better who it was."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mespace.accounts.permissions import Permission
from mespace.platform.clock import now as clock_now
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Channel, Contact
from mespace.tickets.operations.correct_contact import correct_contact
from mespace.tickets.operations.log_contact import log_contact
from mespace.tickets.queries.contacts import find_contact
from mespace.web.acts.views import show_errors
from mespace.web.desk.contacts.callers import beside_of, choices
from mespace.web.desk.contacts.form import CallerForm, ContactForm, initial_of
from mespace.web.desk.door import desk_view
from mespace.web.desk.shell import render_desk
from mespace.web.drafts import accepted
from mespace.web.middleware import ActorRequest

DRAFT = "contact"


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def new(request: ActorRequest) -> HttpResponse:
    """The form of a call; sent, it leads to the contact, or on to registering a request from it."""
    request.actor.require(Permission.CONTACT_LOG)
    now = clock_now()
    if request.method != "POST":
        return _page(request, ContactForm(initial={"at": now}))
    form = ContactForm(request.POST)
    if "find" in request.POST:  # without scripts: look the caller up, keep what was typed
        return _page(request, ContactForm(initial=request.POST.dict()))
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        contact = log_contact(actor=request.actor, now=now, new=form.new_contact(), key=form.cleaned_data["key"])
    except Invalid as refusal:
        show_errors(form, refusal)  # type: ignore[arg-type]
        return _page(request, form, status=422)
    accepted(request, DRAFT, _("The contact is noted."))
    if "register" in request.POST:
        return HttpResponseRedirect(f"{reverse('desk_new')}?{urlencode({'contact': contact.pk})}", status=303)
    return HttpResponseRedirect(reverse("desk_contact", args=[contact.pk]), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """The form of a contact that is there: who it was, and what was said."""
    contact = find_contact(actor=request.actor, contact_id=pk)
    request.actor.require(Permission.CONTACT_LOG)
    if request.method != "POST":
        return _page(request, _caller_form(contact, initial=initial_of(contact)), contact=contact)
    if "find" in request.POST:
        return _page(request, _caller_form(contact, initial=request.POST.dict()), contact=contact)
    form = _caller_form(contact, data=request.POST)
    if not form.is_valid():
        return _page(request, form, contact=contact, status=422)
    try:
        correct_contact(
            actor=request.actor,
            now=clock_now(),
            contact_id=pk,
            caller=form.caller(),
            said=form.cleaned_data.get("said", ""),
        )
    except Invalid as refusal:
        show_errors(form, refusal)  # type: ignore[arg-type]
        return _page(request, form, contact=contact, status=422)
    messages.success(request, _("The contact is corrected."))
    return HttpResponseRedirect(reverse("desk_contact", args=[pk]), status=303)


def _caller_form(contact: Contact, **given: Any) -> CallerForm:
    form = CallerForm(**given)
    if contact.channel == Channel.MAIL:
        del form.fields["said"]
    return form


def _page(
    request: ActorRequest, form: CallerForm, *, contact: Contact | None = None, status: int = 200
) -> HttpResponse:
    text, who = str(form["q"].value() or ""), str(form["who"].value() or "")
    context = {
        "form": form,
        "contact": contact,
        "draft": "" if contact else DRAFT,
        **choices(request, text=text, who=who),
        **beside_of(request, who),
    }
    return render_desk(request, "web/desk/contacts/form.html", context, place=reverse("desk_contacts"), status=status)
