"""Remote sessions (clause 6.3): what was agreed, with whom, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mespace.products.models import Build
from mespace.tickets.lifecycle import Status
from mespace.tickets.models.messages import Message
from mespace.tickets.models.ticket import Ticket
from mespace.tickets.session_lifecycle import (
    AHEAD,
    BEGUN,
    CONSENTED,
    LIVE,
    SessionOutcome,
    SessionState,
    session_changes,
)
from mespace.tickets.visibility import visible

if TYPE_CHECKING:
    from datetime import datetime

    from mespace.accounts.actor import Actor
    from mespace.accounts.models import User

_USER = settings.AUTH_USER_MODEL


class SessionQuerySet(models.QuerySet["RemoteSession"]):
    """Chainable filters of sessions."""

    def visible_to(self, actor: Actor) -> SessionQuerySet:
        """Those on tickets which `actor` sees."""
        condition = visible(actor, prefix="ticket__")
        return self.none() if condition is None else self.filter(condition)

    def left(self) -> SessionQuerySet:
        """Those ahead on open tickets in which somebody was to take part who can no longer sign in."""
        gone = Q(person__is_active=False) | Q(consented_by__is_active=False)
        return self.live().filter(gone, state__in=AHEAD).exclude(ticket__status=Status.CLOSED)

    def live(self) -> SessionQuerySet:
        """Ahead or running; matches the partial index's condition."""
        return self.filter(state__in=LIVE)


def _person() -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)


def _build() -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(Build, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)


class RemoteSession(models.Model):
    """One connection to the customer's systems. What was proposed is never changed: another time is another session."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="sessions", db_index=False)
    number = models.PositiveSmallIntegerField()  # on its ticket, from 1
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PROPOSED)
    proposed_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    starts_at = models.DateTimeField()  # the agreed window, half-open
    ends_at = models.DateTimeField()
    person = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)  # who will connect
    tool = models.CharField(max_length=80)
    target = models.CharField(max_length=200)  # what will be connected to
    purpose = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+", db_index=False)
    salt = models.CharField(max_length=32)  # of the digest of tool and target in the log
    consented_by = _person()
    consented_at = models.DateTimeField(null=True)
    refused_by = _person()  # or who withdrew the consent
    refused_at = models.DateTimeField(null=True)
    recorded_by = _person()  # who wrote down the last answer, when it was given by phone
    started_at = models.DateTimeField(null=True)
    connected = _person()  # who did connect
    used_tool = models.CharField(max_length=80, blank=True)
    deviates = models.BooleanField(default=False)  # it began otherwise than agreed, which was said
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=SessionOutcome.choices, blank=True)
    report = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    build_before = _build()
    build_after = _build()

    objects: ClassVar[SessionQuerySet] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["ticket", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "number"], name="session_number_unique"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_window_has_a_length"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(CONSENTED)) | Q(consented_by__isnull=False, consented_at__isnull=False),
                name="session_nothing_without_consent",
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True)
                | Q(deviates=True)
                | Q(
                    started_at__gte=F("starts_at"),
                    started_at__lt=F("ends_at"),
                    connected=F("person"),
                    used_tool=F("tool"),
                ),
                name="session_starts_as_agreed_or_says_so",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(BEGUN), started_at__isnull=False, connected__isnull=False)
                | (~Q(state__in=sorted(BEGUN)) & Q(started_at__isnull=True)),
                name="session_begun_has_a_beginning",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=SessionState.ENDED) & Q(ended_at__isnull=False, report__isnull=False) & ~Q(outcome="")
                )
                | (~Q(state=SessionState.ENDED) & Q(ended_at__isnull=True, outcome="")),
                name="session_ended_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SessionState.REFUSED, SessionState.WITHDRAWN]) | Q(refused_by__isnull=False),
                name="session_refused_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="session_coming", condition=Q(state__in=sorted(LIVE))),
        ]
        triggers = [
            pgtrigger.FSM(name="session_moves", field="state", transitions=session_changes()),
            pgtrigger.Protect(name="session_is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="session_is_born_proposed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state__df=SessionState.PROPOSED),
                func="RAISE EXCEPTION 'a session is born proposed' USING ERRCODE = 'P0001';",
            ),
            pgtrigger.ReadOnly(
                name="session_terms_are_fixed",
                fields=[
                    "ticket",
                    "number",
                    "proposed_by",
                    "proposed_at",
                    "starts_at",
                    "ends_at",
                    "person",
                    "tool",
                    "target",
                    "purpose",
                    "salt",
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} № {self.number}"

    @property
    def terms(self) -> str:
        """What the digest in the log is made of: the words of what was agreed."""
        return f"{self.tool}\n{self.target}"

    def is_open_to_consent(self, now: datetime) -> bool:
        """Whether somebody of the customer can still agree: the proposed time is not over."""
        return self.state == SessionState.PROPOSED and now < self.ends_at and not self.left_by

    @property
    def left_by(self) -> list[User]:
        """Who connects in a session that is ahead, or has agreed to it, and can no longer sign in (both fetched)."""
        named = [self.person, self.consented_by] if self.state in AHEAD else []
        return [person for person in named if person is not None and not person.is_active]
