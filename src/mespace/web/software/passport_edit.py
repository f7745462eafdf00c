"""Writing into a site's passport: by the customer's responsible employee or by staff."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mespace.accounts.permissions import Permission
from mespace.customers import passports
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import InstallationSource
from mespace.customers.operations.set_installation import set_installation
from mespace.platform import clock
from mespace.platform.rows import RowNotFound
from mespace.products.queries import installable_builds, matrix_of
from mespace.web.drafts import accepted
from mespace.web.middleware import ActorRequest
from mespace.web.software.passport_form import PassportForm

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def passport_edit(request: ActorRequest, site_id: int, product_id: int) -> HttpResponse:
    """The form of one product at one site; saved, it leads back to the passport (303), refused it keeps all (422)."""
    now = clock.now()
    try:
        passport = passports.passport(actor=request.actor, site_id=site_id, now=now)
    except RowNotFound:
        raise Http404 from None
    request.actor.require(Permission.INSTALLATIONS_MANAGE)
    present = next((each for each in passport.products if each.product.pk == product_id), None)
    others = [each for each in passports.products_not_on_record(passport) if each.pk == product_id]
    if present is None and not others:
        raise Http404
    product = present.product if present is not None else others[0]
    builds = installable_builds(product_id=product_id, now=now)
    if present is not None and present.build.pk not in {build.pk for build in builds}:
        builds = [present.build, *builds]
    initial = {"build": present.build.pk, "since": present.since} if present is not None else {}
    released = next((build.pk for build in builds if str(build.pk) == request.GET.get("build", "")), None)
    if released is not None:
        initial |= {"build": released, "since": moscow_date(now)}
    form = PassportForm(
        request.POST if request.method == "POST" else None,
        builds=builds,
        items=present.items if present is not None else (),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_installation(
                actor=request.actor,
                now=now,
                site_id=site_id,
                build_id=form.cleaned_data["build"],
                since=form.since_date(),
                items=form.typed(),
                source=_source(released, form.cleaned_data["build"]),
            )
        except ValidationError as refusal:
            for field, complaints in refusal.message_dict.items():
                form.add_error(field if field in form.fields else None, complaints)
        else:
            accepted(request, request.path, _("The passport is updated."))
            url = reverse("site_passport", args=[site_id])
            return HttpResponseRedirect(f"{url}#product-{product_id}", status=303)
    matrix = matrix_of(product_id=product_id)
    context = {
        "site": passport.site,
        "product": product,
        "form": form,
        "names": sorted({line.name for line in matrix}),
        "matrix": matrix,
    }
    return render(request, "web/software/passport_edit.html", context, status=UNPROCESSABLE if form.errors else 200)


def _source(released: int | None, chosen: int) -> InstallationSource:
    """From a release's page, with its build: that release was installed."""
    return InstallationSource.RELEASE if released == chosen else InstallationSource.ENTERED
