"""Give up a draft that readers never had."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.knowledge.lifecycle import State, Verb
from mespace.knowledge.models import Article
from mespace.knowledge.operations._writing import check_move, locked_article, note_step


@transaction.atomic
def discard_article(*, actor: Actor, now: datetime, article_id: int, reason: str = "") -> Article:
    """The article, in no list and no search any more; its address and texts stay, and editing takes it up again.

    By who began it, or who publishes. Raises ArticleNotFound, Refused, MoveRefused, ValidationError.
    """
    article = locked_article(actor=actor, article_id=article_id)
    reason = check_move(article, Verb.DISCARD, actor=actor, reason=reason)
    before, article.state = article.state, State.DISCARDED
    article.save(update_fields=["state"])
    note_step(article, Verb.DISCARD, before=before, actor=actor, now=now, reason=reason)
    return article
