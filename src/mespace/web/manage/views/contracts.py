"""Support contracts: the list with those that end soon, one contract, and its form."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.customers import queries
from mespace.customers.contract_terms import is_support_title
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import SupportContract
from mespace.customers.operations.add_contract import add_contract
from mespace.customers.operations.change_contract import change_contract
from mespace.customers.operations.delete_contract import delete_contract
from mespace.customers.queries import Shown
from mespace.platform import clock
from mespace.products.queries import products
from mespace.web.manage.contract_words import contract_row
from mespace.web.manage.door import changes_customers, fills_customers, reads_customers
from mespace.web.manage.forms.contracts import ContractForm
from mespace.web.manage.page import Question, Sheet, asked, draw, fill, html, posted, remove
from mespace.web.manage.views.customers import customer_url
from mespace.web.middleware import ActorRequest

SECTION = "contracts"


def contract_url(contract_id: int) -> str:
    """The contract's page."""
    return reverse("manage:contract", args=[contract_id])


@reads_customers
def contracts(request: ActorRequest) -> HttpResponse:
    """Contracts in force with the soonest end first; those that end within 60 days; the ended ones."""
    wish = asked(request, "shown")
    shown = Shown(wish) if wish in set(Shown) else Shown.CURRENT
    after = asked(request, "after")
    page = queries.contracts(actor=request.actor, now=clock.now(), shown=shown, after=after)
    url = reverse("manage:contracts")
    words = {
        Shown.CURRENT: (_("In force"), "file-certificate"),
        Shown.ENDING: (_("Ending within 60 days"), "clock-exclamation"),
        Shown.ENDED: (_("Ended"), "circle-x"),
    }
    tabs = [
        {
            "url": f"{url}?{urlencode({'shown': kind.value})}",
            "label": label,
            "icon": icon,
            "current": kind == shown,
            "count": page.counts[kind],
        }
        for kind, (label, icon) in words.items()
    ]
    older = f"{url}?{urlencode({'shown': shown.value, 'after': page.after})}" if page.after else ""
    context = {
        "rows": [contract_row(row, page.today) for row in page.rows],
        "tabs": tabs,
        "shown": shown.value,
        "older_url": older,
        "newer_url": f"{url}?{urlencode({'shown': shown.value})}" if after else "",
    }
    return draw(request, "contracts", context, section=SECTION)


@reads_customers
def contract(request: ActorRequest, contract_id: int) -> HttpResponse:
    """What stands in a contract and how it stands today."""
    card = queries.contract(actor=request.actor, contract_id=contract_id)
    row = card.contract
    context = {
        "row": contract_row(row, moscow_date(clock.now())),
        "contract": row,
        "customer": row.customer,
        "products": list(row.products.all()),
        "last_filing": card.last_filing,
        "division": html(row.division_of_responsibility) if row.division_of_responsibility else "",
    }
    return draw(request, "contract", context, section=SECTION)


@fills_customers
def contract_new(request: ActorRequest, customer_id: int) -> HttpResponse:
    """The form of a new contract."""
    customer = queries.customer(actor=request.actor, customer_id=customer_id)
    offered = products(actor=request.actor)
    sheet = Sheet(
        section=SECTION,
        heading=_("New contract"),
        lead=_("While it is valid, people of %(customer)s can file requests about the software that it covers.")
        % {"customer": customer.short_name},
        back_url=customer_url(customer.pk, "contracts"),
        back_label=customer.short_name,
        submit=_("Record the contract"),
        is_new=True,
        preview_url=reverse("manage:preview"),
        note="" if offered else _("There is no software yet: add it before, because a contract covers at least one."),
    )
    form = ContractForm(posted(request), products=offered)

    def save(_data: dict[str, Any]) -> tuple[str, str]:
        row = add_contract(actor=request.actor, customer_id=customer_id, terms=form.terms())
        _warn_of_title(request, row)
        said = _("The contract is recorded; by it edition %(edition)s of the regulation is accepted.")
        return contract_url(row.pk), said % {"edition": row.accepted_edition.code}

    return fill(request, form, sheet, save)


@fills_customers
def contract_edit(request: ActorRequest, contract_id: int) -> HttpResponse:
    """The form of a contract; what requests rely on is fixed in it."""
    card = queries.contract(actor=request.actor, contract_id=contract_id)
    row = card.contract
    note = ""
    if card.last_filing is not None:
        note = _(
            "Requests were filed under this contract and keep the right they were filed with. So its end may be moved "
            "and software added; the days of signing and beginning stay, and software is not taken away."
        )
    sheet = Sheet(
        section=SECTION,
        heading=_("Contract %(number)s") % {"number": row.number},
        back_url=contract_url(row.pk),
        back_label=row.number,
        submit=_("Save"),
        preview_url=reverse("manage:preview"),
        note=note,
    )
    form = ContractForm(
        posted(request),
        instance=row,
        products=products(actor=request.actor),
        covered=[product.pk for product in row.products.all()],
        relied_on=card.last_filing is not None,
    )
    until = row.valid_until

    def save(_data: dict[str, Any]) -> tuple[str, str]:
        changed = change_contract(actor=request.actor, contract_id=contract_id, terms=form.terms())
        _warn_of_title(request, changed)
        said = _("The contract is saved.")
        if changed.valid_until != until and changed.valid_until < moscow_date(clock.now()):
            said = _("The contract is saved. It has ended: no new requests, and those filed before go on to their end.")
        elif changed.valid_until != until:
            said = _(
                "The contract is saved. Its new end holds for the next request; clocks of filed ones do not change."
            )
        return contract_url(contract_id), said

    return fill(request, form, sheet, save)


@changes_customers
def contract_delete(request: ActorRequest, contract_id: int) -> HttpResponse:
    """Delete a contract recorded by mistake."""
    row = queries.contract(actor=request.actor, contract_id=contract_id).contract
    question = Question(
        title=_("Delete the contract?"),
        text=_("%(name)s disappears. It is possible while nothing was filed under it.") % {"name": row.number},
        done=_("The contract is deleted."),
        done_url=customer_url(row.customer_id, "contracts"),
        back_url=contract_url(row.pk),
        instead=_("Set an earlier end instead."),
    )
    return remove(request, question, lambda: delete_contract(actor=request.actor, contract_id=contract_id))


def _warn_of_title(request: ActorRequest, contract: SupportContract) -> None:
    if not is_support_title(contract.title):
        messages.warning(request, title_words())


def title_words() -> str:
    """What to say of a title that lacks the words of clause 1."""
    return _(
        "The title lacks the words “договор на техническую поддержку”, by which the regulation (clause 1) knows a "
        "support contract. If this is one, check the title; it gives the right to support as recorded."
    )
