"""A responsible employee's page: the people of the own company, invited and disabled here."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mespace.accounts import mails
from mespace.accounts.errors import AccountDisabled, AlreadyHasPassword
from mespace.accounts.operations.enable_user import enable_user
from mespace.accounts.operations.invite import invite
from mespace.accounts.operations.mail_invitation import mail_invitation
from mespace.accounts.permissions import Permission, Role
from mespace.customers.colleagues import colleagues, sites_to_choose
from mespace.customers.errors import CustomerNotFound
from mespace.customers.operations.add_person import add_person
from mespace.platform import clock
from mespace.tickets.operations.disable_person import Left
from mespace.web.account.refusals import add_errors, refusals
from mespace.web.leaver import ask_and_disable, left_words
from mespace.web.once import answer_again

if TYPE_CHECKING:
    from django.http import QueryDict

    from mespace.accounts.actor import Actor
    from mespace.web.middleware import ActorRequest


class NewColleagueForm(forms.Form):
    """A new person of the own company."""

    full_name = forms.CharField(
        label=gettext_lazy("Full name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("They sign in with it; the invitation goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    job_title = forms.CharField(
        label=gettext_lazy("Job title"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    site = forms.ChoiceField(label=gettext_lazy("Site"), required=False)

    def __init__(self, actor: "Actor", data: "QueryDict | None" = None) -> None:
        super().__init__(data)
        self.sites = sites_to_choose(actor)
        choices = [("", _("all sites")), *((str(site.pk), site.name) for site in self.sites)]
        self.fields["site"] = forms.ChoiceField(label=_("Site"), choices=choices, required=False)

    def person(self) -> dict[str, Any]:
        """What `add_person` asks for; the new colleague lives in the time zone of their site."""
        chosen = self.cleaned_data["site"]
        site = next((site for site in self.sites if str(site.pk) == chosen), None)
        facts = {name: self.cleaned_data[name] for name in ("full_name", "email", "job_title", "phone")}
        if site is None:
            return facts
        return facts | {"site_ids": [site.pk], "home_site_id": site.pk, "time_zone": site.time_zone}


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
    context = {"rows": rows, "mail_is_set": settings.MAIL_IS_SET}
    return render(request, "web/account/colleagues.html", context | more)


@login_required
@refusals
def colleague_new(request: "ActorRequest") -> HttpResponse:
    """The form of a new colleague."""
    request.actor.require(Permission.COLLEAGUES_MANAGE)
    form = NewColleagueForm(request.actor, request.POST or None)
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
