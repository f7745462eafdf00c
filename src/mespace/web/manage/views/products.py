"""Software: products, their components, versions and builds."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.customers.entitlement import moscow_date
from mespace.platform import clock
from mespace.products import queries
from mespace.products.operations.add_build import add_build
from mespace.products.operations.add_component import add_component
from mespace.products.operations.add_product import add_product
from mespace.products.operations.add_version import add_version
from mespace.products.operations.change_build import change_build
from mespace.products.operations.change_product import change_product
from mespace.products.operations.change_version import change_version
from mespace.products.operations.delete_build import delete_build
from mespace.products.operations.delete_component import delete_component
from mespace.products.operations.delete_product import delete_product
from mespace.products.operations.delete_version import delete_version
from mespace.products.operations.rename_component import rename_component
from mespace.products.support import support_level
from mespace.web.manage.door import changes_products, fills_products, reads_products
from mespace.web.manage.forms.products import BuildForm, ComponentForm, NewBuildForm, ProductForm, VersionForm
from mespace.web.manage.page import Question, Sheet, draw, fill, posted, remove
from mespace.web.middleware import ActorRequest
from mespace.web.prose import prose

SECTION = "products"
TONES = {"full": ("good", "circle-check"), "limited": ("warn", "clock-exclamation"), "ended": ("closed", "circle-x")}


def product_url(product_id: int, part: str = "") -> str:
    """The product's page, at a part of it."""
    url = reverse("manage:product", args=[product_id])
    return f"{url}#{part}" if part else url


def _sheet(product: Any, heading: str, *, lead: str = "", submit: str = "", is_new: bool = False) -> Sheet:  # noqa: ANN401
    return Sheet(
        section=SECTION,
        heading=heading,
        lead=lead,
        back_url=product_url(product.pk),
        back_label=product.name,
        submit=submit or _("Save"),
        is_new=is_new,
    )


@reads_products
def products(request: ActorRequest) -> HttpResponse:
    """All software by name."""
    return draw(request, "products", {"rows": queries.products(actor=request.actor)}, section=SECTION)


@reads_products
def product(request: ActorRequest, product_id: int) -> HttpResponse:
    """One product: components, versions with their support, builds."""
    row = queries.product(actor=request.actor, product_id=product_id)
    today = moscow_date(clock.now())
    versions = []
    for version in row.versions.all():
        level = support_level(version, today)
        tone, icon = TONES[level.value]
        versions.append(
            {"version": version, "builds": list(version.builds.all()), "word": level.label, "tone": tone, "icon": icon}
        )
    context = {
        "product": row,
        "description": prose(row.description),
        "components": list(row.components.all()),
        "versions": versions,
        "configurations": list(row.configurations.all()),
        "today": today,
    }
    return draw(request, "product", context, section=SECTION)


@fills_products
def product_new(request: ActorRequest) -> HttpResponse:
    """The form of a new product."""
    sheet = Sheet(
        section=SECTION,
        heading=_("New software"),
        back_url=reverse("manage:products"),
        back_label=_("Software"),
        submit=_("Add the software"),
        is_new=True,
    )

    def save(data: dict[str, Any]) -> tuple[str, str]:
        row = add_product(actor=request.actor, **data)
        return product_url(row.pk), _("The software is added. Next: its first build, then a contract that covers it.")

    return fill(request, ProductForm(posted(request)), sheet, save)


@fills_products
def product_edit(request: ActorRequest, product_id: int) -> HttpResponse:
    """The form of a product."""
    row = queries.product(actor=request.actor, product_id=product_id)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        change_product(actor=request.actor, product_id=product_id, **data)
        said = _("The software is saved.")
        if not data["is_active"]:
            said = _("The software is saved. It is no longer offered for new requests; those filed before keep it.")
        return product_url(product_id), said

    return fill(request, ProductForm(posted(request), instance=row), _sheet(row, _("Software")), save)


@changes_products
def product_delete(request: ActorRequest, product_id: int) -> HttpResponse:
    """Delete a product entered by mistake."""
    row = queries.product(actor=request.actor, product_id=product_id)
    question = Question(
        title=_("Delete the software?"),
        text=_("%(name)s disappears. It is possible while nothing refers to it.") % {"name": row.name},
        done=_("The software is deleted."),
        done_url=reverse("manage:products"),
        back_url=product_url(row.pk),
        instead=_("Stop offering it instead: edit the software."),
    )
    return remove(request, question, lambda: delete_product(actor=request.actor, product_id=product_id))


@fills_products
def component_new(request: ActorRequest, product_id: int) -> HttpResponse:
    """The form of a new component."""
    row = queries.product(actor=request.actor, product_id=product_id)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        add_component(actor=request.actor, product_id=product_id, **data)
        return product_url(product_id, "components"), _("The component is added.")

    sheet = _sheet(row, _("New component"), submit=_("Add the component"), is_new=True)
    return fill(request, ComponentForm(posted(request)), sheet, save)


@fills_products
def component_edit(request: ActorRequest, component_id: int) -> HttpResponse:
    """The form of a component."""
    row = queries.component(actor=request.actor, component_id=component_id)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        rename_component(actor=request.actor, component_id=component_id, **data)
        return product_url(row.product_id, "components"), _("The component is renamed.")

    return fill(request, ComponentForm(posted(request), instance=row), _sheet(row.product, _("Component")), save)


@changes_products
def component_delete(request: ActorRequest, component_id: int) -> HttpResponse:
    """Delete a component."""
    row = queries.component(actor=request.actor, component_id=component_id)
    url = product_url(row.product_id, "components")
    question = Question(
        title=_("Delete the component?"),
        text=_("%(name)s disappears. It is possible while nothing refers to it.") % {"name": row.name},
        done=_("The component is deleted."),
        done_url=url,
        back_url=url,
    )
    return remove(request, question, lambda: delete_component(actor=request.actor, component_id=component_id))


@fills_products
def version_new(request: ActorRequest, product_id: int) -> HttpResponse:
    """The form of a new version."""
    row = queries.product(actor=request.actor, product_id=product_id)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        version = add_version(actor=request.actor, product_id=product_id, **data)
        said = _("Version %(number)d is added. Next: its builds.") % {"number": version.number}
        return product_url(product_id, "versions"), said

    sheet = _sheet(row, _("New version"), submit=_("Add the version"), is_new=True)
    return fill(request, VersionForm(posted(request)), sheet, save)


@fills_products
def version_edit(request: ActorRequest, version_id: int) -> HttpResponse:
    """The form of how long a version is supported."""
    row = queries.version(actor=request.actor, version_id=version_id)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        dates = {"limited_from": data["limited_from"], "ended_from": data["ended_from"]}
        change_version(actor=request.actor, version_id=version_id, **dates)
        return product_url(row.product_id, "versions"), _("The support of version %(number)d is saved.") % {
            "number": row.number
        }

    sheet = _sheet(row.product, _("Support of version %(number)d") % {"number": row.number})
    return fill(request, VersionForm(posted(request), instance=row), sheet, save)


@changes_products
def version_delete(request: ActorRequest, version_id: int) -> HttpResponse:
    """Delete a version without builds."""
    row = queries.version(actor=request.actor, version_id=version_id)
    url = product_url(row.product_id, "versions")
    question = Question(
        title=_("Delete the version?"),
        text=_("%(name)s disappears. It is possible while it has no builds.") % {"name": row},
        done=_("The version is deleted."),
        done_url=url,
        back_url=url,
    )
    return remove(request, question, lambda: delete_version(actor=request.actor, version_id=version_id))


@fills_products
def build_new(request: ActorRequest, product_id: int) -> HttpResponse:
    """The form of a new build."""
    row = queries.product(actor=request.actor, product_id=product_id)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        build = add_build(actor=request.actor, product_id=product_id, **data)
        said = _("Build %(number)s is added. Next: record at which sites it runs.") % {"number": build.full_number}
        return product_url(product_id, "versions"), said

    sheet = _sheet(row, _("New build"), submit=_("Add the build"), is_new=True)
    return fill(request, NewBuildForm(posted(request)), sheet, save)


@fills_products
def build_edit(request: ActorRequest, build_id: int) -> HttpResponse:
    """The form of a build's release."""
    row = queries.build(actor=request.actor, build_id=build_id)
    product = row.version.product

    def save(data: dict[str, Any]) -> tuple[str, str]:
        change_build(actor=request.actor, build_id=build_id, **data)
        return product_url(product.pk, "versions"), _("Build %(number)s is saved.") % {"number": row.full_number}

    sheet = _sheet(product, _("Build %(number)s") % {"number": row.full_number})
    return fill(request, BuildForm(posted(request), instance=row), sheet, save)


@changes_products
def build_delete(request: ActorRequest, build_id: int) -> HttpResponse:
    """Delete a build entered by mistake."""
    row = queries.build(actor=request.actor, build_id=build_id)
    url = product_url(row.version.product_id, "versions")
    question = Question(
        title=_("Delete the build?"),
        text=_("%(name)s disappears. It is possible while nothing refers to it.") % {"name": row.full_number},
        done=_("The build is deleted."),
        done_url=url,
        back_url=url,
    )
    return remove(request, question, lambda: delete_build(actor=request.actor, build_id=build_id))
