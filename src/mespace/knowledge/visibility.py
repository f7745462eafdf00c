"""The one gate: which articles, revisions and files an actor may read. Deny by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q

from mespace.accounts.permissions import Permission
from mespace.customers.models import SupportContract
from mespace.knowledge.kinds import Audience
from mespace.knowledge.lifecycle import State

if TYPE_CHECKING:
    from mespace.accounts.actor import Actor
    from mespace.knowledge.models.article import Article  # noqa: F401 - named in the types below
    from mespace.knowledge.models.revision import Revision  # noqa: F401


def reads_drafts(actor: Actor) -> bool:
    """Whether the actor reads what is not published, and every revision."""
    return actor.can(Permission.ARTICLES_READ_DRAFTS)


def _readable(actor: Actor) -> Q:
    """The condition on an article's audience, once it is published."""
    if actor.can(Permission.ARTICLES_READ_STAFF):
        return Q()
    seen = Q(audience=Audience.PUBLIC)
    if actor.can(Permission.ARTICLES_READ_CUSTOMERS) and actor.customer_id is not None:
        # Any contract of the customer, also one that has ended: reading stays (clause 2.2).
        covered = SupportContract.products.through.objects.filter(supportcontract__customer_id=actor.customer_id)
        # As an array it is asked for once, not for each article.
        about = _about().filter(product__any=ArraySubquery(covered.values("product_id")))
        seen |= Q(audience=Audience.CUSTOMERS) | Q(Q(audience=Audience.PRODUCT_USERS), Exists(about))
    return seen


def _about() -> models.QuerySet[models.Model]:
    """The ties of the article in question to software."""
    from mespace.knowledge.models import Article

    return Article.products.through.objects.filter(article=OuterRef("pk"))


class ArticleQuerySet(models.QuerySet["Article"]):
    """Chainable filters of articles."""

    def visible_to(self, actor: Actor) -> ArticleQuerySet:
        """Those that `actor` may read: published ones by audience, or all for those who read drafts."""
        if reads_drafts(actor):
            return self.all()
        return self.filter(_readable(actor), shown__isnull=False)

    def kept(self) -> ArticleQuerySet:
        """Those that were not discarded: lists and searches show no others, their own addresses do."""
        return self.exclude(state=State.DISCARDED)

    def current(self) -> ArticleQuerySet:
        """Published and not outdated."""
        return self.filter(shown__isnull=False, outdated_at__isnull=True)


class TextQuerySet(models.QuerySet["Revision"]):
    """Chainable filters of revisions."""

    def visible_to(self, actor: Actor) -> TextQuerySet:
        """Those that `actor` may read: of readable articles the ones that were published, or all."""
        from mespace.knowledge.models import Article, Publication

        if reads_drafts(actor):
            return self.all()
        given = Publication.objects.filter(revision=OuterRef("pk"))
        return self.filter(Exists(given), article__in=Article.objects.visible_to(actor))
