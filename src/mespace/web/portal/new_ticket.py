"""Filing a request: the form, the promise before it is sent, and what happens when it is refused."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import NotEntitled
from mespace.platform.clock import now as clock_now
from mespace.platform.forms import row_id
from mespace.platform.pace import TooFast
from mespace.tickets.errors import Invalid
from mespace.tickets.lifecycle import TicketType
from mespace.tickets.models import Attachment, Ticket
from mespace.tickets.operations.file_ticket import file_ticket
from mespace.tickets.operations.uploads import upload
from mespace.tickets.queries.ticket import find_ticket
from mespace.web.acts.course import plain_instant
from mespace.web.acts.views import keep_files, show_errors
from mespace.web.drafts import accepted
from mespace.web.gate import not_entitled_words, too_fast, too_fast_words
from mespace.web.knowledge.near import near_context
from mespace.web.middleware import ActorRequest
from mespace.web.once import minds_its_own_key
from mespace.web.portal.customers_only import customers_only
from mespace.web.portal.filing_form import INSTALLED, FilingForm
from mespace.web.portal.filing_options import FilingOptions, filing_options
from mespace.web.portal.promise import promise_context
from mespace.web.software.filing import filing_passport_context
from mespace.web.vocabulary import TYPES

ALIASES = {"area": "spot", "work_center": "spot"}
FORBIDDEN, UNPROCESSABLE = 403, 422
GUIDES = {
    TicketType.CONSULTATION: gettext_lazy("A question on installing, setting up or using the software"),
    TicketType.BUG: gettext_lazy("The software does not do what its documentation says, and it can be reproduced"),
    TicketType.INCIDENT: gettext_lazy("Work is disturbed right now, whatever the cause"),
    TicketType.CHANGE_REQUEST: gettext_lazy("Something that the software cannot do yet"),
}


@minds_its_own_key
@require_http_methods(["GET", "HEAD", "POST"])
@customers_only
def new_ticket(request: ActorRequest) -> HttpResponse:
    """The form; filed, it leads to the ticket (303). Refused, everything typed and every file sent is kept (422)."""
    request.actor.require(Permission.TICKET_FILE)
    now = clock_now()
    try:
        options = filing_options(actor=request.actor, now=now)
    except NotEntitled as refusal:
        return _not_entitled(request, refusal)
    if request.method != "POST":
        return _page(request, options, FilingForm(options=options, initial=_initial(request, options)))
    data = request.POST.copy()
    form = FilingForm(data, request.FILES, options=options)
    if "look" in data:
        return _looked(request, options, form, data)
    if not form.is_valid():
        keep_files(request, form, data)  # type: ignore[arg-type]  # the same fields, of another family of forms
        return _page(request, options, form, status=UNPROCESSABLE)
    try:
        uploaded = _uploaded(request, form, data)
        new = form.new_ticket([*form.cleaned_data["attachment_ids"], *uploaded])
        ticket = file_ticket(actor=request.actor, now=now, new=new, key=form.cleaned_data["key"])
    except Invalid as refusal:
        show_errors(form, Invalid({ALIASES.get(name, name): text for name, text in refusal.errors.items()}))  # type: ignore[arg-type]
        return _page(request, options, form, status=UNPROCESSABLE)
    except TooFast as refusal:
        form.add_error(None, too_fast_words(refusal))
        return too_fast(_page(request, options, form), refusal)
    except NotEntitled as refusal:
        form.add_error("product", not_entitled_words(refusal))
        return _page(request, options, form, status=FORBIDDEN)
    accepted(request, _draft(form), _filed_words(ticket))
    return HttpResponseRedirect(reverse("ticket", args=[ticket.key]), status=303)


def _looked(request: ActorRequest, options: FilingOptions, form: FilingForm, data: QueryDict) -> HttpResponse:
    """Without scripts: the form as typed, with the passport of what it has chosen; nothing is judged or filed."""
    form.full_clean()
    keep_files(request, form, data)  # type: ignore[arg-type]  # as below
    typed: dict[str, Any] = {name: data.get(name) for name in form.fields if name in data}
    typed["attachment_ids"] = data.getlist("attachment_ids")
    return _page(request, options, FilingForm(options=options, initial=typed))


def _uploaded(request: ActorRequest, form: FilingForm, data: QueryDict) -> list[int]:
    """Store the files that came along; from now on the form names them, should it be shown again."""
    stored: list[int] = []
    for file in form.cleaned_data["attachments"]:
        kept = upload(actor=request.actor, now=clock_now(), name=file.name or "", chunks=file.chunks())
        stored.append(kept.pk)
        data.appendlist("attachment_ids", str(kept.pk))
    return stored


def _filed_words(ticket: Ticket) -> str:
    return _("Registered as %(key)s. Support is to react by %(due)s.") % {
        "key": ticket.key,
        "due": plain_instant(ticket.reaction_due_at),
    }


def _initial(request: ActorRequest, options: FilingOptions) -> dict[str, Any]:
    """What is known before a word is typed: place, product and build; what a continued request says comes first."""
    site, product = options.first_site, options.first_product
    initial: dict[str, Any] = {
        "type": request.GET.get("type", "") if request.GET.get("type") in set(TicketType) else "",
        "site": site.pk if site is not None else None,
        "product": product.pk if product is not None else None,
        "build": options.first_build or (INSTALLED if options.installed else None),
    }
    if len(options.types) == 1:
        initial["type"] = options.types[0].value
    if request.GET.get("continues"):
        former = find_ticket(actor=request.actor, key=request.GET["continues"])
        initial |= {
            "continues": former.key,
            "type": initial["type"] or former.type,
            "subject": former.subject,
            "site": former.site_id or initial["site"],
            "product": former.product_id,
            "build": former.build_id,
        }
    return initial


def _page(request: ActorRequest, options: FilingOptions, form: FilingForm, status: int = 200) -> HttpResponse:
    site_id = str(form["site"].value() or "")
    site = next((one for one in options.sites if str(one.pk) == site_id), None)
    ids = [pk for pk in form["attachment_ids"].value() or [] if row_id(str(pk)) is not None]
    kept = (
        Attachment.objects.filter(pk__in=[pk for pk in ids if pk], uploaded_by=request.user, message__isnull=True)
        if ids
        else []
    )
    context = {
        "form": form,
        "project": options.membership.customer.project,
        "types": [
            {"value": each.value, "label": each.label, "icon": TYPES[each.value].icon, "text": GUIDES[each]}
            for each in options.types
        ],
        "chosen": str(form["type"].value() or ""),
        "kept": list(kept),
        "draft": _draft(form),
        "continues": form["continues"].value() or "",
        "emergency_phone": settings.EMERGENCY_PHONE,
        "max_bytes": settings.MAX_FILE_BYTES,
        **promise_context(now=clock_now(), site=site),
        **near_context(
            actor=request.actor,
            text=f"{form['subject'].value() or ''}\n{form['description'].value() or ''}",
            **{name: form[name].value() for name in ("site", "product", "build")},
        ),
        **filing_passport_context(
            actor=request.actor, now=clock_now(), **{name: form[name].value() for name in ("site", "product", "build")}
        ),
    }
    return render(request, "web/portal/new_ticket.html", context, status=status)


def _draft(form: FilingForm) -> str:
    continued = form["continues"].value() or ""
    return f"new-ticket-{continued}" if continued else "new-ticket"


def _not_entitled(request: ActorRequest, refusal: NotEntitled) -> HttpResponse:
    """The clear refusal of clause 2.2: what was typed before stays in the browser's draft."""
    context = {"words": not_entitled_words(refusal), "contract": refusal.contract}
    return render(request, "web/portal/not_entitled.html", context, status=FORBIDDEN)
