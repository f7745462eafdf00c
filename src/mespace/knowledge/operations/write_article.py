"""Begin an article."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.knowledge.models import Article
from mespace.knowledge.operations._writing import begin
from mespace.knowledge.texts import ArticleText, Placement, checked


@transaction.atomic
def write_article(*, actor: Actor, now: datetime, kind: str, text: ArticleText, placement: Placement) -> Article:
    """The new article, a draft with its first revision. Raises Refused, or ValidationError by field."""
    actor.require(Permission.ARTICLES_WRITE)
    return begin(actor=actor, now=now, kind=kind, text=checked(text, kind), placement=placement)
