"""The components of the service: what the status page lists and the prober looks at."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.announcements.models import Probe, ServiceComponent
from mespace.announcements.operations.save_component import add_component, change_component
from mespace.platform.rows import found
from mespace.web.announcements.door import door
from mespace.web.announcements.forms import ComponentForm
from mespace.web.announcements.page import Sheet, draw, fill
from mespace.web.manage.page import posted
from mespace.web.middleware import ActorRequest

MANAGE = Permission.ANNOUNCEMENTS_MANAGE


@door("GET", "HEAD", right=Permission.ANNOUNCEMENTS_READ)
def components(request: ActorRequest) -> HttpResponse:
    """All components, in the order of the status page, and the probers that look at them."""
    rows = ServiceComponent.objects.prefetch_related("products")
    return draw(request, "components", {"rows": rows, "probes": Probe.objects.all()})


@door("GET", "HEAD", "POST", right=MANAGE)
def component_new(request: ActorRequest) -> HttpResponse:
    """The form of a new component."""
    form = ComponentForm(posted(request))

    def save(data: dict[str, Any]) -> tuple[str, str]:
        products = data.pop("products")
        add_component(actor=request.actor, product_ids=products, **data)
        return reverse("announcements:components"), _("The component is added.")

    return fill(request, form, _sheet(_("New component")), save)


@door("GET", "HEAD", "POST", right=MANAGE)
def component_edit(request: ActorRequest, component_id: int) -> HttpResponse:
    """The form of a component."""
    row = found(ServiceComponent.objects.all(), component_id)
    initial = {
        "name": row.name,
        "name_en": row.name_en,
        "position": row.position,
        "is_active": row.is_active,
        "products": list(row.products.values_list("pk", flat=True)),
    }
    form = ComponentForm(posted(request), initial=initial)
    del form.fields["code"]

    def save(data: dict[str, Any]) -> tuple[str, str]:
        products = data.pop("products")
        change_component(actor=request.actor, component_id=component_id, product_ids=products, **data)
        return reverse("announcements:components"), _("The component is saved.")

    return fill(request, form, _sheet(row.name), save)


def _sheet(heading: str) -> Sheet:
    return Sheet(
        heading=heading,
        submit=_("Save"),
        back_url=reverse("announcements:components"),
        back_label=_("Components"),
    )
