"""Answering a ticket with an article (clause 4.8), and noting that an article was made from one."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.actors import actor_of
from mespace.knowledge.models import Article
from mespace.tickets.errors import Invalid, TicketNotFound
from mespace.tickets.events import Kind
from mespace.tickets.models import ArticleTie, Ticket, TicketArticle
from mespace.tickets.operations._act import acting

RELATION = "article"


def link_article(*, ticket_id: int, actor: Actor, now: datetime, article_id: int, key: str | None = None) -> Ticket:
    """The ticket with an article that its requester may read; linked twice, nothing changes.

    Raises TicketNotFound, Refused, Invalid (no such article, or the requester may not read it).
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="link_article", content=article_id) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        article = Article.objects.visible_to(actor).filter(pk=article_id, shown__isnull=False).first()
        if article is None:
            raise Invalid({"article": _("Give the number of a published article.")})
        if not Article.objects.visible_to(actor_of(act.ticket.requester)).filter(pk=article.pk).exists():
            raise Invalid({"article": _("The requester may not read this article: it is for others.")})
        _row, created = TicketArticle.objects.get_or_create(
            ticket=act.ticket,
            article=article,
            tie=ArticleTie.ANSWERS,
            defaults={"by_id": actor.person_id, "at": now},
        )
        if created:
            act.record(Kind.LINKED, {"relation": RELATION, "other": str(article.pk)})
    return act.ticket


def note_article_made(*, ticket_id: int, actor: Actor, now: datetime, article_id: int) -> None:
    """Keep from which ticket an article was made; no fact of the ticket, and no customer is told.

    Raises Refused, TicketNotFound.
    """
    actor.require(Permission.ARTICLES_WRITE)
    if not Ticket.objects.visible_to(actor).filter(pk=ticket_id).exists():
        raise TicketNotFound
    TicketArticle.objects.get_or_create(
        ticket_id=ticket_id,
        article_id=article_id,
        tie=ArticleTie.MADE_FROM,
        defaults={"by_id": actor.person_id, "at": now},
    )
