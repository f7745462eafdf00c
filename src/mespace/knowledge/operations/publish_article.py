"""Give readers the text that was in review."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.knowledge.kinds import ArticleKind
from mespace.knowledge.lifecycle import State, Verb
from mespace.knowledge.models import Article, Publication
from mespace.knowledge.operations._tell import tell_readers, tell_writer
from mespace.knowledge.operations._writing import check_move, locked_article, note_step
from mespace.knowledge.search import index_article


@transaction.atomic
def publish_article(*, actor: Actor, now: datetime, article_id: int, reason: str = "") -> Article:
    """The article with its newest text given to readers; it holds from now on.

    Its writer hears so, and of a new article those whom it concerns.

    Raises ArticleNotFound, Refused, MoveRefused, or ValidationError (the build of release notes is not published).
    """
    article = locked_article(actor=actor, article_id=article_id)
    reason = check_move(article, Verb.PUBLISH, actor=actor, reason=reason)
    if article.kind == ArticleKind.RELEASE_NOTES and article.build is not None and article.build.released_on is None:
        raise ValidationError({"": [_("The build is not released yet: publish it first.")]})
    before, article.state, article.shown = article.state, State.PUBLISHED, article.head
    article.published_at, article.outdated_at, article.outdated_reason = now, None, ""
    is_first = article.first_published_at is None
    article.first_published_at = article.first_published_at or now
    article.save(
        update_fields=["state", "shown", "published_at", "first_published_at", "outdated_at", "outdated_reason"]
    )
    Publication.objects.create(revision_id=article.head_id or 0, by_id=actor.person_id, at=now)
    index_article(article)
    note_step(article, Verb.PUBLISH, before=before, actor=actor, now=now, reason=reason)
    tell_writer(article, actor=actor, now=now)
    if is_first:
        tell_readers(article, actor=actor, now=now)
    return article
