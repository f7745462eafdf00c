"""Asking for a reset mail."""

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from mespace.accounts.operations.request_password_reset import request_password_reset
from mespace.web.account.forms import ResetRequestForm
from mespace.web.errors import error_page
from mespace.web.gate import public


@public
@never_cache
def password_reset(request: HttpRequest) -> HttpResponse:
    """The form, and the same answer for every address. Where no mail can be sent, whom to ask instead."""
    if not settings.MAIL_IS_SET:
        return render(request, "web/account/password_reset_without_mail.html")
    form = ResetRequestForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"].lower()
        if not ratelimit.consume(request, action="reset_password", key=email):
            return error_page(request, 429, retry_after=600)
        request_password_reset(email=email)
        return redirect("account_reset_password_done")
    return render(request, "web/account/password_reset.html", {"form": form}, status=422 if form.errors else 200)


@public
def password_reset_done(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "web/account/password_reset_done.html", {"hours": settings.PASSWORD_RESET_TIMEOUT // 3600})
