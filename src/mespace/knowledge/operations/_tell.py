"""Queueing, in the act's own transaction, what people hear of an article."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import CUSTOMER_ROLES, PERMISSIONS, STAFF_ROLES, Permission
from mespace.knowledge.kinds import Audience
from mespace.knowledge.models import Article
from mespace.knowledge.news import ARTICLE, DECIDED, REVIEW
from mespace.platform.jobs import Job, defer


def tell_publishers(article: Article, *, actor: Actor, now: datetime) -> None:
    """That a text waits for review: those who may publish it, but for whoever handed it over."""
    roles = [role for role, rights in PERMISSIONS.items() if Permission.ARTICLES_PUBLISH in rights]
    people = User.objects.filter(is_active=True, roles__overlap=roles).exclude(pk=actor.person_id)
    _tell(article, REVIEW, people.values_list("pk", flat=True), now=now)


def tell_writer(article: Article, *, actor: Actor, now: datetime) -> None:
    """What became of the text: its writer, unless it was their own act."""
    if article.head is not None and article.head.by_id != actor.person_id:
        _tell(article, DECIDED, [article.head.by_id], now=now)


def tell_readers(article: Article, *, actor: Actor, now: datetime) -> None:
    """That there is a new article: those whom it concerns by audience and software, but for whoever published it."""
    people = Q(roles__overlap=sorted(STAFF_ROLES))
    products = list(article.products.values_list("pk", flat=True))
    if article.audience != Audience.STAFF:
        concerned = Q(roles__overlap=sorted(CUSTOMER_ROLES), membership__isnull=False)
        if products:
            concerned &= Q(membership__customer__contracts__products__in=products)
        people |= concerned
    rows = User.objects.filter(people, is_active=True).exclude(pk=actor.person_id)
    _tell(article, ARTICLE, rows.order_by("pk").values_list("pk", flat=True).distinct(), now=now)


def _tell(article: Article, kind: str, people: Iterable[int], *, now: datetime) -> None:
    told = sorted(people)
    if told:
        number = article.head.number if article.head is not None else 0
        defer(
            Job.ANNOUNCE,
            kind=kind,
            subject_kind=ARTICLE,
            subject_id=article.pk,
            recipients=told,
            occasion=f"{article.state}:{number}:{int(now.timestamp())}" if kind != ARTICLE else "",
            at=now.isoformat(),
        )
