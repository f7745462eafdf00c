"""One's own profile."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from mespace.accounts.operations.update_profile import update_profile
from mespace.web.account.forms import ProfileForm
from mespace.web.account.organisation.link_words import organisation_words
from mespace.web.account.refusals import add_errors, refusals

if TYPE_CHECKING:
    from mespace.web.middleware import ActorRequest


@login_required
@refusals
def profile(request: "ActorRequest") -> HttpResponse:
    """The form; once sent, pages speak and count as it says."""
    form = ProfileForm.of(request.user, request.POST or None)
    if form.is_valid():
        try:
            user = update_profile(actor=request.actor, **form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            with translation.override(user.language):
                messages.success(request, _("The profile is saved."))
            return redirect("account_profile")
    context = {"form": form, "organisation": organisation_words(request.user)}
    return render(request, "web/account/profile.html", context, status=422 if form.errors else 200)
