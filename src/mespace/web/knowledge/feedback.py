"""“Did this solve it?” at the end of an article."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.knowledge.models import NotHelped, Source
from mespace.knowledge.operations.give_feedback import give_feedback
from mespace.knowledge.queries import articles
from mespace.platform import clock
from mespace.platform.pace import Pace, keep_pace
from mespace.web.knowledge.door import reading
from mespace.web.knowledge.forms import FeedbackForm
from mespace.web.knowledge.reading import rights
from mespace.web.manage.page import add_errors
from mespace.web.middleware import ActorRequest

UNPROCESSABLE = 422
BY_STRANGERS = Pace("feedback", most=60, most_together=60, per_minute=20)  # all of them together


@reading("GET", "HEAD", "POST")
def feedback(request: ActorRequest, article_id: int) -> HttpResponse:
    """Yes at once; no with a reason: the form asks for it when none came (422)."""
    found = articles.find_article(actor=request.actor, article_id=article_id)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _give(request, article_id, form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            return _thanked(request, article_id, form.cleaned_data)
    context = {
        "form": form,
        "reasons": NotHelped.choices,
        "title": articles.row_of(found, request.actor).text.title,
        "back_url": reverse("kb:article", args=[article_id]),
        **rights(request),
    }
    return render(request, "web/knowledge/feedback.html", context, status=UNPROCESSABLE if form.errors else 200)


def _give(request: ActorRequest, article_id: int, data: dict[str, Any]) -> None:
    now = clock.now()
    if not request.actor.is_person:
        keep_pace(BY_STRANGERS, person="strangers", company="strangers", now=now)
    give_feedback(
        actor=request.actor,
        now=now,
        article_id=article_id,
        helped=data["helped"] == "yes",
        reason=data["reason"],
        note=data["note"],
        source=data["source"],
    )


def _thanked(request: ActorRequest, article_id: int, data: dict[str, Any]) -> HttpResponse:
    if data["helped"] == "yes":
        messages.success(request, _("Thank you: it is good to know that this helps."))
    elif request.actor.is_customer:
        said = _("Thank you: the writers will see it. If it still does not work, file a request.")
        messages.success(request, said)
    else:
        messages.success(request, _("Thank you: the writers will see it."))
    solved = data["helped"] == "yes" and data["source"] == Source.FILING and request.actor.is_customer
    url = reverse("my_tickets") if solved else reverse("kb:article", args=[article_id])
    return HttpResponseRedirect(url, status=303)
