"""Turning a kind of mail off by the address in the mail, without signing in (RFC 8058)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mespace.notifications.operations.turn_off import turn_off
from mespace.notifications.unsubscribe import wish_of
from mespace.web.gate import public
from mespace.web.once import minds_its_own_key


@public
@minds_its_own_key  # turning off what is off does nothing
@csrf_exempt  # a mail program posts without a session; the signed token in the address is the right
@require_http_methods(["GET", "HEAD", "POST"])
def mail_off(request: HttpRequest, token: str) -> HttpResponse:
    """Asks first when it is opened; a POST, by the page or by a mail program, turns such mails off."""
    wish = wish_of(token)
    if wish is None:
        raise Http404
    done = request.method == "POST" and turn_off(wish=wish)
    return render(request, "web/notices/mail_off.html", {"label": wish.kind.label, "done": done})
