"""How a contract comes to be and changes: recorded, amended, renewed, ended early, deleted by mistake."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.customers import queries
from mespace.customers.contract_pages import ContractCard, contract_card
from mespace.customers.contract_terms import is_support_title
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import SupportContract
from mespace.customers.onboarding.queries import named_now
from mespace.customers.operations.add_contract import add_contract
from mespace.customers.operations.amend_contract import Amendment, amend_contract
from mespace.customers.operations.delete_contract import delete_contract
from mespace.customers.operations.end_contract_early import end_contract_early
from mespace.customers.renewal import renewal_terms
from mespace.platform import clock
from mespace.products.queries import products
from mespace.web.contract_words import title_words
from mespace.web.manage.door import changes_customers, fills_customers
from mespace.web.manage.forms.contracts import AmendmentForm, ContractForm, EarlyEndForm
from mespace.web.manage.page import Question, Sheet, fill, posted, remove, sent_files
from mespace.web.manage.views.contracts import SECTION, contract_url
from mespace.web.manage.views.customers import customer_url
from mespace.web.middleware import ActorRequest


def _find(request: ActorRequest, contract_id: int) -> ContractCard:
    return contract_card(actor=request.actor, contract_id=contract_id, now=clock.now())


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
    form = ContractForm(posted(request), sent_files(request), products=offered)
    return fill(request, form, sheet, lambda _data: _record(request, form, customer_id))


@fills_customers
def contract_renew(request: ActorRequest, contract_id: int) -> HttpResponse:
    """The form of the successor: the same terms for the same time, from the day after the end."""
    former = _find(request, contract_id).contract
    today = moscow_date(clock.now())
    terms = renewal_terms(former, today=today)
    offered = products(actor=request.actor)
    sheet = Sheet(
        section=SECTION,
        heading=_("Renew contract %(number)s") % {"number": former.number},
        lead=_(
            "The successor is a contract of its own: its signing accepts the edition of the regulation in force then."
        ),
        back_url=contract_url(former.pk),
        back_label=former.number,
        submit=_("Record the successor"),
        is_new=True,
        preview_url=reverse("manage:preview"),
    )
    initial = {
        "title": terms.title,
        "type": terms.type,
        "form": terms.form,
        "signed_on": terms.signed_on,
        "valid_from": terms.valid_from,
        "valid_until": terms.valid_until,
        "division_of_responsibility": terms.division_of_responsibility,
    }
    form = ContractForm(
        posted(request),
        sent_files(request),
        products=offered,
        covered=list(terms.product_ids),
        people=named_now(contract_id=former.pk),
        initial=initial,
    )
    return fill(request, form, sheet, lambda _data: _record(request, form, former.customer_id, renews=former))


def _record(
    request: ActorRequest, form: ContractForm, customer_id: int, *, renews: SupportContract | None = None
) -> tuple[str, str]:
    try:
        row = add_contract(
            actor=request.actor,
            now=clock.now(),
            customer_id=customer_id,
            terms=form.terms(),
            files=form.new_files(),
            people=form.people.people(),
            renews_id=renews.pk if renews is not None else None,
        )
    except ValidationError as refusal:
        form.people.take(refusal)
        raise
    _warn_of_title(request, row)
    _say_what_is_owed(request, row)
    said = _("The contract is recorded; by it edition %(edition)s of the regulation is accepted.")
    return contract_url(row.pk), said % {"edition": row.accepted_edition.code}


@fills_customers
def contract_edit(request: ActorRequest, contract_id: int) -> HttpResponse:
    """The form of an amendment; what requests rely on is fixed in it."""
    card = _find(request, contract_id)
    row = card.contract
    note = ""
    if card.last_filing is not None:
        note = _(
            "Requests were filed under this contract and keep the right they were filed with. So its end may be moved "
            "and software added, or taken away from a later day on; the days of signing and beginning stay."
        )
    sheet = Sheet(
        section=SECTION,
        heading=_("Amend contract %(number)s") % {"number": row.number},
        lead=_("What it said before is kept as its former revision."),
        back_url=contract_url(row.pk),
        back_label=row.number,
        submit=_("Record the amendment"),
        preview_url=reverse("manage:preview"),
        note=note,
    )
    relied_on = card.last_filing is not None
    day = max(row.valid_from, min(card.today, row.valid_until)) if relied_on else row.valid_from
    form = AmendmentForm(
        posted(request),
        sent_files(request),
        instance=row,
        products=products(actor=request.actor),
        covered=[product.pk for product in card.latest.products.all()],
        files=list(card.latest.files.all()),
        relied_on=relied_on,
        named=named_now(contract_id=row.pk),
        initial={"effective_on": day, "based_on": card.latest.number},
    )
    until = row.valid_until

    def save(data: dict[str, Any]) -> tuple[str, str]:
        amendment = Amendment(
            terms=form.terms(),
            effective_on=data["effective_on"],
            reason=data["reason"],
            files=form.new_files(),
            dropped_files=data.get("dropped_files", ()),
            people=form.people.people(),
            based_on=data["based_on"],
        )
        common: dict[str, Any] = {"actor": request.actor, "now": clock.now(), "contract_id": contract_id}
        try:
            revision = amend_contract(**common, amendment=amendment)
        except ValidationError as refusal:
            form.people.take(refusal)
            raise
        if amendment.people:
            _say_what_is_owed(request, revision.contract)
        _warn_of_title(request, revision.contract)
        return contract_url(contract_id), _amended_words(revision.contract, until=until)

    return fill(request, form, sheet, save)


def _amended_words(contract: SupportContract, *, until: object) -> str:
    if contract.valid_until == until:
        return _("The amendment is recorded.")
    if contract.valid_until < moscow_date(clock.now()):
        return _("The amendment is recorded. The contract has ended: no new requests, those filed before go on.")
    return _("The amendment is recorded. Its new end holds for the next request; clocks of filed ones do not change.")


@fills_customers
def contract_end(request: ActorRequest, contract_id: int) -> HttpResponse:
    """The form of an early end."""
    row = _find(request, contract_id).contract
    sheet = Sheet(
        section=SECTION,
        heading=_("End contract %(number)s early") % {"number": row.number},
        lead=_("Requests filed until then are served to their end; new ones are refused from the next day on."),
        back_url=contract_url(row.pk),
        back_label=row.number,
        submit=_("End the contract early"),
    )
    form = EarlyEndForm(posted(request), sent_files(request))

    def save(data: dict[str, Any]) -> tuple[str, str]:
        end_contract_early(
            actor=request.actor,
            now=clock.now(),
            contract_id=contract_id,
            last_day=data["last_day"],
            reason=data["reason"],
            files=form.new_files(),
        )
        return contract_url(contract_id), _("The early end is recorded; the customer’s responsible employees see it.")

    return fill(request, form, sheet, save)


@changes_customers
def contract_delete(request: ActorRequest, contract_id: int) -> HttpResponse:
    """Delete a contract recorded by mistake."""
    row = _find(request, contract_id).contract
    question = Question(
        title=_("Delete the contract?"),
        text=_("%(name)s disappears. It is possible while nothing was filed under it.") % {"name": row.number},
        done=_("The contract is deleted."),
        done_url=customer_url(row.customer_id, "contracts"),
        back_url=contract_url(row.pk),
        instead=_("Set an earlier end instead."),
    )
    return remove(request, question, lambda: delete_contract(actor=request.actor, contract_id=contract_id))


def _say_what_is_owed(request: ActorRequest, contract: SupportContract) -> None:
    """How many of those whom the contract names are owed their access, and how many of them from a term that passed."""
    owed = [row.obligation for row in named_now(contract_id=contract.pk) if row.obligation and row.obligation.is_owed]
    late = sum(each.was_entered_late for each in owed)
    if len(owed) > late:
        running = len(owed) - late
        text = ngettext(
            "Access is owed to %(n)d person: send the invitation.",
            "Access is owed to %(n)d people: send the invitations.",
            running,
        )
        messages.info(request, text % {"n": running})
    if late:
        text = ngettext(
            "The term of %(n)d person had passed before the entry: it counts as broken; give the access now.",
            "The terms of %(n)d people had passed before the entry: they count as broken; give the access now.",
            late,
        )
        messages.warning(request, text % {"n": late})


def _warn_of_title(request: ActorRequest, contract: SupportContract) -> None:
    if not is_support_title(contract.title):
        messages.warning(request, title_words())
