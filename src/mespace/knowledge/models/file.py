"""Files and pictures of articles."""

from django.conf import settings
from django.db import models

_USER = settings.AUTH_USER_MODEL


class ArticleFile(models.Model):
    """A file that was sent to be named in an article; its uploader's alone until a revision names it."""

    blob_fields = ("blob",)

    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    is_image = models.BooleanField(default=False)  # decoded and written again by us: may be shown inline
    sha256 = models.CharField(max_length=64)
    blob = models.CharField(max_length=100)
    uploaded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    uploaded_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
