"""The page that an invitation or a reset link opens: choose a password, or the organisation's own sign-in."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from mespace.accounts import links
from mespace.accounts.errors import LinkNotValid, PasswordNotAllowed
from mespace.accounts.models import LinkKind
from mespace.accounts.operations.accept_invitation import accept_invitation
from mespace.accounts.operations.reset_password import reset_password
from mespace.accounts.organisation import may_have_password
from mespace.platform import clock
from mespace.web.account.forms import NewPasswordForm
from mespace.web.account.organisation.buttons import for_person
from mespace.web.account.refusals import add_errors
from mespace.web.errors import error_page
from mespace.web.gate import public


@public
@sensitive_post_parameters()
@never_cache
def password_link(request: HttpRequest, token: str) -> HttpResponse:
    """The form; once sent, the way to the sign-in page. A link that does not work (any more) says so with 410."""
    if not ratelimit.consume(request, action="reset_password_from_key"):
        return error_page(request, 429, retry_after=60)
    now = clock.now()
    form = NewPasswordForm(request.POST or None)
    try:
        link = links.look_up(token=token, now=now)
        if form.is_valid():
            use = accept_invitation if link.kind == LinkKind.INVITATION else reset_password
            use(token=token, password=form.cleaned_data["password"], now=now)
            # Whoever guessed before must not keep the person out who has just chosen a password.
            get_adapter()._delete_login_attempts_cached_email(request, email=link.user.email)  # noqa: SLF001
            messages.success(request, _("The password is set. Sign in with it."))
            return redirect("account_login")
    except LinkNotValid:
        return render(request, "web/account/link_not_valid.html", status=410)
    except PasswordNotAllowed:
        form.add_error(None, _("Your organisation lets its people in by its own sign-in only."))
    except ValidationError as refusal:
        add_errors(form, refusal)
    is_invitation = link.kind == LinkKind.INVITATION
    context = {
        "form": form,
        "person": link.user,
        "is_invitation": is_invitation,
        "may_have_password": may_have_password(link.user),
        "organisations": for_person(link.user) if is_invitation else [],
        "invitation_token": token,
    }
    return render(request, "web/account/password_link.html", context, status=422 if form.errors else 200)
