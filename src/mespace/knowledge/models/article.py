"""Articles: what does not change with a text, and how far the newest text has come."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mespace.knowledge.kinds import ArticleKind, Audience
from mespace.knowledge.lifecycle import Standing, State, state_changes
from mespace.knowledge.models.space import Section
from mespace.knowledge.visibility import ArticleQuerySet
from mespace.platform.audit import audited, audited_links
from mespace.products.models import Build, Component, KnownError, Product, Version

_USER = settings.AUTH_USER_MODEL


@audited()
class Article(models.Model):
    """One article under its permanent number. Its texts are revisions; only `knowledge/operations` writes.

    Readers have the revision `shown`; `state` tells of the newest one, `head`.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="articles", verbose_name=_("section"))
    kind = models.CharField(_("kind of article"), max_length=16, choices=ArticleKind.choices)
    audience = models.CharField(_("who reads it"), max_length=16, choices=Audience.choices, default=Audience.CUSTOMERS)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    head = models.ForeignKey("Revision", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    shown = models.ForeignKey("Revision", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    products = models.ManyToManyField(Product, blank=True, related_name="articles", verbose_name=_("software"))
    components = models.ManyToManyField(Component, blank=True, related_name="articles", verbose_name=_("components"))
    versions = models.ManyToManyField(
        Version, blank=True, related_name="articles", verbose_name=_("valid for versions")
    )
    known_error = models.OneToOneField(
        KnownError, on_delete=models.PROTECT, null=True, blank=True, related_name="article",
        verbose_name=_("known error"),
    )  # fmt: skip
    build = models.OneToOneField(
        Build, on_delete=models.PROTECT, null=True, blank=True, related_name="article", verbose_name=_("build")
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    first_published_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)  # the revision that readers have
    outdated_at = models.DateTimeField(null=True)
    outdated_reason = models.CharField(max_length=500, blank=True)

    objects: ClassVar[ArticleQuerySet] = ArticleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ArticleKind.KNOWN_ERROR, known_error__isnull=False)
                | (~Q(kind=ArticleKind.KNOWN_ERROR) & Q(known_error__isnull=True)),
                name="article_known_error_is_bound",
            ),
            models.CheckConstraint(
                condition=Q(kind=ArticleKind.RELEASE_NOTES, build__isnull=False)
                | (~Q(kind=ArticleKind.RELEASE_NOTES) & Q(build__isnull=True)),
                name="article_release_notes_are_bound",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(shown=F("head"), outdated_at__isnull=True),
                name="article_published_shows_the_newest",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.OUTDATED) | Q(shown__isnull=False, outdated_at__isnull=False),
                name="article_outdated_was_published",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DISCARDED) | Q(shown__isnull=True),
                name="article_discarded_was_never_published",
            ),
            models.CheckConstraint(
                condition=Q(shown__isnull=True, published_at__isnull=True, outdated_at__isnull=True)
                | Q(shown__isnull=False, published_at__isnull=False, first_published_at__isnull=False),
                name="article_shown_was_published",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="article_by_state"),
            models.Index(fields=["-published_at"], name="article_newest", condition=Q(shown__isnull=False)),
        ]
        triggers = [
            pgtrigger.FSM(name="article_moves", field="state", transitions=state_changes()),
            pgtrigger.Trigger(
                name="article_is_born_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.state <> 'draft' OR NEW.shown_id IS NOT NULL"),
                func="RAISE EXCEPTION 'an article is born a draft' USING ERRCODE = 'P0001';",
            ),
            pgtrigger.Trigger(
                name="article_shows_what_was_reviewed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NEW.shown_id IS DISTINCT FROM OLD.shown_id"
                    " AND NOT (OLD.state = 'review' AND NEW.state = 'published' AND NEW.shown_id = OLD.head_id)"
                ),
                func="RAISE EXCEPTION 'readers get what was in review' USING ERRCODE = 'P0001';",
            ),
            pgtrigger.Protect(name="article_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="article_identity_is_fixed", fields=["kind", "created_at", "created_by"]),
        ]

    def __str__(self) -> str:
        return f"article {self.pk}"

    @property
    def standing(self) -> Standing:
        """What the table of moves is asked with."""
        return Standing(State(self.state), self.shown_id is not None, self.shown_id == self.head_id)

    @property
    def is_outdated(self) -> bool:
        """Whether readers are told that it does not hold any more."""
        return self.outdated_at is not None

    @property
    def has_pending(self) -> bool:
        """Whether there is a newer text than the one that readers have."""
        return self.shown_id is not None and self.shown_id != self.head_id


class ArticleStep(models.Model):
    """What was done to an article, when and by whom. Only ever added."""

    append_only = True

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="steps")
    revision = models.ForeignKey("Revision", on_delete=models.PROTECT, related_name="+", db_index=False)
    verb = models.CharField(max_length=12)
    before = models.CharField(max_length=12, choices=State.choices, blank=True)
    after = models.CharField(max_length=12, choices=State.choices)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        triggers = [
            pgtrigger.Protect(name="article_step_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.verb}"


@audited_links
class ArticleProduct(Article.products.through):  # type: ignore[misc, name-defined] # Django makes the table's class
    """Which software an article is about, for the row audit."""

    class Meta:
        proxy = True


@audited_links
class ArticleComponent(Article.components.through):  # type: ignore[misc, name-defined]
    """Which components an article is about, for the row audit."""

    class Meta:
        proxy = True


@audited_links
class ArticleVersion(Article.versions.through):  # type: ignore[misc, name-defined]
    """For which versions an article is valid, for the row audit."""

    class Meta:
        proxy = True
