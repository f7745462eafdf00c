"""What the vendor owes besides tickets: rows that project their logs."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from mespace.ledger.models import Stream
from mespace.obligations.lifecycle import OWED, State, state_changes
from mespace.obligations.visibility import ObligationQuerySet

_USER = settings.AUTH_USER_MODEL


class Obligation(models.Model):
    """One thing that is owed. Only `obligations/operations` writes; columns under “projections” follow from the log.

    `whom_id` and `owed_to` (a customer's number; null: owed to every customer) name rows of rooms above.
    """

    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="obligation")
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    clause = models.CharField(max_length=20)
    whom_kind = models.CharField(max_length=40)
    whom_id = models.BigIntegerField()
    owed_to = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    regulation_edition = models.ForeignKey(
        "regulation.RegulationEdition", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    # projections
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    calendar_edition = models.ForeignKey(
        "regulation.CalendarEdition", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    follows_calendar = models.BooleanField()  # its deadline rests on the production calendar
    rests_on_provisional = models.BooleanField(default=False)
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    missed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # fulfilled or withdrawn
    reason = models.CharField(max_length=40, blank=True)  # of a withdrawal
    wake_at = models.DateTimeField(null=True)  # when the timer has something to write
    version = models.PositiveIntegerField(default=0)  # the log's head

    objects: ClassVar[ObligationQuerySet] = ObligationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(OWED), ended_at__isnull=True)
                | Q(state__in=sorted(set(State) - OWED), ended_at__isnull=False),
                name="obligation_ended_has_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN)
                | Q(state__in=[State.OPEN, State.FULFILLED], missed_at__isnull=True)
                | Q(state__in=[State.MISSED, State.LATE], missed_at__isnull=False),
                name="obligation_late_was_missed",
            ),
            models.CheckConstraint(
                condition=Q(state=State.OPEN, wake_at__isnull=False) | (~Q(state=State.OPEN) & Q(wake_at__isnull=True)),
                name="obligation_open_has_a_timer",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN) & ~Q(reason="") | ~Q(state=State.WITHDRAWN) & Q(reason=""),
                name="obligation_withdrawn_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["wake_at"], name="obligation_wake", condition=Q(wake_at__isnull=False)),
            models.Index(fields=["due_at", "id"], name="obligation_owed_by_due", condition=Q(state__in=sorted(OWED))),
            models.Index(  # figures are counted without reading the rows
                fields=["due_at", "id"], include=("kind", "state", "owed_to", "whom_id"), name="obligation_by_due"
            ),
            models.Index(fields=["owed_to", "due_at", "id"], name="obligation_of_customer"),
            # A kind's list.
            models.Index(fields=["kind", "due_at", "id"], name="obligation_of_kind", include=["state"]),
            models.Index(fields=["whom_kind", "whom_id"], name="obligation_of_whom"),
        ]
        triggers = [
            pgtrigger.FSM(name="obligation_moves", field="state", transitions=state_changes()),
            pgtrigger.Protect(name="obligation_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="obligation_is_born_owed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.state NOT IN ('open', 'missed')"),
                func="RAISE EXCEPTION 'an obligation is born open or missed' USING ERRCODE = 'P0001';",
            ),
            pgtrigger.ReadOnly(
                name="obligation_identity_is_fixed",
                fields=[
                    "stream",
                    "key",
                    "kind",
                    "clause",
                    "whom_kind",
                    "whom_id",
                    "owed_to",
                    "since",
                    "opened_at",
                    "opened_by",
                    "regulation_edition",
                    "first_due_at",
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_owed(self) -> bool:
        """Still to be done."""
        return self.state in OWED

    @property
    def was_entered_late(self) -> bool:
        """Broken from the day on which it was written down (E5)."""
        return self.first_due_at < self.opened_at

    @property
    def was_moved(self) -> bool:
        """Its deadline is another than the one first promised."""
        return self.first_due_at != self.due_at


class Note(models.Model):
    """Why a deadline moved or something was withdrawn, in words; the log holds its digest only."""

    append_only = True

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="notes", db_index=False)
    seq = models.PositiveIntegerField()
    text = models.TextField()
    salt = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["obligation", "seq"], name="obligation_note_unique")]

    def __str__(self) -> str:
        return f"{self.obligation_id}, {self.seq}"
