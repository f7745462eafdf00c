"""An archive of a space that was sent to be imported."""

from django.conf import settings
from django.db import models

from mespace.knowledge.models.space import Space

_USER = settings.AUTH_USER_MODEL


class SpaceImport(models.Model):
    """What an archive says until it is imported; then only who imported what, and how much of it. Its uploader's own.

    Its files are `ArticleFile`s of the uploader, which no revision names yet.
    """

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="imports", db_index=False)
    file_name = models.CharField(max_length=200)
    texts = models.JSONField(default=list)  # [path, text]
    files = models.JSONField(default=dict)  # by the number that texts name: {"id", "path", "sha256"} of what was sent
    complaints = models.JSONField(default=list)  # [path, line, text] of what could not even be read
    uploaded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["uploaded_at"], name="space_import_waiting", condition=models.Q(applied_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.space_id}: {self.file_name}"
