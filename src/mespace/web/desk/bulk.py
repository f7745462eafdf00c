"""Assigning several requests at once: the single act for each, with a result per request."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mespace.accounts.models import User
from mespace.accounts.permissions import Permission
from mespace.platform.clock import now as clock_now
from mespace.platform.forms import row_id
from mespace.tickets.errors import Invalid, TicketNotFound
from mespace.tickets.operations.assign import assign
from mespace.tickets.queries.ticket import ticket_id_of
from mespace.web.desk.door import desk_view
from mespace.web.middleware import ActorRequest
from mespace.web.once import minds_its_own_key

MOST = 200
NOBODY = "nobody"


@minds_its_own_key
@require_POST
@desk_view
def assign_many(request: ActorRequest) -> HttpResponse:
    """Assign each chosen request; back to the queue, which says what became of each."""
    actor, now = request.actor, clock_now()
    actor.require(Permission.TICKET_ASSIGN)
    back = HttpResponseRedirect(_back(request), status=303)
    keys = list(dict.fromkeys(request.POST.getlist("ticket")))[:MOST]
    to_whom = request.POST.get("assignee", "")
    if not keys:
        messages.warning(request, _("Tick the requests first, then choose to whom they go."))
        return back
    to_user_id = row_id(to_whom)
    if to_user_id is None and to_whom != NOBODY:
        messages.warning(request, _("Choose to whom the requests go."))
        return back
    form_key = request.POST.get("key", "")[:64]
    done: list[str] = []
    refused: dict[str, list[str]] = {}
    for key in keys:
        try:
            ticket_id = ticket_id_of(actor=actor, key=key)
            assign(
                ticket_id=ticket_id,
                actor=actor,
                now=now,
                to_user_id=to_user_id,
                key=f"{form_key}:{key}" if form_key else None,
            )
        except TicketNotFound:
            refused.setdefault(_("there is no such request"), []).append(key)
        except Invalid as refusal:
            refused.setdefault(" ".join(refusal.errors.values()), []).append(key)
        else:
            done.append(key)
    if done:
        messages.success(request, _done_words(done, to_user_id))
    for reason, which in refused.items():
        messages.error(request, _("Not assigned: %(keys)s — %(reason)s") % {"keys": ", ".join(which), "reason": reason})
    return back


def _done_words(done: list[str], to_user_id: int | None) -> str:
    values = {"keys": ", ".join(done), "count": len(done)}
    if to_user_id is None:
        return ngettext("Nobody holds it now: %(keys)s", "Nobody holds them now: %(keys)s", len(done)) % values
    name = User.objects.values_list("full_name", flat=True).get(pk=to_user_id)
    return _("Assigned to %(name)s: %(keys)s") % {**values, "name": name}


def _back(request: ActorRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) and wanted.startswith(
        reverse("queue")
    ):
        return wanted
    return reverse("queue")
