"""The texts of articles: written once, kept for ever."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models

from mespace.knowledge.models.article import Article
from mespace.knowledge.models.file import ArticleFile
from mespace.knowledge.visibility import TextQuerySet

_USER = settings.AUTH_USER_MODEL


class Revision(models.Model):
    """One text of an article under its permanent address. The database refuses every change of it."""

    append_only = True

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    body = models.TextField()
    details = models.JSONField(default=dict)  # the kind's own fields by name, as text: knowledge/kinds.py
    note = models.CharField(max_length=300, blank=True)  # what was changed and why
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    files: "models.ManyToManyField[ArticleFile, RevisionFile]" = models.ManyToManyField(
        ArticleFile, through="RevisionFile", related_name="revisions"
    )

    objects: ClassVar[TextQuerySet] = TextQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["article", "number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_unique")]
        triggers = [
            pgtrigger.Protect(name="revision_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}, revision {self.number}"


class RevisionFile(models.Model):
    """A file that a text names."""

    append_only = True

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="file_ties", db_index=False)
    file = models.ForeignKey(ArticleFile, on_delete=models.PROTECT, related_name="ties")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "file"], name="revision_file_once")]
        triggers = [
            pgtrigger.Protect(name="revision_file_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} names {self.file_id}"


class Publication(models.Model):
    """That a revision was given to readers: from then on they may read it under its address."""

    append_only = True

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="publications")
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="publication_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} at {self.at}"
