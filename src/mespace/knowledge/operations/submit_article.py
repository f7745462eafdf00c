"""Hand a draft over for review."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.knowledge.lifecycle import State, Verb
from mespace.knowledge.models import Article
from mespace.knowledge.operations._tell import tell_publishers
from mespace.knowledge.operations._writing import check_move, locked_article, note_step


@transaction.atomic
def submit_article(*, actor: Actor, now: datetime, article_id: int, reason: str = "") -> Article:
    """The article in review; those who may publish it hear so.

    Raises ArticleNotFound, Refused, MoveRefused, ValidationError.
    """
    article = locked_article(actor=actor, article_id=article_id)
    reason = check_move(article, Verb.SUBMIT, actor=actor, reason=reason)
    before, article.state = article.state, State.REVIEW
    article.save(update_fields=["state"])
    note_step(article, Verb.SUBMIT, before=before, actor=actor, now=now, reason=reason)
    tell_publishers(article, actor=actor, now=now)
    return article
