"""Who is planned to be on duty, and who is away."""

from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mespace.platform.audit import audited

ROSTER_ZONE: Final = ZoneInfo("Europe/Moscow")  # days and weeks of the roster begin at its midnight


class AbsenceKind(models.TextChoices):
    """Why somebody is away; shown to managers and to the person alone."""

    VACATION = "vacation", _("vacation")
    SICK_LEAVE = "sick_leave", _("sick leave")
    BUSINESS_TRIP = "business_trip", _("business trip")
    TRAINING = "training", _("training")
    OTHER = "other", _("other")


@audited()
class Shift(models.Model):
    """One person's duty during `[starts_at, ends_at)`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shifts", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_its_start"),
            models.UniqueConstraint(fields=["starts_at", "user"], name="shift_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.starts_at:%Y-%m-%d %H:%M} – {self.ends_at:%Y-%m-%d %H:%M}"


@audited()
class Absence(models.Model):
    """A person is away during `[starts_at, ends_at)`, whatever the roster says."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(_("reason"), max_length=20, choices=AbsenceKind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_its_start")
        ]
        indexes = [models.Index(fields=["ends_at"], name="absence_not_over")]

    def __str__(self) -> str:
        return f"{self.user} · {self.starts_at:%Y-%m-%d} – {self.ends_at:%Y-%m-%d}"
