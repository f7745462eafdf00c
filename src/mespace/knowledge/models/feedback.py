"""What readers say of an article, and how often it is opened: counts, and no trail of who read what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from mespace.knowledge.models.article import Article
from mespace.knowledge.models.revision import Revision

_USER = settings.AUTH_USER_MODEL


class NotHelped(models.TextChoices):
    """Why an article did not solve it."""

    OTHER_CASE = "other_case", pgettext_lazy("why not", "My case is another one")
    DID_NOT_WORK = "did_not_work", pgettext_lazy("why not", "I did it, and it did not help")
    UNCLEAR = "unclear", pgettext_lazy("why not", "I do not understand what to do")
    WRONG = "wrong", pgettext_lazy("why not", "Something in it is wrong or out of date")


class Source(models.TextChoices):
    """Where the question was answered."""

    READING = "reading", pgettext_lazy("where feedback came from", "while reading")
    FILING = "filing", pgettext_lazy("where feedback came from", "instead of a request")


class Feedback(models.Model):
    """“Did this solve it?” A signed-in person has one answer per article, the latest; a stranger's has no name."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="feedback", db_index=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+", db_index=False)
    helped = models.BooleanField()
    reason = models.CharField(max_length=16, choices=NotHelped.choices, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.READING)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "by"], condition=Q(by__isnull=False), name="feedback_one_answer_each"
            ),
            models.CheckConstraint(
                condition=Q(helped=True, reason="") | (Q(helped=False) & ~Q(reason="")),
                name="feedback_not_helped_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["article", "-id"], name="feedback_of_article")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.helped}"


class ArticleViews(models.Model):
    """How often an article was opened on a Moscow day, by readers together. No person, no address, no session."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="views", db_index=False)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="article_views_of_day")]

    def __str__(self) -> str:
        return f"{self.article_id} on {self.day}: {self.count}"
