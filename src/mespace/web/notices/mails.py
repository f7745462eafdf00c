"""The mail ledger: of the whole installation for administrators, of a ticket for staff."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mespace.notifications.operations.resend import MailNotFound, resend
from mespace.notifications.send_log import FILTERS, PAGE, all_mails, kept, mails_of
from mespace.platform.clock import now as clock_now
from mespace.platform.forms import row_id
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import Ticket
from mespace.web.middleware import ActorRequest

TABS: dict[str, str | Promise] = {
    "failures": pgettext_lazy("mails", "Failures"),
    "under_way": pgettext_lazy("mails", "Under way"),
    "sent": pgettext_lazy("mails", "Sent"),
    "kept": pgettext_lazy("mails", "In the folder"),
    "not_sent": pgettext_lazy("mails", "Not sent"),
    "all": pgettext_lazy("mails", "All"),
}


@require_safe
def mails(request: ActorRequest) -> HttpResponse:
    """All mails, failures first of all; `q` narrows by address."""
    which = request.GET.get("which", "failures")
    if which not in FILTERS:
        raise Http404
    words = request.GET.get("q", "").strip()[:100]
    before = row_id(request.GET.get("before", ""))
    lines = all_mails(request.actor, which=which, words=words, before=before)
    kept_words = {"q": words} if words else {}
    here = reverse("mails")
    older = {"which": which, **kept_words, "before": lines[PAGE - 1].delivery.pk} if len(lines) > PAGE else {}
    context = {
        "lines": lines[:PAGE],
        "words": words,
        "which": which,
        "tabs": [
            {"url": f"{here}?{urlencode({'which': name, **kept_words})}", "label": label, "current": name == which}
            for name, label in TABS.items()
        ],
        "older_url": f"{here}?{urlencode(older)}" if older else "",
        "newer_url": f"{here}?{urlencode({'which': which, **kept_words})}" if before else "",
    }
    return render(request, "web/notices/mails.html", context)


@require_POST
def mail_resend(request: ActorRequest, delivery_id: int) -> HttpResponse:
    """Send a mail again, and back to where it was asked."""
    try:
        done = resend(delivery_id=delivery_id, actor=request.actor, now=clock_now())
    except MailNotFound:
        raise Http404 from None
    if done:
        messages.success(request, _("The mail will be sent again."))
    else:
        messages.info(request, _("This mail is under way or was sent: nothing was done."))
    which = request.POST.get("which", "")
    query = f"?which={which}" if which in FILTERS else ""
    return HttpResponseRedirect(f"{reverse('mails')}{query}", status=303)


@require_safe
def mail_kept(request: ActorRequest, delivery_id: int) -> HttpResponse:
    """A mail of the folder, as text."""
    try:
        mail = kept(request.actor, delivery_id)
    except MailNotFound:
        raise Http404 from None
    return render(request, "web/notices/mail_kept.html", {"mail": mail})


@require_safe
def ticket_mails(request: ActorRequest, key: str) -> HttpResponse:
    """The mails about a ticket, with the servers' answers and what they prove; for staff."""
    ticket = Ticket.objects.visible_to(request.actor).filter(key=key).first()
    if ticket is None or not request.actor.is_staff:
        raise TicketNotFound(key)
    return render(
        request, "web/notices/ticket_mails.html", {"ticket": ticket, "lines": mails_of(request.actor, ticket)}
    )
