"""Write a newer text of an article; readers keep what they have until it is published."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.knowledge.errors import EditedMeanwhile
from mespace.knowledge.lifecycle import Verb
from mespace.knowledge.models import Article
from mespace.knowledge.operations._writing import check_move, locked_article, renew
from mespace.knowledge.texts import ArticleText, checked, text_of


@transaction.atomic
def revise_article(*, actor: Actor, now: datetime, article_id: int, text: ArticleText, base: int) -> Article:
    """The article with a next revision, a draft again; the same text once more writes nothing.

    `base` is the number of the revision that was edited. Raises ArticleNotFound, Refused, ValidationError by field,
    or EditedMeanwhile when that is no longer the newest.
    """
    article = locked_article(actor=actor, article_id=article_id)
    check_move(article, Verb.REVISE, actor=actor)
    text = checked(text, article.kind)
    head = article.head
    assert head is not None  # noqa: S101 - every article is written with its first text
    if head.number != base:
        raise EditedMeanwhile(head)
    if text_of(head) == ArticleText(text.title, text.body, text.summary, text.details):
        return article
    renew(article, text, actor=actor, now=now)
    return article
