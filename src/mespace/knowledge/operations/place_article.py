"""Say where an article stands, who reads it and what it is about."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.knowledge.models import Article
from mespace.knowledge.operations._writing import locked_article, put, require_placing
from mespace.knowledge.texts import Placement


@transaction.atomic
def place_article(*, actor: Actor, article_id: int, placement: Placement) -> Article:
    """The article in its place, at once for readers too: so of a published one only who publishes may do it.

    Raises ArticleNotFound, Refused, or ValidationError by field.
    """
    article = locked_article(actor=actor, article_id=article_id)
    require_placing(article, actor)
    put(article, placement)
    return article
