"""What crashes left behind in the mail ledger."""

from datetime import datetime, timedelta

from django.db import transaction

from mespace.notifications.models import Delivery, State
from mespace.notifications.operations.send_mail import CLAIM_HOLDS
from mespace.platform.jobs import Job, defer

LATE = timedelta(minutes=5)  # a planned mail this long after its instant has lost its job
MOST = 500


def sweep_deliveries(*, now: datetime) -> tuple[int, int]:
    """How many mails became `uncertain` (their worker died holding them) and how many lost jobs were queued again."""
    uncertain = Delivery.objects.filter(state=State.SENDING, claimed_at__lt=now - CLAIM_HOLDS).update(
        state=State.UNCERTAIN, last_error="WorkerDied"
    )
    with transaction.atomic():
        lost = list(
            Delivery.objects.select_for_update(skip_locked=True)
            .filter(state=State.PLANNED, next_attempt_at__lt=now - LATE)
            .order_by("next_attempt_at")[:MOST]
        )
        for delivery in lost:
            delivery.next_attempt_at = now  # so that the next sweep gives this job its time
            delivery.save(update_fields=["next_attempt_at"])
            defer(Job.SEND_MAIL, delivery_id=delivery.pk)
    return uncertain, len(lost)
