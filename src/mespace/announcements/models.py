"""What is announced: components, planned work, outages, their texts, and who has seen them."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mespace.announcements.lifecycle import AHEAD, State, state_changes
from mespace.announcements.visibility import NoticeQuerySet
from mespace.ledger.models import Stream
from mespace.platform.audit import audited
from mespace.products.models import Product

_USER = settings.AUTH_USER_MODEL
LONGEST_TEXT = 20_000


@audited()
class ServiceComponent(models.Model):
    """A part of the vendor's own service that can be up or down, such as the tracker or the intake of mail."""

    code = models.SlugField(
        _("code"),
        max_length=30,
        unique=True,
        help_text=_("Latin letters: the prober calls the component so. It cannot be changed."),
    )
    name = models.CharField(_("name"), max_length=100, unique=True)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    products = models.ManyToManyField(
        Product,
        blank=True,
        related_name="service_components",
        verbose_name=_("only for users of"),
        help_text=_("Choose none for what everybody uses."),
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=10)
    is_active = models.BooleanField(_("shown on the status page"), default=True)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name if get_language() != "en" else self.name_en or self.name


class MaintenanceWindow(models.Model):
    """Planned work with an exact start and a promised instant of restored access (clause 4.3).

    Only `announcements/operations` writes; columns under “projections” follow from the log.
    """

    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="maintenance")
    components = models.ManyToManyField(ServiceComponent, related_name="maintenance", through="MaintenanceComponent")
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    first_restore_at = models.DateTimeField()  # as first announced

    # projections
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ANNOUNCED)
    starts_at = models.DateTimeField()
    restore_at = models.DateTimeField()  # as promised now
    lead_seconds = models.PositiveIntegerField()  # of working time from the (last) announcement to the start
    restored_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    overrun_at = models.DateTimeField(null=True)  # the promised instant that passed last
    told_at = models.DateTimeField()  # the last announcement, move or reminder: earlier reminders are done
    is_current = models.BooleanField(default=False)  # stands above every page of those concerned
    wake_at = models.DateTimeField(null=True)  # when the timer has something to write
    sequence = models.PositiveIntegerField(default=0)  # of its calendar entry (RFC 5545)
    version = models.PositiveIntegerField(default=0)  # the log's head

    objects: ClassVar[NoticeQuerySet["MaintenanceWindow"]] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(restore_at__gt=F("starts_at")), name="maintenance_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(AHEAD), restored_at__isnull=True, cancelled_at__isnull=True)
                | Q(state=State.RESTORED, restored_at__gte=F("starts_at"), cancelled_at__isnull=True)
                | Q(state=State.CANCELLED, cancelled_at__isnull=False, restored_at__isnull=True),
                name="maintenance_ended_has_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ANNOUNCED, wake_at__isnull=False)
                | Q(state=State.RUNNING)
                | (Q(state__in=[State.RESTORED, State.CANCELLED], wake_at__isnull=True, is_current=False)),
                name="maintenance_ahead_has_a_timer",
            ),
        ]
        indexes = [
            models.Index(fields=["wake_at"], name="maintenance_wake", condition=Q(wake_at__isnull=False)),
            models.Index(fields=["id"], name="maintenance_current", condition=Q(is_current=True)),
            models.Index(fields=["starts_at", "id"], name="maintenance_by_start"),
        ]
        triggers = [
            pgtrigger.FSM(name="maintenance_moves", field="state", transitions=state_changes()),
            pgtrigger.Protect(name="maintenance_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="maintenance_identity_is_fixed",
                fields=["stream", "announced_at", "announced_by", "first_restore_at"],
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_overrun(self) -> bool:
        """Still under way after the promised instant, and nothing new is promised yet."""
        return self.state == State.RUNNING and self.overrun_at == self.restore_at


class MaintenanceComponent(models.Model):
    """A component that the planned work concerns."""

    maintenancewindow = models.ForeignKey(MaintenanceWindow, on_delete=models.PROTECT, db_index=False)
    component = models.ForeignKey(ServiceComponent, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["maintenancewindow", "component"], name="maintenance_component_unique")
        ]

    def __str__(self) -> str:
        return f"{self.maintenancewindow_id}: {self.component_id}"


class Impact(models.TextChoices):
    """How far an outage goes."""

    DOWN = "down", pgettext_lazy("outage", "does not work")
    DEGRADED = "degraded", pgettext_lazy("outage", "works with disturbances")


class Outage(models.Model):
    """Something that should work and does not, by no plan of ours (clause 4.4)."""

    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="outage")
    components = models.ManyToManyField(ServiceComponent, related_name="outages", through="OutageComponent")
    title = models.CharField(max_length=200)
    impact = models.CharField(max_length=10, choices=Impact.choices)
    began_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)

    # projections
    ended_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar[NoticeQuerySet["Outage"]] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")), name="outage_ends_after_beginning"
            ),
            models.CheckConstraint(condition=Q(reported_at__gte=F("began_at")), name="outage_reported_after_beginning"),
        ]
        indexes = [
            models.Index(fields=["id"], name="outage_open", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["began_at", "id"], name="outage_by_beginning"),
        ]
        triggers = [
            pgtrigger.Protect(name="outage_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="outage_identity_is_fixed",
                fields=["stream", "title", "began_at", "reported_at", "reported_by"],
            ),
            pgtrigger.Protect(
                name="outage_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.ended_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OutageComponent(models.Model):
    """A component that the outage concerns."""

    outage = models.ForeignKey(Outage, on_delete=models.PROTECT, db_index=False)
    component = models.ForeignKey(ServiceComponent, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outage", "component"], name="outage_component_unique")]

    def __str__(self) -> str:
        return f"{self.outage_id}: {self.component_id}"


class Entry(models.Model):
    """A text of an announcement with the event that brought it; the log holds its salted digest only."""

    append_only = True

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="entries", db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    salt = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="announcement_entry_unique")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Seen(models.Model):
    """A person had an announcement's page before them, signed in: when first, and with which events on it."""

    append_only = True

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "user", "version"], name="announcement_seen_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.version}"


class FeedAddress(models.Model):
    """The secret in the address of a person's own calendar; only its digest is kept, so it is shown once."""

    user = models.OneToOneField(_USER, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, validators=[RegexValidator(r"\A[0-9a-f]{64}\Z")])
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"of {self.user_id}"


@audited(without=["last_seq", "last_hash", "last_at", "last_counts_at", "last_received_at", "skew_seconds"])
class Probe(models.Model):
    """A prober that may deliver what it saw: its name, and the key that proves a delivery to be its own."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    place = models.CharField(_("where it runs"), max_length=200, blank=True)
    public_key = models.CharField(
        _("public key"),
        max_length=64,
        unique=True,
        validators=[RegexValidator(r"\A[0-9a-f]{64}\Z", _("64 hexadecimal digits, as the prober prints them."))],
    )
    is_active = models.BooleanField(_("its deliveries are taken"), default=True)

    last_seq = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64)
    last_at = models.DateTimeField(null=True, blank=True)  # of the newest round, by its own clock
    last_counts_at = models.DateTimeField(null=True, blank=True)
    last_received_at = models.DateTimeField(null=True, blank=True)
    skew_seconds = models.IntegerField(default=0)  # how far its clock is behind ours

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class ProbeRound(models.Model):
    """One look at all components, as the prober chained and signed it; kept whole, so it can be checked again."""

    append_only = True

    probe = models.ForeignKey(Probe, on_delete=models.PROTECT, related_name="rounds", db_index=False)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()  # by the prober's clock, as signed
    counts_at = models.DateTimeField()  # by ours
    results = models.JSONField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["probe", "seq"], name="probe_round_unique")]
        indexes = [models.Index(fields=["counts_at"], name="probe_round_by_instant")]

    def __str__(self) -> str:
        return f"{self.probe_id}: {self.seq}"


class DayFigure(models.Model):
    """How many seconds of a Moscow day a component was seen up or down, by the rounds; the rest is unknown."""

    component = models.ForeignKey(ServiceComponent, on_delete=models.PROTECT, related_name="days", db_index=False)
    day = models.DateField()
    up = models.PositiveIntegerField()
    down = models.PositiveIntegerField()
    planned = models.PositiveIntegerField()  # of `down`, within announced work

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["component", "day"], name="day_figure_unique"),
            models.CheckConstraint(condition=Q(planned__lte=F("down")), name="day_figure_planned_is_down"),
        ]
        indexes = [models.Index(fields=["day"], name="day_figure_by_day")]

    def __str__(self) -> str:
        return f"{self.component_id} {self.day}"
