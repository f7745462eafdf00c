"""What the filing form says of the chosen place before anything is sent: the passport of that product there."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.passports import passport_if
from mespace.platform import clock
from mespace.platform.forms import row_id
from mespace.web.middleware import ActorRequest
from mespace.web.software.passport_view import shown_product


def filing_passport_context(
    *, actor: Actor, site: object, product: object, build: object, now: datetime
) -> dict[str, Any]:
    """`filed_on`: the passport of what the form has chosen, or None while that is not known."""
    product_id, site_id = row_id(str(product or "")), row_id(str(site or ""))
    if product_id is None:
        return {"filed_on": None, "passport_site_id": None}
    found = passport_if(actor=actor, site_id=site_id, product_id=product_id, build_id=row_id(str(build or "")), now=now)
    return {"filed_on": shown_product(found) if found is not None else None, "passport_site_id": site_id}


@require_safe
def filing_passport(request: ActorRequest) -> HttpResponse:
    """The same as a fragment, for the form as it stands now; 404 for those who neither file nor register."""
    if not (request.actor.can(Permission.TICKET_FILE) or request.actor.can(Permission.TICKET_FILE_FOR_OTHERS)):
        raise Http404
    given = {name: request.GET.get(name, "") for name in ("site", "product", "build")}
    context = filing_passport_context(actor=request.actor, now=clock.now(), **given)
    return render(request, "web/software/filing_passport.html", context)
