"""Undoing a link with the organisation's sign-in, from whichever page shows the person."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from mespace.accounts.errors import NotLinked
from mespace.accounts.models import User
from mespace.accounts.operations.unlink_organisation import unlink_organisation
from mespace.platform import clock
from mespace.web.account.organisation.link_words import undo_words

if TYPE_CHECKING:
    from mespace.web.middleware import ActorRequest


def ask_and_unlink(request: "ActorRequest", user: User, *, back_url: str) -> HttpResponse:
    """The question, or back to the page with what was done. Raises PersonNotFound, Refused."""
    if "confirmed" not in request.POST:
        confirm = {**undo_words(user), "danger": True, "cancel_url": back_url, "hidden": []}
        return render(request, "web/confirm.html", {"confirm": confirm})
    try:
        unlink_organisation(actor=request.actor, now=clock.now(), user_id=user.pk)
    except NotLinked:
        messages.error(request, _("There is no link to undo: somebody was faster."))
    else:
        said = _("The link with the organisation is undone, and all sessions of the person are over.")
        messages.success(request, said)
    return HttpResponseRedirect(back_url)
