"""Articles as something that people are told about: new ones, texts that wait for review, and what became of them."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.subjects import About, Subject, Words
from mespace.knowledge.lifecycle import State
from mespace.knowledge.models import Article
from mespace.knowledge.visibility import ArticleQuerySet, reads_drafts

ARTICLE, REVIEW, DECIDED = "article", "article_review", "article_decided"


def visible_articles(actor: Actor) -> ArticleQuerySet:
    """Those that the actor may read."""
    return Article.objects.visible_to(actor)


def article_words(actor: Actor, news: Collection[About]) -> Mapping[About, Words]:
    """The article's title, and what is the matter with it; one statement."""
    rows = visible_articles(actor).select_related("head", "shown").in_bulk({about.subject_id for about in news})
    found = {}
    for about in news:
        row = rows.get(about.subject_id)
        text = None if row is None else row.head if reads_drafts(actor) else row.shown
        if text is not None:
            said = _said(about) % {"title": text.title}
            found[about] = Words(said, reverse("kb:article", args=[about.subject_id]), text.summary)
    return found


def _said(about: About) -> str:
    if about.news == REVIEW:
        return _("Waits for review: %(title)s")
    if about.news == DECIDED:
        state = about.occasion.partition(":")[0]
        return _("Published: %(title)s") if state == State.PUBLISHED else _("Sent back: %(title)s")
    return _("New article: %(title)s")


SUBJECT = Subject(ARTICLE, visible_articles, article_words)
