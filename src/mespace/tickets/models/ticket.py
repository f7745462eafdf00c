"""A ticket: what was asked for, and projections of its log."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mespace.customers.models import (
    Area,
    ContractRevision,
    Customer,
    Project,
    Site,
    SupportContract,
    WorkCenter,
)
from mespace.ledger.models import Stream
from mespace.products.models import Build, KnownError, OtherVendor, Product
from mespace.tickets.lifecycle import (
    NOT_CLOSED,
    WAITING,
    Criticality,
    ReactionState,
    Resolution,
    Status,
    TicketType,
    WaitingFor,
    status_changes,
)
from mespace.tickets.visibility import TicketQuerySet

_USER = settings.AUTH_USER_MODEL


class Ticket(models.Model):
    """One message of a user about an error, an incident, a change request or a question.

    Only `tickets/operations` writes here. Columns under “projections” follow from the log and are re-derived every
    night.
    """

    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="ticket")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="tickets", db_index=False)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=24, unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="tickets", db_index=False)
    contract = models.ForeignKey(SupportContract, on_delete=models.PROTECT, related_name="tickets", db_index=False)
    contract_revision = models.ForeignKey(  # by which the ticket was entitled (clause 2.2)
        ContractRevision, on_delete=models.PROTECT, related_name="tickets", db_index=False
    )
    regulation_edition = models.ForeignKey(
        "regulation.RegulationEdition", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    requester = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    contact_at = models.DateTimeField(null=True)
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="continued_by")

    subject = models.CharField(max_length=250)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    build = models.ForeignKey(Build, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    work_center = models.ForeignKey(WorkCenter, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    what_was_done = models.TextField(blank=True)
    expected = models.TextField(blank=True)
    stopped_process = models.CharField(max_length=300, blank=True)
    developers_task = models.URLField(max_length=500, blank=True)
    outside_support = models.BooleanField(default=False)  # from a configuration that is not supported (clause 6.1)

    # projections
    type = models.CharField(max_length=20, choices=TicketType.choices)
    criticality = models.CharField(max_length=20, choices=Criticality.choices)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    resolution = models.CharField(max_length=20, choices=Resolution.choices, blank=True)
    waiting_for = models.CharField(max_length=20, choices=WaitingFor.choices, blank=True)
    holder = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    assignee = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    calendar_edition = models.ForeignKey(
        "regulation.CalendarEdition", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reaction_state = models.CharField(max_length=20, choices=ReactionState.choices, default=ReactionState.RUNNING)
    reaction_due_at = models.DateTimeField()
    reacted_at = models.DateTimeField(null=True)
    term = models.PositiveIntegerField(default=0)  # the last term's number
    term_opened_at = models.DateTimeField(null=True)  # null: no term is running; so the three below
    term_received_at = models.DateTimeField(null=True)
    term_evidence = models.CharField(max_length=10, blank=True)
    term_due_at = models.DateTimeField(null=True)
    term_reminded = models.BooleanField(default=False)
    wake_at = models.DateTimeField(null=True)  # when a timer has something to write
    # Whose ball it was, in seconds, from the registration to `time_to`: the last fact that touches a clock.
    time_vendor = models.BigIntegerField(default=0)
    time_customer = models.BigIntegerField(default=0)
    time_third_party = models.BigIntegerField(default=0)
    time_outside = models.BigIntegerField(default=0)
    time_to = models.DateTimeField(null=True)
    time_calendar = models.CharField(max_length=20, blank=True)  # the edition by which the time after it is split
    planned_target = models.CharField(max_length=60, blank=True)
    planned_on = models.DateField(null=True)
    vendor = models.ForeignKey(OtherVendor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="duplicates")
    known_error = models.ForeignKey(KnownError, on_delete=models.PROTECT, null=True, related_name="tickets")
    closed_at = models.DateTimeField(null=True)
    status_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)  # the log's head
    public_version = models.PositiveIntegerField(default=0)  # the last event that the customer sees
    active_at = models.DateTimeField()  # instant of that event: the customer's list is ordered by it
    queue_rank = models.PositiveSmallIntegerField(default=0)  # 0 reaction runs, 1 support's move, 2 waiting, 3 closed
    queue_at = models.DateTimeField()  # within a rank, the earlier the more urgent

    objects: ClassVar[TicketQuerySet] = TicketQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            # Clause 4.5.
            models.UniqueConstraint(fields=["project", "number"], name="ticket_number_unique"),
            # Clause 5.3.
            models.CheckConstraint(
                condition=Q(criticality=Criticality.NON_CRITICAL) | Q(type=TicketType.INCIDENT),
                name="ticket_only_incidents_are_critical",
            ),
            # Clause 4.8.
            models.CheckConstraint(
                condition=(Q(status=Status.CLOSED) & ~Q(resolution="") & Q(closed_at__isnull=False))
                | (~Q(status=Status.CLOSED) & Q(resolution="") & Q(closed_at__isnull=True)),
                name="ticket_closed_has_resolution",
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.SUSPENDED) & ~Q(waiting_for=""))
                | (~Q(status=Status.SUSPENDED) & Q(waiting_for="")),
                name="ticket_suspended_waits_for_someone",
            ),
            # Clause 5.4.
            models.CheckConstraint(
                condition=~Q(resolution=Resolution.THIRD_PARTY) | Q(vendor__isnull=False),
                name="ticket_third_party_names_vendor",
            ),
            models.CheckConstraint(
                condition=(Q(resolution=Resolution.DUPLICATE) & Q(duplicate_of__isnull=False))
                | (~Q(resolution=Resolution.DUPLICATE) & Q(duplicate_of__isnull=True)),
                name="ticket_duplicate_names_other",
            ),
            models.CheckConstraint(condition=~Q(duplicate_of=F("id")), name="ticket_no_duplicate_of_itself"),
            models.CheckConstraint(
                condition=~Q(status=Status.OPEN) | Q(reacted_at__isnull=True), name="ticket_open_is_not_reacted"
            ),
            # Clause 5.5.
            models.CheckConstraint(
                condition=Q(term_opened_at__isnull=True)
                | Q(status__in=[Status.INFO_REQUESTED, Status.SOLUTION_PROPOSED]),
                name="ticket_term_runs_while_customer_is_asked",
            ),
        ]
        indexes = [
            models.Index(
                F("queue_rank"), F("queue_at"), F("id"), name="ticket_queue", condition=~Q(status=Status.CLOSED)
            ),
            models.Index(
                F("assignee"),
                F("queue_rank"),
                F("queue_at"),
                F("id"),
                name="ticket_queue_of",
                condition=~Q(status=Status.CLOSED),
            ),
            models.Index(fields=["assignee", "-active_at", "-id"], name="ticket_assigned_recent"),
            models.Index(fields=["customer", "-active_at", "-id"], name="ticket_customer_recent"),
            models.Index(fields=["requester", "-active_at", "-id"], name="ticket_requester_recent"),
            models.Index(fields=["holder", "-active_at", "-id"], name="ticket_holder_recent"),
            models.Index(fields=["-active_at", "-id"], name="ticket_recent"),
            models.Index(fields=["reaction_due_at", "id"], name="ticket_reaction_due"),
            models.Index(fields=["customer", "reaction_due_at", "id"], name="ticket_customer_reaction_due"),
            models.Index(  # what is owed now: few of all, by the instant until which
                fields=["reaction_due_at", "id"], name="ticket_reaction_owed", condition=Q(status=Status.OPEN)
            ),
            models.Index(fields=["planned_on", "id"], name="ticket_planned", condition=Q(status=Status.SCHEDULED)),
            models.Index(fields=["wake_at"], name="ticket_wake", condition=Q(wake_at__isnull=False)),
            models.Index(  # reports count without reading the rows
                fields=["registered_at", "id"],
                include=("customer", "type", "criticality", "reaction_state", "reaction_due_at"),
                name="ticket_reaction_report",
            ),
        ]
        triggers = [
            # Clause 4.1: nothing but the moves of the table.
            pgtrigger.FSM(name="ticket_moves", field="status", transitions=status_changes()),
            pgtrigger.Protect(name="ticket_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="ticket_is_born_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__status__df=Status.OPEN),
                func="RAISE EXCEPTION 'a ticket is born open' USING ERRCODE = 'P0001';",
            ),
            # Clause 7.3: the edition of the registration, too.
            pgtrigger.ReadOnly(
                name="ticket_identity_is_fixed",
                fields=[
                    "stream",
                    "project",
                    "number",
                    "key",
                    "customer",
                    "contract",
                    "contract_revision",
                    "regulation_edition",
                    "registered_at",
                    "registered_by",
                    "requester",
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_open_work(self) -> bool:
        """Not closed."""
        return self.status in NOT_CLOSED

    @property
    def is_waiting(self) -> bool:
        """The customer's (or, when suspended for one, a third party's) move."""
        return self.status in WAITING
