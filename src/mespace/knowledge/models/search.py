"""The search index of articles, and the words that it knows."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from mespace.knowledge.models.article import Article


class ArticleEntry(models.Model):
    """What can be found of an article: `shown` by its readers, `newest` by those who read drafts."""

    article = models.OneToOneField(Article, on_delete=models.PROTECT, primary_key=True, related_name="entry")
    shown = SearchVectorField(null=True)
    shown_title = SearchVectorField(null=True)
    newest = SearchVectorField()
    newest_title = SearchVectorField()
    shown_text = models.TextField(blank=True)  # without marks: fragments are cut from it
    newest_text = models.TextField()

    class Meta:
        indexes = [
            GinIndex(fields=["shown"], name="article_search_shown"),
            GinIndex(fields=["shown_title"], name="article_search_shown_title"),
            GinIndex(fields=["newest"], name="article_search_newest"),
            GinIndex(fields=["newest_title"], name="article_search_newest_t"),
        ]

    def __str__(self) -> str:
        return f"search entry of article {self.article_id}"


class KnownWord(models.Model):
    """A word that stands in some article, and in about how many: what a mistyped word may have meant."""

    word = models.CharField(max_length=40, primary_key=True)
    articles = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class WordWithout(models.Model):
    """A known word with one letter left out (or none): two words that share one are a slip of a finger apart."""

    word = models.ForeignKey(KnownWord, on_delete=models.CASCADE, db_index=False)
    without = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["without", "word"], name="word_without_once")]

    def __str__(self) -> str:
        return self.without
