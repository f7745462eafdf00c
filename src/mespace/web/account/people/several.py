"""The list of people, a new one, and the sign-in log."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mespace.accounts import queries
from mespace.accounts.models import User
from mespace.accounts.operations.create_user import create_user
from mespace.accounts.permissions import Permission, Role
from mespace.platform import clock
from mespace.platform.forms import row_id
from mespace.web.account.people.forms import NewPersonForm
from mespace.web.account.refusals import add_errors, refusals
from mespace.web.account.sessions import device_words

if TYPE_CHECKING:
    from mespace.web.middleware import ActorRequest


@login_required
@refusals
def people_list(request: "ActorRequest") -> HttpResponse:
    """Staff, or customers' people (`?of=customers`), by name; `q` narrows."""
    customers = request.GET.get("of") == "customers"
    words = request.GET.get("q", "").strip()[:100]
    page = queries.people(actor=request.actor, customers=customers, words=words, after=request.GET.get("after", ""))
    context = shell(request, "customers" if customers else "staff") | {
        "rows": [{"person": user, "roles": role_words(user)} for user in page.rows],
        "customers": customers,
        "words": words,
        "older_url": _with(request, after=page.after) if page.after else None,
        "newer_url": _with(request, after=None) if request.GET.get("after") else None,
    }
    return render(request, "web/account/people/list.html", context)


@login_required
@refusals
def people_new(request: "ActorRequest") -> HttpResponse:
    """The form of a new employee or contractor; then their page, where the invitation is made."""
    request.actor.require(Permission.ACCOUNTS_MANAGE)
    form = NewPersonForm(request.POST or None, initial={"language": "ru", "time_zone": settings.TIME_ZONE})
    if form.is_valid():
        facts = form.cleaned_data | {"roles": [Role(role) for role in form.cleaned_data["roles"]]}
        try:
            user = create_user(actor=request.actor, now=clock.now(), **facts)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The account is created. Now invite its owner."))
            return redirect("people_person", user.pk)
    context = shell(request, "staff") | {"form": form}
    return render(request, "web/account/people/new.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@refusals
def people_sign_ins(request: "ActorRequest") -> HttpResponse:
    """The sign-in log, newest first; `?failures=1` shows failures only, `?person=ID` one person's."""
    person, before = row_id(request.GET.get("person", "")), row_id(request.GET.get("before", ""))
    failures = request.GET.get("failures") == "1"
    page = queries.sign_ins(
        actor=request.actor,
        user_id=person,
        failures=failures,
        before=before,
    )
    context = shell(request, "sign_ins") | {
        "rows": [{"line": line, "device": device_words(line.user_agent)} for line in page.rows],
        "failures": failures,
        "person": User.objects.filter(pk=person).first() if person else None,
        "all_url": _with(request, failures=None, before=None),
        "failures_url": _with(request, failures="1", before=None),
        "older_url": _with(request, before=page.after) if page.after else None,
        "newer_url": _with(request, before=None) if before else None,
    }
    return render(request, "web/account/people/sign_ins.html", context)


def shell(request: "ActorRequest", current: str) -> dict[str, Any]:
    """The tabs above the pages about people."""
    tabs = []
    if request.actor.can(Permission.ACCOUNTS_MANAGE):
        tabs += [
            {"url": reverse("people_list"), "label": _("Staff"), "icon": "users", "current": current == "staff"},
            {
                "url": f"{reverse('people_list')}?of=customers",
                "label": _("Customers' people"),
                "icon": "building-factory-2",
                "current": current == "customers",
            },
        ]
    tabs.append(
        {
            "url": reverse("people_sign_ins"),
            "label": _("Sign-in log"),
            "icon": "list-check",
            "current": current == "sign_ins",
        }
    )
    if request.actor.can(Permission.AUDIT_READ):
        tabs.append(
            {
                "url": reverse("audit_tables"),
                "label": pgettext("audit", "Changes"),
                "icon": "history",
                "current": current == "audit",
            }
        )
    return {"tabs": tabs}


def role_words(user: User) -> str:
    """The person's roles in words."""
    return ", ".join(str(Role(role).label) for role in user.roles)


def _with(request: "ActorRequest", **changes: str | None) -> str:
    kept = {name: value for name, value in request.GET.items() if name not in changes}
    kept |= {name: value for name, value in changes.items() if value is not None}
    return f"?{urlencode(kept)}"
