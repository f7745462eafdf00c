"""Texts to start an answer from, kept by those who may manage them. Not business fact, so none is in the log."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.products.models import Product
from mespace.tickets.errors import Invalid, TicketNotFound
from mespace.tickets.models import AnswerTemplate
from mespace.tickets.operations._messages import clean_text

LONGEST_TITLE = 120


@dataclass(frozen=True)
class Template:
    """What an answer template says; with a product, it is offered only on that product's tickets."""

    title: str
    body: str
    product_id: int | None = None
    is_active: bool = True


def save_template(*, actor: Actor, template: Template, template_id: int | None = None) -> AnswerTemplate:
    """The new template, or the one of that id, changed. Raises Refused, TicketNotFound (gone), Invalid by field."""
    actor.require(Permission.ANSWER_TEMPLATES_MANAGE)
    title = " ".join(template.title.replace("\x00", "").split())
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid(
            {"title": _("Give the template a title of at most %(most)d characters.") % {"most": LONGEST_TITLE}}
        )
    if template.product_id is not None and not Product.objects.filter(pk=template.product_id).exists():
        raise Invalid({"product": _("Choose the software.")})
    row = AnswerTemplate() if template_id is None else _found(template_id)
    row.title, row.body = title, clean_text(template.body)
    row.product_id, row.is_active = template.product_id, template.is_active
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Invalid({"title": _("There is a template of this title.")}) from None
    return row


def delete_template(*, actor: Actor, template_id: int) -> None:
    """Take a template away for everybody. Raises Refused, TicketNotFound (it is gone)."""
    actor.require(Permission.ANSWER_TEMPLATES_MANAGE)
    _found(template_id).delete()


def _found(template_id: int) -> AnswerTemplate:
    row = AnswerTemplate.objects.filter(pk=template_id).first()
    if row is None:
        raise TicketNotFound(template_id)
    return row
