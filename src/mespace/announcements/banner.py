"""What stands above every page of those whom it concerns: work that is near or under way, and open outages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists

from mespace.accounts.actor import Actor
from mespace.announcements.concerned import products_of
from mespace.announcements.models import MaintenanceWindow, Outage

FLAG = "has_current_notices"


def something_is_current() -> Any:  # noqa: ANN401 - a condition, whose parts Django has no one type for
    """Whether anything at all is current; read along with the person, so it costs no statement."""
    return Exists(MaintenanceWindow.objects.filter(is_current=True)) | Exists(Outage.objects.filter(ended_at=None))


@dataclass(frozen=True)
class Current:
    """What concerns one person now."""

    maintenance: list[MaintenanceWindow]
    outages: list[Outage]

    def __bool__(self) -> bool:
        return bool(self.maintenance or self.outages)


def current_for(actor: Actor, *, now: datetime) -> Current:
    """What is current and concerns the actor: outages first come first, then work by its start; two statements."""
    products = products_of(actor, now=now)
    outages = Outage.objects.visible_to(actor).filter(ended_at=None).concerning(products)
    windows = MaintenanceWindow.objects.visible_to(actor).filter(is_current=True).concerning(products)
    return Current(list(windows.order_by("starts_at", "pk")), list(outages.order_by("began_at", "pk")))
