"""A customer's plants: sites, shops, sections, and what runs there."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.customers import queries
from mespace.customers.models import Site
from mespace.customers.operations.add_area import add_area
from mespace.customers.operations.add_site import add_site
from mespace.customers.operations.add_work_center import add_work_center
from mespace.customers.operations.change_area import change_area
from mespace.customers.operations.change_site import change_site
from mespace.customers.operations.change_work_center import change_work_center
from mespace.customers.operations.delete_area import delete_area
from mespace.customers.operations.delete_site import delete_site
from mespace.customers.operations.delete_work_center import delete_work_center
from mespace.customers.operations.remove_installation import remove_installation
from mespace.customers.operations.set_installation import set_installation
from mespace.platform import clock
from mespace.products.queries import all_builds
from mespace.web.manage.door import changes_customers, fills_customers
from mespace.web.manage.forms.customers import AreaForm, InstallationForm, SiteForm, WorkCenterForm
from mespace.web.manage.page import Question, Sheet, fill, posted, remove
from mespace.web.manage.views.customers import SECTION, customer_url
from mespace.web.middleware import ActorRequest


def _at(site: Site) -> str:
    return customer_url(site.customer_id, f"site-{site.pk}")


def _sheet(site: Site, heading: str, *, lead: str = "", submit: str = "", is_new: bool = False) -> Sheet:
    return Sheet(
        section=SECTION,
        heading=heading,
        lead=lead,
        back_url=_at(site),
        back_label=f"{site.customer} · {site.name}",
        submit=submit or _("Save"),
        is_new=is_new,
    )


@fills_customers
def site_new(request: ActorRequest, customer_id: int) -> HttpResponse:
    """The form of a new site."""
    row = queries.customer(actor=request.actor, customer_id=customer_id)
    sheet = Sheet(
        section=SECTION,
        heading=_("New site"),
        lead=_("A plant of the customer. Shops and sections are added to it afterwards."),
        back_url=customer_url(row.pk),
        back_label=row.short_name,
        submit=_("Add the site"),
        is_new=True,
    )

    def save(data: dict[str, Any]) -> tuple[str, str]:
        site = add_site(actor=request.actor, customer_id=customer_id, **data)
        return _at(site), _("The site is added. Next: its shops, and which builds run there.")

    form = SiteForm(posted(request), initial={"time_zone": "Europe/Moscow"})
    return fill(request, form, sheet, save)


@fills_customers
def site_edit(request: ActorRequest, site_id: int) -> HttpResponse:
    """The form of a site."""
    site = queries.site(actor=request.actor, site_id=site_id)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        change_site(actor=request.actor, site_id=site_id, **data)
        said = _("The site is saved.")
        if not data["is_active"]:
            said = _("The site is saved. It is out of use: new requests cannot name it, old ones keep it.")
        return _at(site), said

    return fill(request, SiteForm(posted(request), instance=site), _sheet(site, _("Site")), save)


@changes_customers
def site_delete(request: ActorRequest, site_id: int) -> HttpResponse:
    """Delete a site entered by mistake."""
    site = queries.site(actor=request.actor, site_id=site_id)
    question = Question(
        title=_("Delete the site?"),
        text=_("%(name)s disappears. It is possible while nothing refers to it.") % {"name": site.name},
        done=_("The site is deleted."),
        done_url=customer_url(site.customer_id, "sites"),
        back_url=_at(site),
        instead=_("Take it out of use instead: edit the site."),
    )
    return remove(request, question, lambda: delete_site(actor=request.actor, site_id=site_id))


@fills_customers
def area_new(request: ActorRequest, site_id: int) -> HttpResponse:
    """The form of a new shop."""
    site = queries.site(actor=request.actor, site_id=site_id)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        add_area(actor=request.actor, site_id=site_id, **data)
        return _at(site), _("The shop is added. Next: its sections, or another shop.")

    sheet = _sheet(site, _("New shop"), submit=_("Add the shop"), is_new=True)
    return fill(request, AreaForm(posted(request)), sheet, save)


@fills_customers
def area_edit(request: ActorRequest, area_id: int) -> HttpResponse:
    """The form of a shop."""
    area = queries.area(actor=request.actor, area_id=area_id)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        change_area(actor=request.actor, area_id=area_id, **data)
        return _at(area.site), _("The shop is saved. Its requests show the new name.")

    sites = [(site.pk, site.name) for site in area.site.customer.sites.all()]
    return fill(request, AreaForm(posted(request), instance=area, sites=sites), _sheet(area.site, _("Shop")), save)


@changes_customers
def area_delete(request: ActorRequest, area_id: int) -> HttpResponse:
    """Delete a shop."""
    area = queries.area(actor=request.actor, area_id=area_id)
    question = Question(
        title=_("Delete the shop?"),
        text=_("%(name)s disappears. It is possible while nothing refers to it.") % {"name": area.name},
        done=_("The shop is deleted."),
        done_url=_at(area.site),
        back_url=_at(area.site),
        instead=_("It can be renamed."),
    )
    return remove(request, question, lambda: delete_area(actor=request.actor, area_id=area_id))


@fills_customers
def work_center_new(request: ActorRequest, area_id: int) -> HttpResponse:
    """The form of a new section or line."""
    area = queries.area(actor=request.actor, area_id=area_id)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        add_work_center(actor=request.actor, area_id=area_id, **data)
        return _at(area.site), _("The section is added.")

    sheet = _sheet(area.site, _("New section"), lead=area.name, submit=_("Add the section"), is_new=True)
    return fill(request, WorkCenterForm(posted(request)), sheet, save)


@fills_customers
def work_center_edit(request: ActorRequest, work_center_id: int) -> HttpResponse:
    """The form of a section or line."""
    row = queries.work_center(actor=request.actor, work_center_id=work_center_id)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        change_work_center(actor=request.actor, work_center_id=work_center_id, **data)
        return _at(row.area.site), _("The section is saved. Its requests show the new name.")

    sheet = _sheet(row.area.site, _("Section"), lead=row.area.name)
    areas = queries.areas_of(actor=request.actor, customer_id=row.area.site.customer_id)
    choices = [(area.pk, f"{area.site.name} · {area.name}") for area in areas]
    return fill(request, WorkCenterForm(posted(request), instance=row, areas=choices), sheet, save)


@changes_customers
def work_center_delete(request: ActorRequest, work_center_id: int) -> HttpResponse:
    """Delete a section or line."""
    row = queries.work_center(actor=request.actor, work_center_id=work_center_id)
    question = Question(
        title=_("Delete the section?"),
        text=_("%(name)s disappears. It is possible while nothing refers to it.") % {"name": row.name},
        done=_("The section is deleted."),
        done_url=_at(row.area.site),
        back_url=_at(row.area.site),
        instead=_("It can be renamed."),
    )
    return remove(request, question, lambda: delete_work_center(actor=request.actor, work_center_id=work_center_id))


@fills_customers
def installation_new(request: ActorRequest, site_id: int) -> HttpResponse:
    """Which build runs at the site: one per product."""
    site = queries.site(actor=request.actor, site_id=site_id)
    builds = all_builds(actor=request.actor)
    sheet = Sheet(
        section=SECTION,
        heading=_("Installed build"),
        lead=_(
            "It is prefilled when people of the site file a request. A former build of the same software is replaced."
        ),
        back_url=_at(site),
        back_label=f"{site.customer} · {site.name}",
        submit=_("Save"),
        note="" if builds else _("There are no builds yet: add the software and its first build before."),
    )

    def save(data: dict[str, Any]) -> tuple[str, str]:
        said = {"build_id": int(data["build"]), "since": data["since"]}
        row = set_installation(actor=request.actor, now=clock.now(), site_id=site_id, **said)
        values = {"product": row.product.name, "build": row.build.full_number, "site": site.name}
        return _at(site), _("%(product)s %(build)s runs at %(site)s.") % values

    known = request.GET.get("build", "")
    form = InstallationForm(posted(request), builds=builds, initial={"build": known} if known.isdecimal() else {})
    return fill(request, form, sheet, save)


@changes_customers
def installation_delete(request: ActorRequest, installation_id: int) -> HttpResponse:
    """Forget that a product runs at a site."""
    row = queries.installation(actor=request.actor, installation_id=installation_id)
    question = Question(
        title=_("Remove the installed build?"),
        text=_("The form will no longer prefill %(build)s at %(site)s. Requests filed before keep their build.")
        % {"build": f"{row.product} {row.build.full_number}", "site": row.site.name},
        done=_("The installed build is removed."),
        done_url=_at(row.site),
        back_url=_at(row.site),
        label=pgettext("installed build", "Remove"),
    )
    return remove(
        request,
        question,
        lambda: remove_installation(actor=request.actor, now=clock.now(), installation_id=installation_id),
    )
