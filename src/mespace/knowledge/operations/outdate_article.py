"""Say that an article does not hold any more."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.knowledge.lifecycle import State, Verb
from mespace.knowledge.models import Article
from mespace.knowledge.operations._writing import check_move, locked_article, note_step


@transaction.atomic
def outdate_article(*, actor: Actor, now: datetime, article_id: int, reason: str = "") -> Article:
    """The article, still under its address, with the reason above it; searches put it last.

    Raises ArticleNotFound, Refused, MoveRefused, ValidationError.
    """
    article = locked_article(actor=actor, article_id=article_id)
    reason = check_move(article, Verb.OUTDATE, actor=actor, reason=reason)
    before, article.state = article.state, State.OUTDATED
    article.outdated_at, article.outdated_reason = article.outdated_at or now, reason
    article.save(update_fields=["state", "outdated_at", "outdated_reason"])
    note_step(article, Verb.OUTDATE, before=before, actor=actor, now=now, reason=reason)
    return article
