"""Registering a request for a customer's person who called or wrote: customer, person, form."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import MOSCOW, NotEntitled, covered_products
from mespace.customers.models import Customer, Membership, SupportContract
from mespace.platform.clock import now as clock_now
from mespace.tickets.errors import Invalid, TicketNotFound
from mespace.tickets.lifecycle import Criticality, TicketType
from mespace.tickets.models import Contact
from mespace.tickets.operations.bring_contact_files import bring_contact_files
from mespace.tickets.operations.file_ticket import file_ticket
from mespace.tickets.operations.uploads import upload
from mespace.tickets.queries.contacts import find_contact
from mespace.tickets.queries.desk_options import Option, people_of, place_options
from mespace.tickets.queries.desk_ticket import unsent_files
from mespace.tickets.queries.promise import promise_now
from mespace.web.acts.course import plain_instant
from mespace.web.acts.views import keep_files, show_errors
from mespace.web.desk.door import desk_view
from mespace.web.desk.register_form import RegisterForm
from mespace.web.desk.shell import render_desk
from mespace.web.drafts import accepted
from mespace.web.durations import duration_words
from mespace.web.gate import not_entitled_words
from mespace.web.middleware import ActorRequest
from mespace.web.once import minds_its_own_key
from mespace.web.software.filing import filing_passport_context

_LONGEST_NUMBER = 18
LONGEST_TITLE = 120  # characters of what was said that make a subject


@dataclass(frozen=True)
class Caller:
    """Who is registered for: the customer, and the person once chosen; and the contact from which it is done."""

    customer: Customer | None
    person: Membership | None
    contact: Contact | None = None


@minds_its_own_key
@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def register(request: ActorRequest) -> HttpResponse:
    """Choose the customer, then the person, then fill in the form; the clock starts when it is sent."""
    request.actor.require(Permission.TICKET_FILE_FOR_OTHERS)
    now = clock_now()
    caller = _caller(request)
    if caller.contact is not None and caller.contact.ticket is not None:
        return HttpResponseRedirect(reverse("ticket", args=[caller.contact.ticket.key]))
    if caller.person is None or caller.customer is None:
        return _choose(request, caller)
    options = place_options(customer_id=caller.customer.pk, product_id=None)
    contract, products = _contract(caller.customer, now)
    given: dict[str, Any] = {
        "options": options,
        "products": products,
        "types": caller.customer.ticket_types,
        "contact": caller.contact,
    }
    if request.method != "POST":
        form = RegisterForm(initial=_initial(caller, products), **given)
        return _form_page(request, caller, contract, form, now)
    data = request.POST.copy()
    form = RegisterForm(data, request.FILES, **given)
    if "look" in data:
        return _looked(request, caller, contract, form, data, given, now)
    if not form.is_valid():
        keep_files(request, form, data)  # type: ignore[arg-type]
        return _form_page(request, caller, contract, form, now, status=422)
    try:
        uploaded = [
            upload(actor=request.actor, now=now, name=file.name or "", chunks=file.chunks()).pk
            for file in form.cleaned_data["attachments"]
        ]
        data.setlist("attachment_ids", [*data.getlist("attachment_ids"), *map(str, uploaded)])
        if caller.contact is not None:
            wanted = [int(each) for each in form.cleaned_data["contact_files"]]
            uploaded += bring_contact_files(actor=request.actor, now=now, contact_id=caller.contact.pk, file_ids=wanted)
        new = form.new_ticket(
            requester_id=caller.person.user_id,
            attachment_ids=[*form.cleaned_data["attachment_ids"], *uploaded],
            contact_id=caller.contact.pk if caller.contact is not None else None,
        )
        ticket = file_ticket(actor=request.actor, now=now, new=new, key=form.cleaned_data["key"])
    except Invalid as refusal:
        show_errors(form, refusal)  # type: ignore[arg-type]
        return _form_page(request, caller, contract, form, now, status=422)
    except NotEntitled as refusal:
        form.add_error(None, not_entitled_words(refusal))
        return _form_page(request, caller, contract, form, now, status=422)
    words = _("%(key)s is registered. The reaction is due by %(due)s.") % {
        "key": ticket.key,
        "due": plain_instant(ticket.reaction_due_at),
    }
    accepted(request, _draft(caller), words)
    return HttpResponseRedirect(reverse("ticket", args=[ticket.key]), status=303)


@require_safe
@desk_view
def delay(request: ActorRequest) -> HttpResponse:
    """How long ago the contact typed into the form was, in words."""
    request.actor.require(Permission.TICKET_FILE_FOR_OTHERS)
    try:
        typed = parse_datetime(request.GET.get("contact_at", ""))
    except ValueError:
        typed = None
    words = ""
    if typed is not None:
        words = delay_words(typed if timezone.is_aware(typed) else timezone.make_aware(typed), clock_now())
    return HttpResponse(render_to_string("web/desk/_delay.html", {"words": words}, request))


def delay_words(contact_at: datetime, now: datetime) -> str:
    """The delay of registering now, or that the contact cannot lie ahead."""
    if contact_at > now + timedelta(minutes=1):
        return _("The contact cannot lie ahead.")
    seconds = max(0, int((now - contact_at).total_seconds()))
    return _("Delay until now: %(time)s") % {"time": duration_words(seconds)}


def _choose(request: ActorRequest, caller: Caller) -> HttpResponse:
    customers = [] if caller.customer else list(Customer.objects.order_by("short_name", "name"))
    people = (
        list(people_of(caller.customer.pk).select_related("user", "home_site").order_by("user__full_name"))
        if caller.customer
        else []
    )
    context = {"customer": caller.customer, "customers": customers, "people": people, "contact": caller.contact}
    return render_desk(request, "web/desk/register_who.html", context, place=reverse("desk_new"))


def _looked(
    request: ActorRequest,
    caller: Caller,
    contract: SupportContract | None,
    form: RegisterForm,
    data: QueryDict,
    given: dict[str, Any],
    now: datetime,
) -> HttpResponse:
    """Without scripts: the form as typed, with the passport of what it has chosen; nothing is judged or registered."""
    form.full_clean()
    keep_files(request, form, data)  # type: ignore[arg-type]
    typed: dict[str, Any] = {name: data.get(name) for name in form.fields if name in data}
    typed |= {name: data.getlist(name) for name in ("attachment_ids", "contact_files")}
    return _form_page(request, caller, contract, RegisterForm(initial=typed, **given), now)


def _form_page(
    request: ActorRequest,
    caller: Caller,
    contract: SupportContract | None,
    form: RegisterForm,
    now: datetime,
    *,
    status: int = 200,
) -> HttpResponse:
    today = now.astimezone(MOSCOW).date()
    context = {
        "caller": caller,
        "draft": _draft(caller),
        "form": form,
        "contract": contract,
        **filing_passport_context(
            actor=request.actor, now=now, **{name: form[name].value() for name in ("site", "product", "build")}
        ),
        "kept_files": unsent_files(actor=request.actor, ids=form["attachment_ids"].value() or []),
        "entitled": contract is not None and contract.is_valid_on(today),
        "promises": [
            (
                _("Critical incident"),
                promise_now(now=now, ticket_type=TicketType.INCIDENT, criticality=Criticality.CRITICAL),
            ),
            (
                _("Anything else"),
                promise_now(now=now, ticket_type=TicketType.BUG, criticality=Criticality.NON_CRITICAL),
            ),
        ],
    }
    return render_desk(request, "web/desk/register.html", context, place=reverse("desk_new"), status=status)


def _initial(caller: Caller, products: list[Option]) -> dict[str, Any]:
    person, contact = caller.person, caller.contact
    values: dict[str, Any] = {
        "site": person.home_site_id if person is not None else None,
        "product": products[0].pk if len(products) == 1 else None,
    }
    if contact is not None:
        first_line = contact.said.split("\n", 1)[0]
        subject = contact.subject or Truncator(first_line).chars(LONGEST_TITLE)
        values |= {"subject": subject, "description": contact.said}
        values["contact_files"] = [str(file.pk) for file in contact.files.all()]
    return values


def _draft(caller: Caller) -> str:
    """The name of the form's draft in the browser: a contact's text must not be covered by an older draft."""
    if caller.contact is not None:
        return f"register-contact-{caller.contact.pk}"
    return f"register-{caller.person.user_id if caller.person else ''}"


def _contract(customer: Customer, now: datetime) -> tuple[SupportContract | None, list[Option]]:
    """The contract that is valid today (else the latest), and the software of all that are valid today."""
    today = now.astimezone(MOSCOW).date()
    contracts = list(customer.contracts.prefetch_related("products"))
    valid = [contract for contract in contracts if contract.is_valid_on(today)]
    products = (
        covered_products(customer_id=customer.pk, at=now)
        if valid
        else [product for contract in contracts for product in contract.products.all() if product.is_active]
    )
    names = {product.pk: product.name for product in products}
    found = [Option(pk, name) for pk, name in sorted(names.items(), key=lambda item: item[1].casefold())]
    return next(iter(valid or contracts), None), found


def _caller(request: ActorRequest) -> Caller:
    customer_id, person_id, contact_id = (
        _number(request.GET.get(name, "")) for name in ("customer", "person", "contact")
    )
    contact = find_contact(actor=request.actor, contact_id=contact_id) if contact_id else None
    people = Membership.objects.select_related("customer", "user", "home_site").filter(user__is_active=True)
    if person_id:
        person = people.filter(user_id=person_id).first()
        if person is None:
            raise TicketNotFound(person_id)
        return Caller(person.customer, person, contact)
    if contact is not None and not customer_id:
        person = people.filter(user_id=contact.person_id).first() if contact.person_id else None
        return Caller(contact.customer, person, contact)
    if customer_id:
        customer = Customer.objects.filter(pk=customer_id).first()
        if customer is None:
            raise TicketNotFound(customer_id)
        return Caller(customer, None, contact)
    return Caller(None, None, contact)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None
