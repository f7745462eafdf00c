"""Customers: the list, one customer, and their forms."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.customers import queries
from mespace.customers.contract_terms import is_support_title
from mespace.customers.entitlement import moscow_date
from mespace.customers.operations.add_customer import add_customer
from mespace.customers.operations.change_customer import change_customer
from mespace.customers.operations.delete_customer import delete_customer
from mespace.platform import clock
from mespace.web.contract_words import contract_row
from mespace.web.manage.door import changes_customers, fills_customers, reads_customers
from mespace.web.manage.forms.customers import CustomerForm
from mespace.web.manage.needs import steps_of
from mespace.web.manage.page import Question, Sheet, asked, draw, fill, posted, remove
from mespace.web.manage.person_words import person_row
from mespace.web.middleware import ActorRequest
from mespace.web.vocabulary import TYPES

SECTION = "customers"


def customer_url(customer_id: int, part: str = "") -> str:
    """The customer's page, at a part of it."""
    url = reverse("manage:customer", args=[customer_id])
    return f"{url}#{part}" if part else url


@reads_customers
def customers(request: ActorRequest) -> HttpResponse:
    """All customers by name; `q` narrows."""
    words = asked(request, "q")
    after = asked(request, "after", longest=300)
    page = queries.customers(actor=request.actor, words=words, after=after)
    url = reverse("manage:customers")
    narrowed = {"q": words} if words else {}
    context = {
        "rows": page.rows,
        "words": words,
        "today": moscow_date(clock.now()),
        "older_url": f"{url}?{urlencode({**narrowed, 'after': page.after})}" if page.after else "",
        "newer_url": f"{url}?{urlencode(narrowed)}" if after else "",
    }
    return draw(request, "customers", context, section=SECTION)


@reads_customers
def customer(request: ActorRequest, customer_id: int) -> HttpResponse:
    """One customer: plants, what runs there, people, contracts, and what is missing before they can file."""
    card = queries.customer_card(actor=request.actor, customer_id=customer_id, now=clock.now())
    types = card.customer.ticket_types or list(TYPES)
    context = {
        "card": card,
        "customer": card.customer,
        "steps": steps_of(card),
        "types": [TYPES[code].word for code in types if code in TYPES],
        "contracts": [contract_row(row, card.today) for row in card.contracts],
        "people": [person_row(row) for row in card.people],
        "unnamed": [row for row in card.contracts if not is_support_title(row.title)],
    }
    return draw(request, "customer", context, section=SECTION)


@fills_customers
def customer_new(request: ActorRequest) -> HttpResponse:
    """The form of a new customer."""
    sheet = Sheet(
        section=SECTION,
        heading=_("New customer"),
        lead=_("A legal entity with support contracts. Sites, people and contracts are added on its page."),
        back_url=reverse("manage:customers"),
        back_label=_("Customers"),
        submit=_("Create the customer"),
        is_new=True,
    )

    form = CustomerForm(posted(request))

    def save(_data: dict[str, Any]) -> tuple[str, str]:
        row = add_customer(actor=request.actor, now=clock.now(), **form.facts())
        return customer_url(row.pk), _("The customer is created. Next: add its first site.")

    return fill(request, form, sheet, save)


@fills_customers
def customer_edit(request: ActorRequest, customer_id: int) -> HttpResponse:
    """The form of a customer's own data."""
    row = queries.customer(actor=request.actor, customer_id=customer_id)
    sheet = Sheet(
        section=SECTION,
        heading=_("Customer"),
        back_url=customer_url(row.pk),
        back_label=row.short_name,
        submit=_("Save"),
    )

    form = CustomerForm(posted(request), instance=row, project=row.project)

    def save(_data: dict[str, Any]) -> tuple[str, str]:
        facts = form.facts()
        facts.pop("project_code")
        change_customer(actor=request.actor, customer_id=customer_id, **facts)
        return customer_url(customer_id), _("The customer’s data are saved. They hold from its people’s next page on.")

    return fill(request, form, sheet, save)


@changes_customers
def customer_delete(request: ActorRequest, customer_id: int) -> HttpResponse:
    """Delete a customer created by mistake."""
    row = queries.customer(actor=request.actor, customer_id=customer_id)
    question = Question(
        title=_("Delete the customer?"),
        text=_("%(name)s and its project code disappear. It is possible while nothing else belongs to it.")
        % {"name": row.name},
        done=_("The customer is deleted."),
        done_url=reverse("manage:customers"),
        back_url=customer_url(row.pk),
    )
    return remove(request, question, lambda: delete_customer(actor=request.actor, customer_id=customer_id))
