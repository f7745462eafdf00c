"""Take a file that an article shall name."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.knowledge.models import ArticleFile
from mespace.knowledge.models.revision import RevisionFile
from mespace.platform.files import FileRefused, NoRoom, TooLarge, delete, receive

KEPT_UNNAMED = timedelta(days=7)
MOST_UNNAMED = 200


def upload_article_file(*, actor: Actor, now: datetime, name: str, chunks: Iterable[bytes]) -> ArticleFile:
    """A stored file, durable when this returns, its uploader's alone until a revision names it.

    Raises Refused, or ValidationError (too large, of a kind that is not taken, too many unnamed).
    """
    actor.require(Permission.ARTICLES_WRITE)
    if _unnamed().filter(uploaded_by_id=actor.person_id).count() >= MOST_UNNAMED:
        raise ValidationError({"file": [_("Too many of your files are named by no article yet.")]})
    limit: int = settings.MAX_FILE_BYTES
    try:
        taken = receive(name=name, chunks=chunks, limit=limit)
    except TooLarge:
        text = _("“%(name)s” is larger than %(most)d MB. Pack it, split it, or send a part.")
        raise ValidationError({"file": [text % {"name": name, "most": limit // 2**20}]}) from None
    except NoRoom:
        raise ValidationError({"file": [_("The server has no room for files just now.")]}) from None
    except FileRefused as refusal:
        raise ValidationError({"file": [f"“{refusal.name}”: {refusal.reason}"]}) from None
    try:
        return ArticleFile.objects.create(
            name=taken.name,
            size=taken.blob.size,
            media_type=taken.media_type,
            is_image=taken.is_image,
            sha256=taken.blob.sha256,
            blob=taken.blob.name,
            uploaded_by_id=actor.person_id,
            uploaded_at=now,
        )
    except BaseException:
        delete(taken.blob.name)
        raise


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
