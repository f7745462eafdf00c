"""A customer's people: adding, inviting, changing, disabling."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mespace.accounts.errors import AccountDisabled, AlreadyHasPassword
from mespace.accounts.mails import link_url
from mespace.accounts.models import User
from mespace.accounts.operations.enable_user import enable_user
from mespace.accounts.operations.invite import invite
from mespace.accounts.operations.mail_invitation import mail_invitation
from mespace.accounts.permissions import Role
from mespace.customers import queries
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import Customer, Membership, Site
from mespace.customers.onboarding.becoming import contracts_that_may_name
from mespace.customers.onboarding.queries import naming_of
from mespace.customers.operations.add_person import add_person
from mespace.customers.operations.change_person import change_person
from mespace.platform import clock
from mespace.tickets.operations.disable_person import Left
from mespace.web.account.organisation.link_words import organisation_words
from mespace.web.account.organisation.unlink import ask_and_unlink
from mespace.web.leaver import ask_and_disable, left_words
from mespace.web.manage.door import changes_customers, fills_customers, reads_customers
from mespace.web.manage.forms.people import NewPersonForm, PersonForm
from mespace.web.manage.onboarding_words import onboarding_row
from mespace.web.manage.page import Sheet, draw, fill, posted, see
from mespace.web.manage.person_words import person_row
from mespace.web.manage.views.customers import SECTION, customer_url
from mespace.web.middleware import ActorRequest
from mespace.web.once import answer_again


def _url(user_id: int) -> str:
    return reverse("manage:person", args=[user_id])


def _find(request: ActorRequest, user_id: int) -> Membership:
    return queries.person(actor=request.actor, user_id=user_id, now=clock.now())


@reads_customers
def person(request: ActorRequest, user_id: int) -> HttpResponse:
    """A customer's person: sites, access, and what can be done about it."""
    return _page(request, _find(request, user_id))


def _page(request: ActorRequest, membership: Membership, **more: Any) -> HttpResponse:
    now = clock.now()
    context = {
        "row": person_row(membership),
        "membership": membership,
        "person": membership.user,
        "customer": membership.customer,
        "sites": list(membership.sites.all()),
        "named": [
            onboarding_row(row, now) for row in naming_of(actor=request.actor, user_id=membership.user_id, now=now)
        ],
        "mail_is_set": settings.MAIL_IS_SET,
        "organisation": organisation_words(membership.user),
        "unlink_url": reverse("manage:person_unlink", args=[membership.user_id]),
    }
    return draw(request, "person", context | more, section=SECTION)


@fills_customers
def person_new(request: ActorRequest, customer_id: int) -> HttpResponse:
    """The form of a new person; then their page, where the invitation is made."""
    row = queries.customer(actor=request.actor, customer_id=customer_id)
    sites = list(row.sites.filter(is_active=True))
    sheet = Sheet(
        section=SECTION,
        heading=_("New person"),
        lead=_("After that you make the invitation: a link by which the person chooses a password."),
        back_url=customer_url(row.pk, "people"),
        back_label=row.short_name,
        submit=_("Add the person"),
        is_new=True,
        note=""
        if sites
        else _("The customer has no site yet. Add one before, and it can be prefilled in the person’s form."),
    )

    def save(data: dict[str, Any]) -> tuple[str, str]:
        facts = _facts(data)
        membership = add_person(actor=request.actor, now=clock.now(), customer_id=customer_id, **facts)
        return _added(request, membership)

    only = sites[0] if len(sites) == 1 else None
    initial = {
        "language": "ru",
        "time_zone": only.time_zone if only else "Europe/Moscow",
        "sites": [only.pk] if only else [],
        "home_site": only.pk if only else None,
    }
    form = NewPersonForm(posted(request), initial=initial, **_offered(row, sites))
    return fill(request, form, sheet, save)


@fills_customers
def person_edit(request: ActorRequest, user_id: int) -> HttpResponse:
    """The form of a person's role, sites and how they are reached."""
    membership = _find(request, user_id)
    sheet = Sheet(
        section=SECTION,
        heading=_("Person"),
        lead=membership.user.email,
        back_url=_url(user_id),
        back_label=membership.user.full_name,
        submit=_("Save"),
    )

    def save(data: dict[str, Any]) -> tuple[str, str]:
        change_person(actor=request.actor, now=clock.now(), user_id=user_id, **_facts(data))
        return _url(user_id), _("The person’s data are saved. They hold from the next page that the person opens.")

    form = PersonForm(
        posted(request),
        instance=membership.user,
        membership=membership,
        **_offered(membership.customer, list(membership.customer.sites.all())),
    )
    return fill(request, form, sheet, save)


def _offered(customer: Customer, sites: Sequence[Site]) -> dict[str, Any]:
    """What the forms offer to choose from."""
    now = clock.now()
    return {
        "sites": sites,
        "contracts": list(contracts_that_may_name(customer_id=customer.pk, now=now)),
        "today": moscow_date(now),
        "narrowed": customer.narrow_to_sites,
    }


def _added(request: ActorRequest, membership: Membership) -> tuple[str, str]:
    """Where to go on with a new person, and what to say."""
    named = naming_of(actor=request.actor, user_id=membership.user_id, now=clock.now())
    if not named:
        return _url(membership.user_id), _("The person is added. Next: make the invitation.")
    said = _("The person is added, and contract %(number)s names them. Next: send the invitation or hand over a link.")
    return reverse("manage:responsible", args=[named[0].pk]), said % {"number": named[0].contract.number}


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    facts = dict(data)
    return facts | {
        "role": Role(facts.pop("role")),
        "site_ids": facts.pop("sites"),
        "home_site_id": facts.pop("home_site"),
        "contract_id": facts.pop("contract", None),
    }


@never_cache
@changes_customers
def person_invite(request: ActorRequest, user_id: int) -> HttpResponse:
    """An invitation: mailed (`by=mail`), or as a link that is shown this once."""
    membership = _find(request, user_id)
    try:
        if request.POST.get("by") == "mail" and settings.MAIL_IS_SET:
            mail_invitation(actor=request.actor, user_id=user_id)
            messages.success(
                request, _("The invitation is on its way to %(email)s.") % {"email": membership.user.email}
            )
            return see(_url(user_id))
        link = invite(actor=request.actor, now=clock.now(), user_id=user_id)
    except AlreadyHasPassword:
        messages.error(request, _already(membership.user))
    except AccountDisabled:
        messages.error(request, _("The person may not sign in. Enable the account before inviting."))
    else:
        said = _("The link was made. It is shown once: make a new one if it was not noted.")
        answer_again(request, _url(user_id), said)
        return _page(request, _find(request, user_id), link=link, link_url=link_url(link.token))
    return see(_url(user_id))


def _already(user: User) -> str:
    if user.has_usable_password():
        return _("The person has a password already and can ask for a new one on the sign-in page.")
    return _("The person signs in by the organisation already.")


@changes_customers
def person_unlink(request: ActorRequest, user_id: int) -> HttpResponse:
    """Undo the link with the customer's own sign-in, after asking."""
    return ask_and_unlink(request, _find(request, user_id).user, back_url=_url(user_id))


@changes_customers
def person_disable(request: ActorRequest, user_id: int) -> HttpResponse:
    """The person can no longer sign in, after asking who goes on with the open requests."""
    _find(request, user_id)

    def done(left: Left) -> HttpResponse:
        messages.success(request, left_words(left))
        return see(_url(user_id))

    return ask_and_disable(request, user_id=user_id, cancel_url=_url(user_id), done=done)


@changes_customers
def person_enable(request: ActorRequest, user_id: int) -> HttpResponse:
    """The person can sign in again."""
    membership = _find(request, user_id)

    def act() -> str:
        enable_user(actor=request.actor, user_id=user_id)
        if membership.user.has_usable_password():
            return _("%(name)s can sign in again with the former password.")
        if membership.user.has_credentials:
            return _("%(name)s can sign in again by the organisation.")
        return _("%(name)s may sign in again. Next: make the invitation.")

    return _done(request, membership, act)


def _done(request: ActorRequest, membership: Membership, act: Callable[[], str]) -> HttpResponse:
    messages.success(request, act() % {"name": membership.user.full_name})
    return see(_url(membership.user_id))
