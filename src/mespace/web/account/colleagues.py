"""A responsible employee's page: the people of the own company, invited and disabled here."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mespace.accounts import mails
from mespace.accounts.errors import AccountDisabled, AlreadyHasPassword
from mespace.accounts.operations.enable_user import enable_user
from mespace.accounts.operations.invite import invite
from mespace.accounts.operations.mail_invitation import mail_invitation
from mespace.accounts.permissions import Permission, Role
from mespace.customers.colleagues import colleague, colleagues, is_narrowed, sites_to_choose
from mespace.customers.errors import CustomerNotFound
from mespace.customers.operations.add_person import add_person
from mespace.customers.operations.choose_sites import choose_sites
from mespace.platform import clock
from mespace.tickets.operations.disable_person import Left
from mespace.web.account.colleague_forms import NewColleagueForm, SitesForm
from mespace.web.account.organisation.unlink import ask_and_unlink
from mespace.web.account.refusals import add_errors, refusals
from mespace.web.leaver import ask_and_disable, left_words
from mespace.web.once import answer_again

if TYPE_CHECKING:
    from django.http import QueryDict

    from mespace.web.middleware import ActorRequest


def posted(request: "ActorRequest") -> "QueryDict | None":
    """What a form is bound to: nothing until it is sent, and then also when it comes back empty."""
    return request.POST if request.method == "POST" else None


@never_cache
@login_required
@refusals
def colleagues_list(request: "ActorRequest") -> HttpResponse:
    """The list, with what can be done about each."""
    return _page(request)


def _page(request: "ActorRequest", **more: Any) -> HttpResponse:
    rows = [
        {"membership": row, "person": row.user, "is_responsible": Role.RESPONSIBLE in row.user.roles}
        for row in colleagues(request.actor)
    ]
    context = {"rows": rows, "mail_is_set": settings.MAIL_IS_SET, "narrowed": is_narrowed(request.actor)}
    return render(request, "web/account/colleagues.html", context | more)


@login_required
@refusals
def colleague_new(request: "ActorRequest") -> HttpResponse:
    """The form of a new colleague."""
    request.actor.require(Permission.COLLEAGUES_MANAGE)
    form = NewColleagueForm(sites_to_choose(request.actor), posted(request))
    if form.is_valid():
        try:
            membership = add_person(
                actor=request.actor, now=clock.now(), customer_id=request.actor.customer_id or 0, **form.person()
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        except CustomerNotFound:
            form.add_error(None, _("Your company is not known any more. Ask support."))
        else:
            name = membership.user.full_name
            messages.success(request, _("The account of %(name)s is created. Now invite its owner.") % {"name": name})
            return redirect("colleagues")
    return render(request, "web/account/colleague_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@refusals
def colleague_sites(request: "ActorRequest", user_id: int) -> HttpResponse:
    """The form of a colleague's sites: what they see, where the company narrows its people, and what is prefilled."""
    person = colleague(request.actor, user_id)
    form = SitesForm(sites_to_choose(request.actor, also_of=person), posted(request), of=person)
    if form.is_valid():
        try:
            choose_sites(actor=request.actor, user_id=user_id, **form.chosen())
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            name = person.user.full_name
            messages.success(request, _("The sites of %(name)s are saved; they hold from now on.") % {"name": name})
            return redirect("colleagues")
    context = {"form": form, "person": person.user}
    return render(request, "web/account/colleague_sites.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@login_required
@refusals
def colleague_invitation(request: "ActorRequest", user_id: int) -> HttpResponse:
    """An invitation: mailed (`by=mail`), or as a link that is shown this once."""
    try:
        if request.POST.get("by") == "mail" and settings.MAIL_IS_SET:
            mail_invitation(actor=request.actor, user_id=user_id)
            messages.success(request, _("The invitation is on its way."))
            return redirect("colleagues")
        link = invite(actor=request.actor, now=clock.now(), user_id=user_id)
    except (AlreadyHasPassword, AccountDisabled):
        messages.error(request, _("This account needs no invitation: it is in use or disabled."))
        return redirect("colleagues")
    said = _("The link was made. It is shown once: make a new one if it was not noted.")
    answer_again(request, reverse("colleagues"), said)
    return _page(request, link=link, link_url=mails.link_url(link.token))


@require_POST
@login_required
@refusals
def colleague_organisation(request: "ActorRequest", user_id: int) -> HttpResponse:
    """Undo a colleague's link with the company's own sign-in, after asking."""
    return ask_and_unlink(request, colleague(request.actor, user_id).user, back_url=reverse("colleagues"))


@require_POST
@login_required
@refusals
def colleague_disabling(request: "ActorRequest", user_id: int) -> HttpResponse:
    """Disable the account, after asking who goes on with the open requests."""

    def done(left: Left) -> HttpResponse:
        messages.success(request, left_words(left))
        return redirect("colleagues")

    return ask_and_disable(request, user_id=user_id, cancel_url=reverse("colleagues"), done=done)


@require_POST
@login_required
@refusals
def colleague_enabling(request: "ActorRequest", user_id: int) -> HttpResponse:
    """Let the person in again."""
    enable_user(actor=request.actor, user_id=user_id)
    messages.success(request, _("The account is enabled."))
    return redirect("colleagues")
