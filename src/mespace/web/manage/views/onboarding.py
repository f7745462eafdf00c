"""Onboarding (clauses 3.1, 4.2): who is done, who is late, and giving a named person their access."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mespace.accounts.errors import AccountDisabled, AlreadyHasPassword
from mespace.accounts.mails import link_url
from mespace.customers.models import SupportContract
from mespace.customers.onboarding.models import StruckFor
from mespace.customers.onboarding.queries import Shown, named_person, onboarding
from mespace.customers.operations.mail_onboarding import mail_onboarding
from mespace.customers.operations.make_onboarding_link import make_onboarding_link
from mespace.customers.operations.name_responsible import name_responsible
from mespace.customers.operations.record_handing_over import record_handing_over
from mespace.customers.operations.strike_responsible import strike_responsible
from mespace.platform import clock
from mespace.platform.rows import found
from mespace.web.manage.door import changes_customers, fills_customers, reads_customers
from mespace.web.manage.forms.onboarding import ResponsibleForm
from mespace.web.manage.onboarding_words import onboarding_row
from mespace.web.manage.page import Sheet, asked, draw, fill, posted, see
from mespace.web.middleware import ActorRequest
from mespace.web.once import answer_again

if TYPE_CHECKING:
    from mespace.accounts.links import IssuedLink

SECTION = "onboarding"


def _url(person_id: int) -> str:
    return reverse("manage:responsible", args=[person_id])


@reads_customers
def onboardings(request: ActorRequest) -> HttpResponse:
    """People whom contracts name: those who wait, those late, those done."""
    wish = asked(request, "shown")
    shown = Shown(wish) if wish in set(Shown) else Shown.WAITING
    after, now = asked(request, "after"), clock.now()
    page = onboarding(actor=request.actor, now=now, shown=shown, after=after)
    url = reverse("manage:onboarding")
    words = {
        Shown.WAITING: (_("To be given access"), "clock"),
        Shown.LATE: (_("Late"), "alert-triangle"),
        Shown.DONE: (_("Done"), "circle-check"),
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
    context = {
        "rows": [onboarding_row(row, now) for row in page.rows],
        "tabs": tabs,
        "shown": shown.value,
        "older_url": f"{url}?{urlencode({'shown': shown.value, 'after': page.after})}" if page.after else "",
        "newer_url": f"{url}?{urlencode({'shown': shown.value})}" if after else "",
    }
    return draw(request, "onboarding", context, section=SECTION)


@reads_customers
def responsible(request: ActorRequest, person_id: int) -> HttpResponse:
    """One named person: how far the onboarding has come, and what can be done about it."""
    return _page(request, person_id)


def _page(request: ActorRequest, person_id: int, **more: Any) -> HttpResponse:
    now = clock.now()
    row = onboarding_row(named_person(actor=request.actor, person_id=person_id, now=now), now)
    return draw(request, "responsible", row | {"mail_is_set": settings.MAIL_IS_SET} | more, section=SECTION)


@fills_customers
def responsible_new(request: ActorRequest, contract_id: int) -> HttpResponse:
    """The form by which a contract names somebody; then their page, where the invitation is made."""
    contract: SupportContract = found(SupportContract.objects.select_related("customer"), contract_id)
    lead = _("Contract %(number)s, %(customer)s. From the date below their account and invitation are owed, in time.")
    sheet = Sheet(
        section=SECTION,
        heading=_("Name a responsible employee"),
        lead=lead % {"number": contract.number, "customer": contract.customer.short_name},
        back_url=reverse("manage:contract", args=[contract.pk]),
        back_label=contract.number,
        submit=_("Name the person"),
        is_new=True,
    )
    form = ResponsibleForm(posted(request), initial={"named_on": contract.signed_on})

    def save(data: dict[str, Any]) -> tuple[str, str]:
        person = name_responsible(
            actor=request.actor,
            now=clock.now(),
            contract_id=contract_id,
            person=form.person(),
            named_on=data["named_on"],
        )
        said = _("The person is named. Next: send the invitation or hand over a link.")
        if person.obligation is None:
            said = _("The person is named. They had access before, so nothing is owed.")
        elif person.obligation.was_entered_late:
            said = _("The person is named. The term had passed already, so it counts as broken; give the access now.")
        return _url(person.pk), said

    return fill(request, form, sheet, save)


@never_cache
@changes_customers
def responsible_invite(request: ActorRequest, person_id: int) -> HttpResponse:
    """The account and its invitation: mailed (`by=mail`), or as a link that is shown this once."""
    person = named_person(actor=request.actor, person_id=person_id, now=clock.now())
    made: list[IssuedLink] = []

    def mail() -> str:
        mail_onboarding(actor=request.actor, now=clock.now(), person_id=person_id)
        said = _("The invitation is on its way to %(email)s; it counts when a mail server has taken it.")
        return said % {"email": person.email}

    def make() -> str:
        made.append(make_onboarding_link(actor=request.actor, now=clock.now(), person_id=person_id))
        return ""

    by_mail = request.POST.get("by") == "mail" and settings.MAIL_IS_SET
    answer = _done(request, person_id, mail if by_mail else make)
    if not made:
        return answer
    said = _("The link was made and shown once. Make another if it was lost; the former is void then.")
    answer_again(request, _url(person_id), said)
    return _page(request, person_id, link=made[0], link_url=link_url(made[0].token))


@changes_customers
def responsible_handed_over(request: ActorRequest, person_id: int) -> HttpResponse:
    """The link was handed over in person."""

    def act() -> str:
        record_handing_over(actor=request.actor, now=clock.now(), person_id=person_id)
        return _("It is recorded that you handed the link over just now.")

    return _done(request, person_id, act)


@changes_customers
def responsible_strike(request: ActorRequest, person_id: int) -> HttpResponse:
    """The contract names the person no longer; asked once more before."""
    person = named_person(actor=request.actor, person_id=person_id, now=clock.now())
    reason = request.POST.get("reason", "")
    if reason not in StruckFor.values:
        messages.error(request, _("Say why the person is no longer named."))
        return see(_url(person_id))
    if request.POST.get("confirmed") != "1":
        text = _(
            "%(name)s is no longer named in contract %(number)s, and what is still owed is withdrawn. "
            "The account stays as it is."
        )
        confirm = {
            "title": _("Strike the person from the contract?"),
            "text": text % {"name": person.full_name, "number": person.contract.number},
            "label": _("Strike"),
            "danger": True,
            "cancel_url": _url(person_id),
            "hidden": [("reason", reason)],
        }
        return render(request, "web/confirm.html", {"confirm": confirm})

    def act() -> str:
        strike_responsible(actor=request.actor, now=clock.now(), person_id=person_id, reason=StruckFor(reason))
        return _("The person is no longer named.")

    return _done(request, person_id, act)


def _done(request: ActorRequest, person_id: int, act: Callable[[], str]) -> HttpResponse:
    """The page again, with what was done or why it was not."""
    try:
        said = act()
    except AlreadyHasPassword:
        messages.error(request, _("The person has a password already and can ask for a new one on the sign-in page."))
    except AccountDisabled:
        messages.error(request, _("The person may not sign in. Enable the account before inviting."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        if said:
            messages.success(request, said)
    return see(_url(person_id))
