"""One act on one obligation: the row lock, what had come due, and all that is written at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from mespace.accounts.actor import TIMER, Actor
from mespace.ledger.append import Fact, append
from mespace.ledger.canonical import instant_text, new_salt, salted_digest
from mespace.ledger.models import Event
from mespace.obligations.clocks import PROJECTED, project, verdict_of
from mespace.obligations.errors import NothingOwed, ObligationNotFound
from mespace.obligations.kinds import Name
from mespace.obligations.lifecycle import Kind
from mespace.obligations.models import Note, Obligation


@dataclass
class Act:
    """What one operation does to one locked obligation."""

    obligation: Obligation
    actor: Actor
    now: datetime
    recorded_at: datetime
    _events: list[Event] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The edition of the regulation by which it is measured."""
        return self.obligation.regulation_edition.code

    def events(self) -> list[Event]:
        """The log as written so far, in order."""
        if not self._events:
            self._events = list(Event.objects.filter(stream_id=self.obligation.stream_id).order_by("seq"))
        return self._events

    def require_owed(self) -> None:
        """Raise NothingOwed when it was fulfilled or withdrawn before."""
        if not self.obligation.is_owed:
            raise NothingOwed(self.obligation.state)

    def record(self, kind: Kind, payload: dict[str, Any], *, note: str = "", **columns: Any) -> None:
        """Chain and write one fact and the columns that follow; `note` is kept beside the log, its digest in it."""
        obligation, text = self.obligation, note.strip()
        if text:
            salt = new_salt()
            payload = payload | {"note_digest": salted_digest(salt, text)}
            Note.objects.create(obligation=obligation, seq=obligation.version + 1, text=text, salt=salt)
        self._write([Fact(kind, self.actor.log_name, self.now, payload)])
        for name, value in columns.items():
            setattr(obligation, name, value)
        obligation.save(update_fields=sorted({*PROJECTED, *columns}))

    def record_repinned(self, payload: dict[str, Any], **columns: Any) -> None:
        """Write a re-pinning; a deadline that it puts into the past is missed at that very instant (E4)."""
        facts = [Fact(Kind.REPINNED, TIMER.log_name, self.now, payload)]
        if payload["new"] < instant_text(self.now):
            facts.append(missed(self.now))
        self._write(facts)
        for name, value in columns.items():
            setattr(self.obligation, name, value)
        self.obligation.save(update_fields=sorted({*PROJECTED, *columns}))

    def settle(self) -> None:
        """Note that it was missed, at its due instant, if that lies before the act. At that instant it is in time."""
        due = self.obligation.wake_at
        if due is not None and due < self.now:
            self._write([missed(due)])
            self.obligation.save(update_fields=sorted(PROJECTED))

    def due_if(self, kind: Kind, payload: dict[str, Any]) -> int:
        """The due instant (epoch seconds) if this event came next."""
        trial = Event(seq=self.obligation.version + 1, at=self.now, kind=kind, payload=payload)
        return verdict_of([*self.events(), trial], regulation_code=self.code, as_of=trial.at).due

    def _write(self, facts: list[Fact]) -> None:
        before = self.events() if self.obligation.version else []
        written = append(stream=self.obligation.stream, facts=facts, recorded_at=self.recorded_at)
        self._events = [*before, *written]
        project(self.obligation, self._events, regulation_code=self.code)


def missed(at: datetime) -> Fact:
    """The timer's fact."""
    return Fact(Kind.MISSED, TIMER.log_name, at)


@contextmanager
def acting(*, name: Name | int, actor: Actor, now: datetime, at: datetime | None = None) -> Iterator[Act]:
    """An act on the obligation of that name (or row): locked, and settled up to the instant `at` at which it counts.

    Raises ObligationNotFound.
    """
    with transaction.atomic():
        obligation = lock(name)
        counts = min(at or now, now).replace(microsecond=0)
        # Another server's clock may be ahead: no act is earlier than the one before it (E1).
        act = Act(obligation, actor, max(counts, obligation.stream.head_at or counts), now)
        if obligation.is_owed:
            act.settle()
        yield act


def lock(name: Name | int) -> Obligation:
    """The obligation and its stream, locked for update. Raises ObligationNotFound."""
    rows = Obligation.objects.select_related("stream", "regulation_edition").select_for_update(
        of=("self", "stream"), no_key=True
    )
    which = {"pk": name} if isinstance(name, int) else {"key": name.key}
    found = rows.filter(**which).first()
    if found is None:
        raise ObligationNotFound(name)
    return found
