"""Writing articles: a new one, a newer text, its place, its files."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.knowledge.differences import differences
from mespace.knowledge.errors import EditedMeanwhile
from mespace.knowledge.kinds import ArticleKind
from mespace.knowledge.models import Article, Revision
from mespace.knowledge.operations._writing import require_placing
from mespace.knowledge.operations.place_article import place_article
from mespace.knowledge.operations.revise_article import revise_article
from mespace.knowledge.operations.upload_article_file import upload_article_file
from mespace.knowledge.operations.write_article import write_article
from mespace.knowledge.queries import articles
from mespace.knowledge.rendering import rendered
from mespace.knowledge.texts import LONGEST_BODY, text_of
from mespace.platform import clock
from mespace.platform.forms import row_id
from mespace.tickets.operations.link_article import note_article_made
from mespace.tickets.queries.article_from_ticket import TicketDraft, draft_from_ticket
from mespace.web.drafts import accepted
from mespace.web.knowledge.door import writing
from mespace.web.knowledge.forms import NewArticleForm, PlacementForm, TextForm, placement_initial
from mespace.web.knowledge.reading import rights
from mespace.web.knowledge.words import KINDS
from mespace.web.manage.page import add_errors
from mespace.web.middleware import ActorRequest

CONFLICT, UNPROCESSABLE = 409, 422


def article_url(article: Article) -> str:
    """The article's page."""
    return reverse("kb:article", args=[article.pk])


@writing(Permission.ARTICLES_WRITE)
def new(request: ActorRequest) -> HttpResponse:
    """Choosing a kind, then the form of one."""
    kind = request.GET.get("kind", "")
    if kind not in set(ArticleKind):
        choice = {"kinds": KINDS.items(), "section": row_id(request.GET.get("section", "")) or "", **rights(request)}
        return render(request, "web/knowledge/choose_kind.html", choice)
    initial: dict[str, Any] = {"section": row_id(request.GET.get("section", "")), "audience": "customers"}
    source = _source(request, kind)
    if source is not None:
        products = [source.ticket.product_id]
        initial |= {"title": source.text.title, "body": source.text.body, "products": products, **source.text.details}
    form = NewArticleForm(request.POST if request.method == "POST" else None, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = write_article(
                actor=request.actor, now=clock.now(), kind=kind, text=form.text, placement=form.placement
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            if source is not None:
                ticket_id = source.ticket.pk
                note_article_made(ticket_id=ticket_id, actor=request.actor, now=clock.now(), article_id=made.pk)
            said = _("The draft is saved. Look at it, then hand it over for review.")
            accepted(request, f"article-new-{kind}", said)
            return HttpResponseRedirect(article_url(made), status=303)
    context: dict[str, Any] = {
        "heading": _("New article: %(kind)s") % {"kind": str(ArticleKind(kind).label).lower()},
        "back_url": reverse("kb:home"),
        "back_label": _("Knowledge base"),
        "submit": _("Save the draft"),
        "draft": f"article-new-{kind}" if source is None else "",
        "from_ticket": source,
    }
    return _form_page(request, form, context)


def _source(request: ActorRequest, kind: str) -> TicketDraft | None:
    """The ticket that the address names, as a draft with the customer's data left out."""
    key = request.GET.get("ticket", "")[:24]
    if not key or kind != ArticleKind.SOLUTION:
        return None
    return draft_from_ticket(actor=request.actor, key=key)


@writing(Permission.ARTICLES_WRITE)
def edit(request: ActorRequest, article_id: int) -> HttpResponse:
    """A newer text. When somebody was faster, theirs is shown beside what was typed, which stays (409)."""
    found = articles.find_article(actor=request.actor, article_id=article_id)
    base = _base(request, found)
    typed = text_of(base)
    initial = {"title": typed.title, "summary": typed.summary, "body": typed.body, **typed.details}
    head = found.head
    assert head is not None  # noqa: S101 - every article is written with its first text
    data = request.POST.copy() if request.method == "POST" else None
    form = TextForm(data, kind=found.kind, initial=initial | {"base": head.number})
    context: dict[str, Any] = {
        "heading": base.title,
        "lead": "" if base == head else _("From revision %(number)d") % {"number": base.number},
        "back_url": article_url(found),
        "back_label": _("The article"),
        "submit": _("Save as a draft"),
        "draft": f"article-{article_id}",
        "note": _("Readers keep the published text until the new one is published.") if found.shown_id else "",
    }
    if data is None or not form.is_valid():
        return _form_page(request, form, context)
    try:
        revise_article(
            actor=request.actor,
            now=clock.now(),
            article_id=article_id,
            text=form.text,
            base=form.cleaned_data["base"] or 0,
        )
    except ValidationError as refusal:
        add_errors(form, refusal)
        return _form_page(request, form, context)
    except EditedMeanwhile as collision:
        data["base"] = str(collision.newest.number)
        theirs = Revision.objects.select_related("by").get(pk=collision.newest.pk)
        mine = replace(form.text, note="")
        fields = differences(text_of(theirs), mine, found.kind)
        return _form_page(request, form, context | {"theirs": theirs, "fields": fields}, status=CONFLICT)
    accepted(
        request, f"article-{article_id}", _("Saved as the newest revision. Hand it over for review when it is ready.")
    )
    return HttpResponseRedirect(article_url(found), status=303)


def _base(request: ActorRequest, found: Article) -> Revision:
    """The revision whose text the form begins with: the newest, or the one that the address names."""
    number = row_id(request.GET.get("from", ""))
    if number is not None:
        return articles.find_revision(actor=request.actor, article_id=found.pk, number=number)
    assert found.head is not None  # noqa: S101 - every article is written with its first text
    return found.head


@writing(Permission.ARTICLES_WRITE)
def place(request: ActorRequest, article_id: int) -> HttpResponse:
    """Where it stands, who reads it, what it is about: of a published article only who publishes may say so."""
    found = articles.find_article(actor=request.actor, article_id=article_id)
    require_placing(found, request.actor)
    posted = request.POST if request.method == "POST" else None
    form = PlacementForm(posted, kind=found.kind, initial=placement_initial(found))
    context = {
        "heading": _("Place and readers"),
        "lead": articles.row_of(found, request.actor).text.title,
        "back_url": article_url(found),
        "back_label": _("The article"),
        "submit": _("Save"),
        "draft": "",
        "note": _("The article is published: this holds for readers at once.") if found.shown_id else "",
    }
    if posted is not None and form.is_valid():
        try:
            place_article(actor=request.actor, article_id=article_id, placement=form.placement)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            accepted(request, request.path, _("Saved."))
            return HttpResponseRedirect(article_url(found), status=303)
    return _form_page(request, form, context)


def _form_page(request: ActorRequest, form: forms.Form, context: dict[str, Any], status: int = 200) -> HttpResponse:
    if status == 200 and form.errors:  # noqa: PLR2004 - not yet said otherwise
        status = UNPROCESSABLE
    shared = {"form": form, "upload_url": reverse("kb:upload"), "preview_url": reverse("kb:preview")}
    return render(request, "web/knowledge/form.html", {**shared, **context, **rights(request)}, status=status)


@writing(Permission.ARTICLES_READ_DRAFTS, "GET", "HEAD")
def waiting(request: ActorRequest) -> HttpResponse:
    """What is in review and in the making."""
    rows = articles.waiting(actor=request.actor)
    return render(request, "web/knowledge/waiting.html", {"rows": rows, **rights(request)})


@writing(Permission.ARTICLES_WRITE, "POST")
def upload(request: ActorRequest) -> HttpResponse:
    """Store the file sent as `file`; answers its id and name, or a sentence that says why it was not taken (422)."""
    sent = request.FILES.get("file")
    if sent is None:
        return JsonResponse({"error": "file"}, status=400)
    try:
        kept = upload_article_file(actor=request.actor, now=clock.now(), name=sent.name or "", chunks=sent.chunks())
    except ValidationError as refusal:
        return JsonResponse({"error": " ".join(refusal.messages)}, status=UNPROCESSABLE)
    return JsonResponse({"id": kept.pk, "name": kept.name, "size": kept.size, "is_image": kept.is_image}, status=201)


@writing(Permission.ARTICLES_WRITE, "POST")
def preview(request: ActorRequest) -> HttpResponse:
    """The rendered Markdown of `text`, as an article will show it."""
    page = rendered(request.POST.get("text", "")[:LONGEST_BODY], "preview")
    return HttpResponse(SafeString(page.html))  # cleaned by the renderer
