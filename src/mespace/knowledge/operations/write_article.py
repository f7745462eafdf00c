"""Begin an article."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.knowledge.kinds import ArticleKind
from mespace.knowledge.lifecycle import State
from mespace.knowledge.models import Article
from mespace.knowledge.operations._writing import add_revision, note_step, place, set_subjects
from mespace.knowledge.search import index_article
from mespace.knowledge.texts import ArticleText, Placement, checked

WRITTEN = "write"


@transaction.atomic
def write_article(*, actor: Actor, now: datetime, kind: str, text: ArticleText, placement: Placement) -> Article:
    """The new article, a draft with its first revision. Raises Refused, or ValidationError by field."""
    actor.require(Permission.ARTICLES_WRITE)
    article = Article(kind=ArticleKind(kind), state=State.DRAFT, created_at=now, created_by_id=actor.person_id)
    text = checked(text, kind)
    place(article, placement)
    article.save()
    set_subjects(article, placement)
    add_revision(article, text, actor=actor, now=now)
    article.save(update_fields=["head"])
    index_article(article)
    note_step(article, WRITTEN, before="", actor=actor, now=now)
    return article
