"""Take a file that an article shall name."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.knowledge.models import ArticleFile
from mespace.knowledge.models.revision import RevisionFile
from mespace.knowledge.operations._files import take_file
from mespace.platform.files import delete

KEPT_UNNAMED = timedelta(days=7)
MOST_UNNAMED = 200


def upload_article_file(*, actor: Actor, now: datetime, name: str, chunks: Iterable[bytes]) -> ArticleFile:
    """A stored file, durable when this returns, its uploader's alone until a revision names it.

    Raises Refused, or ValidationError (too large, of a kind that is not taken, too many unnamed).
    """
    actor.require(Permission.ARTICLES_WRITE)
    if _unnamed().filter(uploaded_by_id=actor.person_id).count() >= MOST_UNNAMED:
        raise ValidationError({"file": [_("Too many of your files are named by no article yet.")]})
    return take_file(actor=actor, now=now, name=name, chunks=chunks)


def sweep_article_files(*, now: datetime) -> int:
    """How many files were deleted that no revision has named within a week."""
    swept = 0
    for file in _unnamed().filter(uploaded_at__lt=now - KEPT_UNNAMED)[:1000]:
        if _unnamed().filter(pk=file.pk).delete()[0]:
            delete(file.blob)
            swept += 1
    return swept


def _unnamed() -> QuerySet[ArticleFile]:
    return ArticleFile.objects.filter(~Exists(RevisionFile.objects.filter(file=OuterRef("pk"))))
