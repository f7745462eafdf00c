"""The acts on an article: one address per verb of the table."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from mespace.accounts.permissions import Permission
from mespace.knowledge.lifecycle import BY_VERB, Verb
from mespace.knowledge.models import Article
from mespace.knowledge.operations.discard_article import discard_article
from mespace.knowledge.operations.outdate_article import outdate_article
from mespace.knowledge.operations.publish_article import publish_article
from mespace.knowledge.operations.revive_article import revive_article
from mespace.knowledge.operations.send_back_article import send_back_article
from mespace.knowledge.operations.submit_article import submit_article
from mespace.knowledge.queries import articles
from mespace.platform import clock
from mespace.web.knowledge.door import writing
from mespace.web.knowledge.forms import ReasonForm
from mespace.web.knowledge.reading import rights
from mespace.web.knowledge.writing import article_url
from mespace.web.manage.page import add_errors
from mespace.web.middleware import ActorRequest

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

OPERATIONS: dict[Verb, Callable[..., Article]] = {
    Verb.SUBMIT: submit_article,
    Verb.SEND_BACK: send_back_article,
    Verb.PUBLISH: publish_article,
    Verb.OUTDATE: outdate_article,
    Verb.REVIVE: revive_article,
    Verb.DISCARD: discard_article,
}
DONE: dict[Verb, "_StrPromise"] = {
    Verb.SUBMIT: _("Handed over for review."),
    Verb.SEND_BACK: _("Sent back to its writer."),
    Verb.PUBLISH: _("Published: readers have it now."),
    Verb.OUTDATE: _("Marked as outdated. Its address stays."),
    Verb.REVIVE: _("It holds again."),
    Verb.DISCARD: _("Discarded: no list shows it. Editing takes it up again."),
}


@writing(Permission.ARTICLES_WRITE)
def act(request: ActorRequest, article_id: int, verb: str) -> HttpResponse:
    """Do it (POST), or ask for the reason first where one is wanted (GET, and 422 without one)."""
    if verb not in {each.value for each in OPERATIONS}:
        raise Http404
    move = BY_VERB[Verb(verb)]
    request.actor.require(move.right)
    found = articles.find_article(actor=request.actor, article_id=article_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            OPERATIONS[move.verb](
                actor=request.actor, now=clock.now(), article_id=article_id, reason=form.cleaned_data["reason"]
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, DONE[move.verb])
            return HttpResponseRedirect(article_url(found), status=303)
    context = {
        "form": form,
        "move": move,
        "heading": move.label,
        "lead": articles.row_of(found, request.actor).text.title,
        "back_url": article_url(found),
    }
    return render(request, "web/knowledge/act.html", {**context, **rights(request)}, status=422 if form.errors else 200)
