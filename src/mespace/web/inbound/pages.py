"""What came in by mail and what became of it, for administrators and auditors; quarantine, with another try."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from mespace.accounts.permissions import Permission
from mespace.mail_in import queries
from mespace.mail_in.models import Outcome, State
from mespace.mail_in.operations.look_at import look_at
from mespace.mail_in.operations.try_again import try_again
from mespace.mail_in.queries import InboundFilter
from mespace.platform.clock import now as clock_now
from mespace.platform.files import served
from mespace.platform.forms import row_id
from mespace.platform.rows import RowNotFound
from mespace.web.inbound.words import remark_words
from mespace.web.middleware import ActorRequest


@require_safe
def listing(request: ActorRequest) -> HttpResponse:
    """The log, the newest mail first; filters stand in the address."""
    _staff_only(request)
    given = request.GET
    wanted = InboundFilter(
        given.get("state", "")[:12], given.get("outcome", "")[:20], given.get("q", "").replace("\x00", "").strip()[:100]
    )
    before = row_id(given.get("before", ""))
    page = queries.inbound_list(actor=request.actor, wanted=wanted, before=before)
    query = {name: value for name, value in vars(wanted).items() if value}
    here = reverse("inbound_list")
    context = {
        "rows": page.rows,
        "wanted": wanted,
        "tabs": _tabs(wanted, queries.to_be_seen(actor=request.actor)),
        "outcomes": [(code, word, code == wanted.outcome) for code, word in Outcome.choices],
        "older_url": f"{here}?{urlencode({**query, 'before': page.before})}" if page.before else "",
        "newer_url": f"{here}?{urlencode(query)}" if before is not None else "",
        "is_set": settings.IMAP is not None,
        "address": settings.IMAP.user if settings.IMAP is not None else "",
        "reads_tickets": request.actor.can(Permission.TICKET_READ_ALL),
    }
    return render(request, "web/inbound/list.html", context)


@require_safe
def mail(request: ActorRequest, pk: int) -> HttpResponse:
    """One mail: how it came, what became of it, and its answers."""
    _staff_only(request)
    row = _found(request, pk)
    context = {
        "mail": row,
        "remarks": [remark_words(code) for code in row.remarks],
        "answers": row.answers.all(),
        "arrivals": row.arrivals.all(),
        "may_manage": request.actor.can(Permission.MAIL_IN_MANAGE),
        "is_unclear": row.outcome == Outcome.UNCLEAR_BOUNCE,
        "reads_tickets": request.actor.can(Permission.TICKET_READ_ALL),
    }
    return render(request, "web/inbound/mail.html", context)


@require_safe
def raw(request: ActorRequest, pk: int) -> HttpResponse | FileResponse:
    """The mail as it came, to be saved: never shown by the browser."""
    _staff_only(request)
    row = _found(request, pk)
    return served(
        request,
        blob=row.blob,
        name=f"mail-{row.pk}.eml",
        media_type="application/octet-stream",
        sha256=row.sha256,
    )


@require_POST
def again(request: ActorRequest, pk: int) -> HttpResponse:
    """Let a mail out of quarantine for another try."""
    _staff_only(request)
    try:
        try_again(actor=request.actor, now=clock_now(), inbound_id=pk)
    except RowNotFound:
        raise Http404 from None
    messages.success(request, _("The mail is handled again; its state is shown here in a moment."))
    return HttpResponseRedirect(reverse("inbound_mail", args=[pk]), status=303)


@require_POST
def seen(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a bounce that fits no mail off those to be looked at."""
    _staff_only(request)
    try:
        look_at(actor=request.actor, now=clock_now(), inbound_id=pk)
    except RowNotFound:
        raise Http404 from None
    messages.success(request, _("Noted: nothing more need be done with this mail."))
    return HttpResponseRedirect(f"{reverse('inbound_list')}?{urlencode({'state': queries.UNCLEAR})}", status=303)


def _staff_only(request: ActorRequest) -> None:
    """For customers there is no such address."""
    if not request.actor.is_staff:
        raise Http404


def _found(request: ActorRequest, pk: int) -> Any:  # noqa: ANN401 - the row with what the page shows of it
    try:
        return queries.inbound(actor=request.actor, inbound_id=pk)
    except RowNotFound:
        raise Http404 from None


def _tabs(wanted: InboundFilter, counts: dict[str, int]) -> list[dict[str, Any]]:
    here = reverse("inbound_list")
    looks = [
        ("", pgettext("mails", "All")),
        (State.WAITING, pgettext("mails", "Waiting")),
        (State.QUARANTINED, pgettext("mails", "In quarantine")),
        (queries.UNCLEAR, pgettext("mails", "Not delivered, unclear which")),
    ]
    return [
        {
            "url": f"{here}?{urlencode({'state': code})}" if code else here,
            "label": label,
            "count": counts.get(code, 0),
            "current": wanted.state == code,
        }
        for code, label in looks
    ]
