"""The one gate: everything that is announced stands on the public status page, so every signed-in person sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

if TYPE_CHECKING:
    from mespace.accounts.actor import Actor

Row = TypeVar("Row", bound=models.Model)


class NoticeQuerySet(models.QuerySet[Row]):
    """Chainable filters of planned work and outages."""

    def visible_to(self, actor: Actor) -> NoticeQuerySet[Row]:
        """All for a person; nothing for anybody else."""
        return self.all() if actor.is_person else self.none()

    def concerning(self, product_ids: Any) -> NoticeQuerySet[Row]:  # noqa: ANN401 - ids, or a query of them
        """Those with a component that serves everybody, or one of these products."""
        through = self.model.components.through.objects  # type: ignore[attr-defined] # every notice has components
        column = f"{self.model._meta.model_name}_id"  # noqa: SLF001 - Django's public name
        of = through.filter(**{column: models.OuterRef("pk")})
        serves_all = models.Q(component__products=None) | models.Q(component__products__in=product_ids)
        return self.filter(models.Exists(of.filter(serves_all)))
