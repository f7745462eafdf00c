"""Something is owed from now on."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from mespace.accounts.actor import Actor
from mespace.ledger.append import Fact, append
from mespace.ledger.models import Stream
from mespace.obligations.clocks import instant, project
from mespace.obligations.facts import promise_json, seconds_text
from mespace.obligations.kinds import Name, kind_of
from mespace.obligations.lifecycle import Kind
from mespace.obligations.models import Obligation
from mespace.obligations.operations._act import missed
from mespace.regulation.core.obligation import promised_due
from mespace.regulation.core.obligation_facts import Promise
from mespace.regulation.models import CalendarEdition, RegulationEdition
from mespace.regulation.queries import calendar_at, compiled, edition_in_force, parameters_of


def open_obligation(
    *,
    actor: Actor,
    now: datetime,
    name: Name,
    promise: Promise,
    since: datetime | None = None,
    owed_to: int | None = None,
) -> Obligation:
    """The obligation of that name, opened by the first who asks for it; asked again, it is the same one.

    It is owed `since` that instant (else `now`), measured by the edition in force then and by the calendar known now.
    Entered after its end it is born missed, and says so (E5). `owed_to` is a customer's number; None: every customer.
    The caller's own act has checked the right. Raises KeyError for an unknown kind, NoEdition, RegulationError.
    """
    known = Obligation.objects.filter(key=name.key).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():  # a savepoint: of two who open it at once, one finds the other's
            return _open(actor, now.replace(microsecond=0), name, promise, since or now, owed_to)
    except IntegrityError:
        return Obligation.objects.get(key=name.key)


def _open(
    actor: Actor, now: datetime, name: Name, promise: Promise, since: datetime, owed_to: int | None
) -> Obligation:
    kind = kind_of(name.kind)
    edition, calendar = edition_in_force(since), calendar_at(now)
    payload: dict[str, Any] = {
        "what": kind.code,
        "clause": kind.clause,
        "whom": {"kind": kind.whom_kind, "id": name.whom_id},
        "since": seconds_text(since),
        "promise": promise_json(promise),
        "regulation": pin(edition),
        "calendar": pin(calendar),
    }
    if owed_to is not None:
        payload["customer"] = owed_to
    if name.discriminator:
        payload["discriminator"] = name.discriminator
    due = promised_due(
        promise,
        since=int(since.timestamp()),
        calendar=compiled(calendar.code, edition.code),
        parameters=parameters_of(edition.code),
    )
    facts = [Fact(Kind.OPENED, actor.log_name, now, payload)]
    if instant(due) < now:
        facts.append(missed(now))
    stream = Stream.objects.create(subject="obligation")
    events = append(stream=stream, facts=facts, recorded_at=now)
    obligation = Obligation(
        stream=stream,
        key=name.key,
        kind=kind.code,
        clause=kind.clause,
        whom_kind=kind.whom_kind,
        whom_id=name.whom_id,
        owed_to=owed_to,
        since=since.replace(microsecond=0),
        opened_at=events[0].at,
        opened_by_id=actor.user_id,
        regulation_edition=edition,
        calendar_edition=calendar,
    )
    project(obligation, events, regulation_code=edition.code)
    obligation.save(force_insert=True)
    return obligation


def pin(edition: CalendarEdition | RegulationEdition) -> dict[str, str]:
    """How an event names an edition."""
    return {"edition": edition.code, "digest": edition.digest}
