"""What must hold for a ticket after any history, and the verifier as a stranger would run it."""

import functools
import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import transaction

from mespace.accounts.actor import TIMER, Actor
from mespace.ledger.models import Event
from mespace.regulation.core.clock_ledger import LedgerRow, reaction_ledger, term_ledger
from mespace.tickets.clocks import calendars_of, facts_of, verdict_of
from mespace.tickets.models import (
    Attachment,
    Link,
    Message,
    MessageRevision,
    RemoteSession,
    SearchEntry,
    Ticket,
    Watcher,
    WorkEntry,
)
from mespace.tickets.operations._act import acting
from mespace.tickets.queries.evidence import bundle_of
from mespace.tickets.queries.lists import search
from mespace.tickets.queries.ticket import ticket_view
from mespace.tickets.queries.verification import Difference, differences

VERIFIER = Path(__file__).resolve().parents[2] / "verifier" / "verify.py"


@functools.cache
def verifier() -> ModuleType:
    """The verifier, loaded from its one file."""
    spec = importlib.util.spec_from_file_location("verify", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify"] = module
    spec.loader.exec_module(module)
    return module


def settled_bundle(ticket_id: int, now: datetime) -> dict[str, Any]:
    """The bundle as of `now`, after the timers; the settling itself is undone, so a worker may still sleep."""
    with transaction.atomic():
        with acting(ticket_id=ticket_id, actor=TIMER, now=now):
            pass
        ticket = Ticket.objects.select_related("regulation_edition").get(pk=ticket_id)
        made = bundle_of(ticket, as_of=now)
        transaction.set_rollback(True)
    return made


def verify(bundle: dict[str, Any]) -> None:
    """The verifier's word, in this process."""
    data = json.dumps(bundle, ensure_ascii=False).encode()
    try:
        verifier().verify(data)
    except (verifier().BrokenError, verifier().UnreadableError) as error:
        course = [f"{e['seq']} {e['at']} {e['kind']} {e['actor']} {e['payload']}" for e in bundle["events"]]
        message = "\n".join([str(error), f"as of {bundle['as_of']}", *course])
        raise AssertionError(message) from error


def verify_as_a_stranger(bundle: dict[str, Any], folder: Path) -> str:
    """What `python3 verify.py bundle.json` prints; it must end well."""
    path = folder / f"{bundle['stream']}.json"
    path.write_text(json.dumps(bundle, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    return done.stdout


def no_differences() -> None:
    """Every ticket is what its log says, every chain holds, and no key is missing."""
    found = [str(item) for item in differences() if isinstance(item, Difference)]
    assert not found, "\n".join(found)


def time_adds_up(ticket: Ticket, now: datetime) -> None:
    """Whose ball it is sums to the wall clock; the rows of each clock join, and sum to what the verdict says."""
    events = list(Event.objects.filter(stream_id=ticket.stream_id).order_by("seq"))
    code = ticket.regulation_edition.code
    given = verdict_of(events, regulation_code=code, as_of=max(now, events[-1].at))
    end = ticket.closed_at or max(now, events[-1].at)
    assert given.time.total == int((end - ticket.registered_at).total_seconds())
    assert all(seconds >= 0 for seconds in given.time.as_json().values())
    calendars = calendars_of(facts_of(events), code)
    rows = reaction_ledger(given.reaction, calendars)
    _join(rows, given.reaction.registered_at, given.reaction.measured_to)
    assert sum(row.working_seconds for row in rows) == given.reaction.working_seconds
    for term in given.terms:
        until = term.ended_at if term.ended_at is not None else given.as_of
        _join(term_ledger(term, calendars, given.as_of), term.opened_at, until)


def _join(rows: Sequence[LedgerRow], start: int, end: int) -> None:
    if not rows:
        assert start == end
        return
    assert (rows[0].start, rows[-1].end) == (start, end)
    assert all(before.end == row.start for before, row in pairwise(rows))
    assert all(row.start < row.end for row in rows)


def traces(ticket: Ticket) -> tuple[object, ...]:
    """Everything that a refused act must leave as it was."""
    row = Ticket.objects.filter(pk=ticket.pk).values().get()
    return (
        row,
        Event.objects.filter(stream_id=ticket.stream_id).count(),
        list(Message.objects.filter(ticket=ticket).order_by("pk").values()),
        MessageRevision.objects.filter(message__ticket=ticket).count(),
        list(Attachment.objects.filter(ticket=ticket).order_by("pk").values()),
        Link.objects.filter(ticket=ticket).count(),
        list(Watcher.objects.filter(ticket=ticket).order_by("pk").values()),
        SearchEntry.objects.filter(ticket=ticket).values().get(),
        list(WorkEntry.objects.filter(ticket=ticket).order_by("pk").values()),
        list(RemoteSession.objects.filter(ticket=ticket).order_by("pk").values()),
    )


def unseen(actor: Actor, key: str, word: str, now: datetime) -> None:
    """A customer's person finds the staff's word by no query: not by search, not on the ticket, not in the bundle."""
    assert search(actor=actor, text=word).rows == []
    view = ticket_view(actor=actor, key=key, now=now)
    shown = [entry.message for entry in view.entries if entry.message is not None]
    assert all(word not in message.body + message.html and message.audience == "customer" for message in shown)
    assert not any(entry.is_internal for entry in view.entries)
    assert word not in json.dumps(bundle_of(view.ticket, as_of=now), ensure_ascii=False)
