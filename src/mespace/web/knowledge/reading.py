"""Reading the knowledge base: shelves, articles, their revisions and files."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from mespace.accounts.permissions import Permission
from mespace.knowledge.differences import differences
from mespace.knowledge.errors import ArticleNotFound
from mespace.knowledge.kinds import Shape
from mespace.knowledge.models import Article, NotHelped, Revision, Source
from mespace.knowledge.operations.count_view import count_view
from mespace.knowledge.queries import articles
from mespace.knowledge.queries.usefulness import usefulness
from mespace.knowledge.rendering import shown_text
from mespace.knowledge.texts import text_of
from mespace.knowledge.visibility import reads_drafts
from mespace.platform import clock
from mespace.platform.files import served
from mespace.platform.forms import row_id
from mespace.web.knowledge.door import reading
from mespace.web.middleware import ActorRequest


@reading()
def home(request: ActorRequest) -> HttpResponse:
    """The spaces and what is new."""
    context = {"found": articles.home(actor=request.actor), **rights(request)}
    return render(request, "web/knowledge/home.html", context)


@reading()
def space(request: ActorRequest, code: str) -> HttpResponse:
    """One space: its sections with their articles."""
    found, shelves = articles.space_shelves(actor=request.actor, code=code)
    context = {"space": found, "shelves": shelves, **rights(request)}
    return render(request, "web/knowledge/space.html", context)


@reading()
def article(request: ActorRequest, article_id: int) -> HttpResponse:
    """An article: for readers what is published, for those who read drafts what is in the making above it."""
    view = articles.article_view(actor=request.actor, article_id=article_id)
    now = clock.now()
    if request.method == "GET" and view.article.shown_id is not None:
        count_view(actor=request.actor, now=now, article_id=article_id)
    context = {
        "view": view,
        "source": Source.FILING if request.GET.get("from") == "filing" else Source.READING,
        "not_helped": NotHelped.choices,
        "useful": usefulness(view.article, today=now.date()) if reads_drafts(request.actor) else None,
        "permanent": request.build_absolute_uri(reverse("kb:article", args=[article_id])),
        **text_context(view.article, view.text),
        **rights(request),
    }
    return render(request, "web/knowledge/article.html", context)


@reading()
def print_page(request: ActorRequest, article_id: int) -> HttpResponse:
    """The article for paper; the browser makes a PDF of it."""
    found = articles.find_article(actor=request.actor, article_id=article_id)
    text = found.shown or articles.row_of(found, request.actor).text
    address = request.build_absolute_uri(reverse("kb:revision", args=[article_id, text.number]))
    return render(request, "web/knowledge/print.html", {"permanent": address, **text_context(found, text)})


@reading()
def revision(request: ActorRequest, article_id: int, number: int) -> HttpResponse:
    """A revision under its permanent address, as it was and stays."""
    found = articles.find_article(actor=request.actor, article_id=article_id)
    text = articles.find_revision(actor=request.actor, article_id=article_id, number=number)
    context = {
        "is_shown": text.pk == found.shown_id,
        "permanent": request.build_absolute_uri(request.path),
        **text_context(found, text),
        **rights(request),
    }
    return render(request, "web/knowledge/revision.html", context)


@reading()
def revisions(request: ActorRequest, article_id: int) -> HttpResponse:
    """All revisions that the reader may read, with a form to compare two."""
    found, rows = articles.find_revisions(actor=request.actor, article_id=article_id)
    newest = rows[0].number if rows else 0
    before = rows[1].number if len(rows) > 1 else newest
    context = {"article": found, "rows": rows, "title": rows[0].title if rows else "", "newest": newest}
    return render(request, "web/knowledge/revisions.html", context | {"before": before} | rights(request))


@reading()
def compare(request: ActorRequest, article_id: int) -> HttpResponse:
    """What differs between the revisions `before` and `after`."""
    found, rows = articles.find_revisions(actor=request.actor, article_id=article_id)
    by_number = {one.number: one for one in rows}
    before, after = (by_number.get(row_id(request.GET.get(name, "")) or 0) for name in ("before", "after"))
    if before is None or after is None:
        raise ArticleNotFound
    fields = differences(text_of(before), text_of(after), found.kind)
    context = {"article": found, "rows": rows, "before": before, "after": after, "fields": fields}
    return render(request, "web/knowledge/compare.html", context | rights(request))


@reading()
def file(request: ActorRequest, file_id: int) -> HttpResponse | FileResponse:
    """A file of an article; pictures that we wrote ourselves may be shown inline, everything else is a download."""
    found = articles.file_for(actor=request.actor, file_id=file_id)
    return served(
        request,
        blob=found.blob,
        name=found.name,
        media_type=found.media_type,
        sha256=found.sha256,
        is_image=found.is_image,
    )


def text_context(found: Article, text: Revision) -> dict[str, Any]:
    """A revision's text ready to be drawn."""
    shown = shown_text(text, found.kind)
    details = [
        {"detail": one, "html": SafeString(one.html), "is_text": one.shape is Shape.TEXT}  # cleaned by the renderer
        for one in shown.details
    ]
    return {
        "article": found,
        "text": text,
        "html": SafeString(shown.html),  # cleaned by the renderer
        "contents": shown.contents,
        "blocks": [one for one in details if one["is_text"]],
        "facts": [one["detail"] for one in details if not one["is_text"]],
        "files": file_rows(text),
    }


def file_rows(text: Revision) -> list[dict[str, Any]]:
    """The attachments of a text for the kit's list; pictures stand in the text itself."""
    return [
        {
            "name": one.name,
            "url": reverse("kb:file", args=[one.pk]),
            "size": one.size,
            "content_type": one.media_type,
            "preview_url": "",
            "removed": False,
        }
        for one in articles.files_of(text)
    ]


def rights(request: ActorRequest) -> dict[str, bool]:
    """What the pages offer."""
    actor = request.actor
    return {
        "may_write": actor.can(Permission.ARTICLES_WRITE),
        "may_publish": actor.can(Permission.ARTICLES_PUBLISH),
        "reads_drafts": reads_drafts(actor),
    }
