"""Say where an article stands, who reads it and what it is about."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.knowledge.models import Article
from mespace.knowledge.operations._writing import locked_article, place, require_placing, set_subjects
from mespace.knowledge.search import index_article
from mespace.knowledge.texts import Placement


@transaction.atomic
def place_article(*, actor: Actor, article_id: int, placement: Placement) -> Article:
    """The article in its place, at once for readers too: so of a published one only who publishes may do it.

    Raises ArticleNotFound, Refused, or ValidationError by field.
    """
    article = locked_article(actor=actor, article_id=article_id)
    require_placing(article, actor)
    place(article, placement)
    article.save(update_fields=["section", "audience", "known_error", "build"])
    set_subjects(article, placement)
    index_article(article)
    return article
