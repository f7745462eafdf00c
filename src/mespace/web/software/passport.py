"""Passports of sites: what runs where, and how it stands against the documentation."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.customers import passports
from mespace.customers.configuration import items_of
from mespace.platform import clock
from mespace.platform.rows import RowNotFound
from mespace.products.matrix import Light
from mespace.web.middleware import ActorRequest
from mespace.web.portal.customers_only import customers_only
from mespace.web.software.passport_view import shown_site


@require_safe
@customers_only
def sites(request: ActorRequest) -> HttpResponse:
    """The reader's sites with the colour of each product there."""
    request.actor.require(Permission.INSTALLATIONS_READ)
    rows = [shown_site(each) for each in passports.passports(actor=request.actor, now=clock.now())]
    return render(request, "web/software/sites.html", {"rows": rows})


@require_safe
def site_passport(request: ActorRequest, site_id: int) -> HttpResponse:
    """One site: each product's build, configuration and colours with their reasons, the way on, the history."""
    try:
        passport = passports.passport(actor=request.actor, site_id=site_id, now=clock.now())
    except RowNotFound:
        raise Http404 from None
    may_change = request.actor.can(Permission.INSTALLATIONS_MANAGE)
    context = {
        "site": passport.site,
        "shown": shown_site(passport),
        "history": [(record, items_of(record.configuration)) for record in passport.history],
        "may_change": may_change,
        "missing": passports.products_not_on_record(passport) if may_change else [],
        "red": Light.RED,
    }
    return render(request, "web/software/passport.html", context)
