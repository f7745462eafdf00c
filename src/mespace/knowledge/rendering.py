"""Texts of articles as pages show them; rendered once and kept while the process has room."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from mespace.knowledge.kinds import Shape, details_of
from mespace.knowledge.models import Revision
from mespace.platform.markdown_page import Heading, RenderedPage, render_page


@dataclass(frozen=True)
class ShownDetail:
    """A field of the article's kind: as HTML, as a day, or as a plain value."""

    name: str
    label: str | Promise
    shape: Shape
    html: str = ""
    day: date | None = None
    value: str = ""


@dataclass(frozen=True)
class ShownText:
    """A revision ready to be read."""

    html: str
    contents: tuple[Heading, ...]
    details: tuple[ShownDetail, ...]


def file_url(file_id: int) -> str:
    """Where a file of an article is handed out."""
    return reverse("kb:file", args=[file_id])


def shown_text(revision: Revision, kind: str) -> ShownText:
    """The revision as safe HTML, with its table of contents and the kind's own fields."""
    page = rendered(revision.body, "s")
    details = []
    for detail in details_of(kind):
        value = str(revision.details.get(detail.name, ""))
        if not value:
            continue
        shown = ShownDetail(detail.name, detail.label, detail.shape, value=value)
        if detail.shape is Shape.TEXT:
            shown = ShownDetail(detail.name, detail.label, detail.shape, html=rendered(value, detail.name).html)
        elif detail.shape is Shape.DAY:
            shown = ShownDetail(detail.name, detail.label, detail.shape, day=date.fromisoformat(value))
        details.append(shown)
    return ShownText(page.html, page.contents, tuple(details))


def rendered(source: str, prefix: str) -> RenderedPage:
    """A Markdown text of an article as safe HTML in the reader's language (only callouts' names differ)."""
    return _kept(source, prefix, get_language())


@lru_cache(maxsize=256)
def _kept(source: str, prefix: str, language: str | None) -> RenderedPage:  # noqa: ARG001 - a part of the key
    return render_page(source, attachment_url=file_url, prefix=prefix)
