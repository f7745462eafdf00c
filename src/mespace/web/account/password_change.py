"""Changing one's own password."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from mespace.accounts.operations.change_password import change_password
from mespace.accounts.organisation import linked_provider, may_have_password
from mespace.platform import clock
from mespace.web.account.forms import ChangePasswordForm
from mespace.web.account.organisation.refused import name_of
from mespace.web.account.refusals import add_errors, refusals
from mespace.web.errors import error_page
from mespace.web.once import minds_its_own_key

if TYPE_CHECKING:
    from mespace.web.middleware import ActorRequest


@minds_its_own_key
@sensitive_post_parameters()
@never_cache
@login_required
@refusals
def password_change(request: "ActorRequest") -> HttpResponse:
    """The form; once sent, all other sessions of the person are over and this one goes on."""
    if not request.user.has_usable_password() or not may_have_password(request.user):
        return _without(request)
    if not ratelimit.consume(request, action="change_password"):
        return error_page(request, 429, retry_after=60)
    form = ChangePasswordForm(request.POST or None)
    if form.is_valid():
        try:
            if not get_adapter().reauthenticate(request.user, form.cleaned_data["present"]):
                raise ValidationError({"present": _("This is not your present password.")})  # noqa: TRY301
            user = change_password(actor=request.actor, now=clock.now(), password=form.cleaned_data["password"])
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is changed. All other sessions are signed out."))
            return redirect("account_change_password")
    return render(request, "web/account/password_change.html", {"form": form}, status=422 if form.errors else 200)


def _without(request: "ActorRequest") -> HttpResponse:
    """What to say to somebody who signs in otherwise; nothing is changed."""
    provider = linked_provider(request.user)
    context = {
        "name": name_of(provider) if provider else "",
        "may_have_password": may_have_password(request.user),
    }
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    return render(request, "web/account/organisation/no_password.html", context, status=status)
