"""Which articles answer which tickets, and which were made from one."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from mespace.knowledge.models import Article
from mespace.tickets.models.ticket import Ticket


class ArticleTie(models.TextChoices):
    """How an article relates to a ticket."""

    ANSWERS = "answers", pgettext_lazy("tie of an article", "answers it")
    MADE_FROM = "made_from", pgettext_lazy("tie of an article", "was made from it")


class TicketArticle(models.Model):
    """An article that answers a ticket (clause 4.8), or that was made from it."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="articles", db_index=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="tickets")
    tie = models.CharField(max_length=10, choices=ArticleTie.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "article", "tie"], name="ticket_article_once")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.tie} {self.ticket_id}"
