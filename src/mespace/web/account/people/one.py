"""One person's account: what it is and what can be done about it."""

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

from mespace.accounts import mails, queries
from mespace.accounts.errors import (
    AccountDisabled,
    AlreadyHasPassword,
    LastAdministrator,
    PasswordNotAllowed,
    PersonNotFound,
)
from mespace.accounts.links import IssuedLink
from mespace.accounts.models import User
from mespace.accounts.operations.change_roles import change_roles
from mespace.accounts.operations.enable_user import enable_user
from mespace.accounts.operations.invite import invite
from mespace.accounts.operations.mail_invitation import mail_invitation
from mespace.accounts.operations.reset_link import reset_link
from mespace.accounts.operations.reset_second_factor import reset_second_factor
from mespace.accounts.operations.update_profile import update_profile
from mespace.accounts.organisation import may_have_password
from mespace.accounts.permissions import Permission, Role
from mespace.platform import clock
from mespace.tickets.operations.disable_person import Left
from mespace.web.account.forms import ProfileForm
from mespace.web.account.organisation.link_words import organisation_words
from mespace.web.account.organisation.unlink import ask_and_unlink
from mespace.web.account.people.forms import RolesForm
from mespace.web.account.people.several import role_words, shell
from mespace.web.account.refusals import add_errors, refusals
from mespace.web.account.second_factor import has_second_factor
from mespace.web.account.sessions import device_words
from mespace.web.leaver import ask_and_disable, left_words
from mespace.web.once import answer_again

if TYPE_CHECKING:
    from mespace.web.middleware import ActorRequest

LAST_SIGN_INS = 5


def _find(request: "ActorRequest", user_id: int) -> User:
    request.actor.require(Permission.ACCOUNTS_MANAGE)
    user = User.objects.select_related("membership__customer").filter(pk=user_id).first()
    if user is None:
        raise PersonNotFound
    return user


@never_cache
@login_required
@refusals
def person(request: "ActorRequest", user_id: int) -> HttpResponse:
    """The account's page."""
    user = _find(request, user_id)
    return _page(request, user)


def _page(request: "ActorRequest", user: User, *, status: int = 200, **more: Any) -> HttpResponse:
    last = queries.sign_ins(actor=request.actor, user_id=user.pk).rows[:LAST_SIGN_INS]
    reads = request.actor.can(Permission.CUSTOMERS_READ)
    is_named = Role.CUSTOMER_USER in user.roles  # who becomes responsible is named in a contract, by managers
    context = shell(request, "customers" if user.is_customer else "staff") | {
        "person": user,
        "customer": user.membership.customer if user.is_customer and hasattr(user, "membership") else None,
        "roles": role_words(user),
        "roles_form": None if is_named else RolesForm.of(user),
        "customer_url": reverse("manage:person", args=[user.pk]) if reads and user.is_customer else "",
        "has_credentials": user.has_credentials,
        "may_have_password": may_have_password(user),
        "organisation": organisation_words(user),
        "unlink_url": reverse("people_organisation", args=[user.pk]),
        "has_second_factor": has_second_factor(user),
        "links": queries.open_links(actor=request.actor, user_id=user.pk, now=clock.now()),
        "sign_ins": [{"line": line, "device": device_words(line.user_agent)} for line in last],
        "mail_is_set": settings.MAIL_IS_SET,
        "is_self": user.pk == request.user.pk,
    }
    return render(request, "web/account/people/person.html", context | more, status=status)


@login_required
@refusals
def edit(request: "ActorRequest", user_id: int) -> HttpResponse:
    """Name, job title, phone, language and time zone, corrected by an administrator."""
    user = _find(request, user_id)
    form = ProfileForm.of(user, request.POST or None)
    if form.is_valid():
        try:
            update_profile(actor=request.actor, user_id=user.pk, **form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The profile is saved."))
            return redirect("people_person", user.pk)
    context = shell(request, "customers" if user.is_customer else "staff") | {"form": form, "person": user}
    return render(request, "web/account/people/edit.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
@refusals
def roles(request: "ActorRequest", user_id: int) -> HttpResponse:
    """Give the person exactly the roles chosen."""
    user = _find(request, user_id)
    form = RolesForm.of(user, request.POST)
    if form.is_valid():
        try:
            change_roles(actor=request.actor, user_id=user.pk, roles=form.chosen())
        except ValidationError as refusal:
            add_errors(form, refusal)
        except LastAdministrator:
            form.add_error("roles", last_administrator_words())
        else:
            messages.success(request, _("The roles are changed."))
            return redirect("people_person", user.pk)
    return _page(request, user, status=422, roles_form=form)


@never_cache
@require_POST
@login_required
@refusals
def invitation(request: "ActorRequest", user_id: int) -> HttpResponse:
    """An invitation: mailed (`by=mail`), or as a link that is shown this once."""
    user = _find(request, user_id)
    try:
        if request.POST.get("by") == "mail" and settings.MAIL_IS_SET:
            mail_invitation(actor=request.actor, user_id=user.pk)
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": user.email})
            return redirect("people_person", user.pk)
        link = invite(actor=request.actor, now=clock.now(), user_id=user.pk)
    except AlreadyHasPassword:
        if user.has_usable_password():
            messages.error(request, _("This person has a password already. Make a link for a new one instead."))
        else:
            messages.error(request, _("The person signs in by the organisation already."))
    except AccountDisabled:
        messages.error(request, disabled_words())
    else:
        return _show(request, user, link)
    return redirect("people_person", user.pk)


@never_cache
@require_POST
@login_required
@refusals
def make_reset_link(request: "ActorRequest", user_id: int) -> HttpResponse:
    """A link by which the person sets a new password, shown this once."""
    user = _find(request, user_id)
    try:
        link = reset_link(actor=request.actor, now=clock.now(), user_id=user.pk)
    except AccountDisabled:
        messages.error(request, disabled_words())
        return redirect("people_person", user.pk)
    except PasswordNotAllowed:
        messages.error(request, _("The organisation lets its people in by its own sign-in only."))
        return redirect("people_person", user.pk)
    return _show(request, user, link)


def _show(request: "ActorRequest", user: User, link: IssuedLink) -> HttpResponse:
    said = _("The link was made. It is shown once: make a new one if it was not noted.")
    answer_again(request, reverse("people_person", args=[user.pk]), said)
    return _page(request, user, link=link, link_url=mails.link_url(link.token))


@require_POST
@login_required
@refusals
def second_factor(request: "ActorRequest", user_id: int) -> HttpResponse:
    """Take the second factor away, for somebody who has lost the phone."""
    user = _find(request, user_id)
    if "confirmed" not in request.POST:
        return _ask(
            request,
            user,
            title=_("Remove the second factor?"),
            text=_("%(name)s will sign in with the password alone. Make sure that it is really they who ask."),
            label=_("Remove it"),
        )
    reset_second_factor(actor=request.actor, user_id=user.pk)
    messages.success(request, _("The second factor is removed and all sessions of the person are over."))
    return redirect("people_person", user.pk)


@require_POST
@login_required
@refusals
def organisation(request: "ActorRequest", user_id: int) -> HttpResponse:
    """Undo the link with the organisation's sign-in, after asking."""
    user = _find(request, user_id)
    return ask_and_unlink(request, user, back_url=reverse("people_person", args=[user.pk]))


@require_POST
@login_required
@refusals
def disabling(request: "ActorRequest", user_id: int) -> HttpResponse:
    """Disable the account, after asking who goes on with the open requests."""
    user = _find(request, user_id)

    def done(left: Left) -> HttpResponse:
        messages.success(request, left_words(left))
        return redirect("account_login") if user.pk == request.user.pk else redirect("people_person", user.pk)

    return ask_and_disable(request, user_id=user_id, cancel_url=reverse("people_person", args=[user.pk]), done=done)


@require_POST
@login_required
@refusals
def enabling(request: "ActorRequest", user_id: int) -> HttpResponse:
    """Let the person in again."""
    user = _find(request, user_id)
    enable_user(actor=request.actor, user_id=user.pk)
    messages.success(request, _("The account is enabled."))
    return redirect("people_person", user.pk)


def _ask(request: "ActorRequest", user: User, *, title: str, text: str, label: str) -> HttpResponse:
    confirm = {
        "title": title,
        "text": text % {"name": user.full_name},
        "label": label,
        "danger": True,
        "cancel_url": reverse("people_person", args=[user.pk]),
        "hidden": [],
    }
    return render(request, "web/confirm.html", {"confirm": confirm})


def last_administrator_words() -> str:
    """Why the last administrator stays."""
    return _("This is the only administrator: appoint another one first, or nobody could manage accounts.")


def disabled_words() -> str:
    """Why a disabled person gets no link."""
    return _("This account is disabled. Enable it first.")
