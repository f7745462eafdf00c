"""Other vendors, whose support must act for some requests (clause 5.4)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.products import queries
from mespace.products.operations._vendor import VendorEntry
from mespace.products.operations.add_vendor import add_vendor
from mespace.products.operations.change_vendor import change_vendor
from mespace.products.operations.delete_vendor import delete_vendor
from mespace.web.manage.door import changes_products, fills_products, reads_products
from mespace.web.manage.forms.products import VendorForm
from mespace.web.manage.page import Question, Sheet, draw, fill, posted, remove
from mespace.web.middleware import ActorRequest

SECTION = "vendors"


@reads_products
def vendors(request: ActorRequest) -> HttpResponse:
    """The directory by name, with how each vendor's support is reached."""
    return draw(request, "vendors", {"rows": queries.vendors(actor=request.actor)}, section=SECTION)


@fills_products
def vendor_new(request: ActorRequest) -> HttpResponse:
    """The form of a new vendor."""

    def save(data: dict[str, Any]) -> tuple[str, str]:
        vendor = add_vendor(actor=request.actor, entry=VendorEntry(**data))
        said = _("%(name)s is added. Agents can now pass requests to its support.") % {"name": vendor.name}
        return reverse("manage:vendors"), said

    sheet = _sheet(_("New vendor"), submit=_("Add the vendor"), is_new=True)
    return fill(request, VendorForm(posted(request)), sheet, save)


@fills_products
def vendor_edit(request: ActorRequest, vendor_id: int) -> HttpResponse:
    """The form of a vendor."""
    row = queries.vendor(actor=request.actor, vendor_id=vendor_id)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        change_vendor(actor=request.actor, vendor_id=vendor_id, entry=VendorEntry(**data))
        return reverse("manage:vendors"), _("The vendor is saved.")

    return fill(request, VendorForm(posted(request), instance=row), _sheet(row.name), save)


@changes_products
def vendor_delete(request: ActorRequest, vendor_id: int) -> HttpResponse:
    """Delete a vendor entered by mistake."""
    row = queries.vendor(actor=request.actor, vendor_id=vendor_id)
    url = reverse("manage:vendors")
    question = Question(
        title=_("Delete the vendor?"),
        text=_("%(name)s disappears. It is possible while no request was passed to it.") % {"name": row.name},
        done=_("The vendor is deleted."),
        done_url=url,
        back_url=url,
    )
    return remove(request, question, lambda: delete_vendor(actor=request.actor, vendor_id=vendor_id))


def _sheet(heading: str, *, submit: str = "", is_new: bool = False) -> Sheet:
    url = reverse("manage:vendors")
    label = _("Other vendors")
    return Sheet(
        section=SECTION, heading=heading, back_url=url, back_label=label, submit=submit or _("Save"), is_new=is_new
    )
