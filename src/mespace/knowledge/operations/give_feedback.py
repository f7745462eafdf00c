"""Keep what a reader answers to “Did this solve it?”."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.knowledge.errors import ArticleNotFound
from mespace.knowledge.models import Article, Feedback, NotHelped, Source

LONGEST_NOTE = 1000


@transaction.atomic
def give_feedback(
    *,
    actor: Actor,
    now: datetime,
    article_id: int,
    helped: bool,
    reason: str = "",
    note: str = "",
    source: str = Source.READING,
) -> Feedback:
    """The reader's answer; a signed-in person's former one is replaced, a stranger's is kept without a name.

    Raises ArticleNotFound, or ValidationError by field (no reason why not).
    """
    article = Article.objects.visible_to(actor).filter(pk=article_id, shown__isnull=False).first()
    if article is None:
        raise ArticleNotFound
    if not helped and reason not in set(NotHelped):
        raise ValidationError({"reason": [_("Choose why it did not help.")]})
    values = {
        "revision_id": article.shown_id,
        "helped": helped,
        "reason": "" if helped else reason,
        "note": "" if helped else note.replace("\x00", "").strip()[:LONGEST_NOTE],
        "source": source if source in set(Source) else Source.READING,
        "at": now,
    }
    if actor.user_id is None:
        return Feedback.objects.create(article=article, by=None, **values)
    row, _created = Feedback.objects.update_or_create(article=article, by_id=actor.user_id, defaults=values)
    return row
