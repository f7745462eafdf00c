"""Supported configurations of software (clause 6.1)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from mespace.products import queries
from mespace.products.models import Product
from mespace.products.operations.add_configuration import add_configuration
from mespace.products.operations.change_configuration import change_configuration
from mespace.products.operations.delete_configuration import delete_configuration
from mespace.web.manage.door import changes_products, fills_products
from mespace.web.manage.forms.configurations import ConfigurationForm
from mespace.web.manage.page import Question, Sheet, fill, posted, remove
from mespace.web.manage.views.products import SECTION, product_url
from mespace.web.middleware import ActorRequest

PART = "configurations"


@fills_products
def configuration_new(request: ActorRequest, product_id: int) -> HttpResponse:
    """The form of a new line."""
    product = queries.product(actor=request.actor, product_id=product_id)
    form = ConfigurationForm(posted(request), versions=list(product.versions.all()))

    def save(_data: dict[str, Any]) -> tuple[str, str]:
        add_configuration(actor=request.actor, product_id=product_id, line=form.line())
        return product_url(product_id, PART), _("The configuration is documented; passports are judged by it.")

    return fill(request, form, _sheet(product, _("New supported configuration"), submit=_("Add"), is_new=True), save)


@fills_products
def configuration_edit(request: ActorRequest, configuration_id: int) -> HttpResponse:
    """The form of a line."""
    row = queries.configuration(actor=request.actor, configuration_id=configuration_id)
    product = queries.product(actor=request.actor, product_id=row.product_id)
    form = ConfigurationForm(posted(request), instance=row, versions=list(product.versions.all()))

    def save(_data: dict[str, Any]) -> tuple[str, str]:
        change_configuration(actor=request.actor, configuration_id=configuration_id, line=form.line())
        return product_url(row.product_id, PART), _("The configuration is saved; passports are judged by it.")

    return fill(request, form, _sheet(product, _("Supported configuration")), save)


@changes_products
def configuration_delete(request: ActorRequest, configuration_id: int) -> HttpResponse:
    """Delete a line entered by mistake."""
    row = queries.configuration(actor=request.actor, configuration_id=configuration_id)
    url = product_url(row.product_id, PART)
    question = Question(
        title=_("Delete the configuration?"),
        text=_("Passports will be judged without %(name)s. To end its support, give the last day instead.")
        % {"name": row},
        done=_("The configuration is deleted."),
        done_url=url,
        back_url=url,
    )
    return remove(
        request, question, lambda: delete_configuration(actor=request.actor, configuration_id=configuration_id)
    )


def _sheet(product: Product, heading: str, *, submit: str = "", is_new: bool = False) -> Sheet:
    return Sheet(
        section=SECTION,
        heading=heading,
        lead=product.name,
        back_url=product_url(product.pk, PART),
        back_label=product.name,
        submit=submit or _("Save"),
        is_new=is_new,
    )
