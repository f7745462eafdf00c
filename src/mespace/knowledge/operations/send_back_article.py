"""Send a text in review back to its writer, or take one's own back."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.knowledge.lifecycle import State, Verb
from mespace.knowledge.models import Article
from mespace.knowledge.operations._tell import tell_writer
from mespace.knowledge.operations._writing import check_move, locked_article, note_step


@transaction.atomic
def send_back_article(*, actor: Actor, now: datetime, article_id: int, reason: str = "") -> Article:
    """The article as a draft, with the reason; its writer hears so.

    Raises ArticleNotFound, Refused, MoveRefused, ValidationError.
    """
    article = locked_article(actor=actor, article_id=article_id)
    reason = check_move(article, Verb.SEND_BACK, actor=actor, reason=reason)
    before, article.state = article.state, State.DRAFT
    article.save(update_fields=["state"])
    note_step(article, Verb.SEND_BACK, before=before, actor=actor, now=now, reason=reason)
    tell_writer(article, actor=actor, now=now)
    return article
