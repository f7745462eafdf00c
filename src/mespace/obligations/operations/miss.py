"""The sweep: what came due and was not done."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from mespace.accounts.actor import TIMER
from mespace.obligations.models import Obligation
from mespace.obligations.operations._act import Act

BATCH = 200
# What was done in the last seconds may be on its way through the queue; the fact carries the due instant anyway.
GRACE = timedelta(minutes=2)


def due_obligations(*, now: datetime) -> Iterator[int]:
    """Rows whose due instant has passed by more than the grace, the longest overdue first, each once; in batches.

    One that cannot be settled stays due and is passed by, so it never holds up the others.
    """
    rows = Obligation.objects.filter(wake_at__lt=now - GRACE).order_by("wake_at", "pk")
    seen: set[int] = set()
    while batch := list(rows.exclude(pk__in=seen).values_list("pk", flat=True)[:BATCH]):
        seen.update(batch)
        yield from batch


def miss(*, obligation_id: int, now: datetime) -> Obligation | None:
    """The obligation, missed at its due instant if that has passed; None while somebody else acts on it.

    Idempotent.
    """
    with transaction.atomic():
        obligation = (
            Obligation.objects.select_related("stream", "regulation_edition")
            .select_for_update(of=("self", "stream"), no_key=True, skip_locked=True)
            .filter(pk=obligation_id)
            .first()
        )
        if obligation is not None:
            act = Act(obligation, TIMER, max(now, obligation.stream.head_at or now), now)
            act.settle()
    return obligation
