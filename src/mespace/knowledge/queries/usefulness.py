"""How much an article helps, for those who write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum

from mespace.knowledge.models import Article, ArticleViews, Feedback

PERIOD = timedelta(days=90)
MOST_NOTES = 20


@dataclass(frozen=True)
class Usefulness:
    """Counts of an article; openings of the last 90 days."""

    opened: int
    helped: int
    instead_of_a_request: int
    not_helped: int
    reasons: list[tuple[str, int]]  # the label and how often
    notes: Sequence[Feedback]  # what was written, newest first, without names


def usefulness(article: Article, *, today: date) -> Usefulness:
    """What readers did with the article; four statements."""
    rows = Feedback.objects.filter(article=article)
    counted = rows.aggregate(
        yes=Count("pk", filter=Q(helped=True)),
        instead=Count("pk", filter=Q(helped=True, source="filing")),
        no=Count("pk", filter=Q(helped=False)),
    )
    reasons = rows.filter(helped=False).order_by().values("reason").annotate(times=Count("pk")).order_by("-times")
    labels = dict(Feedback._meta.get_field("reason").flatchoices)  # noqa: SLF001 - Django's public name
    opened = ArticleViews.objects.filter(article=article, day__gt=today - PERIOD).aggregate(times=Sum("count"))
    return Usefulness(
        opened["times"] or 0,
        counted["yes"],
        counted["instead"],
        counted["no"],
        [(str(labels[row["reason"]]), row["times"]) for row in reasons],
        list(rows.filter(helped=False).exclude(note="").order_by("-id")[:MOST_NOTES]),
    )
