"""Prepared statements behind a gate: what `visible_to(actor)` lets through is made once for all of the same rights.

    UNREAD = PreparedFor(lambda actor: seen_by(actor).filter(read_at=None))
    UNREAD.rows(actor)

The QuerySet is made for the actor's stand-in, who has the same rights, and places where the actor has values. So the
gate is the gate's own code, and no condition is written a second time.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Generic, TypeVar, cast

from django.db.models import QuerySet

from mespace.accounts.actor import Actor
from mespace.platform.prepared import Given, Prepared

Row = TypeVar("Row")
_PERSON, _CUSTOMER, _SITES = Given("actor_person"), Given("actor_customer"), Given("actor_sites")


def stand_in(actor: Actor) -> Actor:
    """Anybody with the actor's rights: person, customer and sites are places, for a statement to be made of."""
    return replace(
        actor,
        user_id=None if actor.user_id is None else cast("int", _PERSON),
        customer_id=None if actor.customer_id is None else cast("int", _CUSTOMER),
        site_ids=None if actor.site_ids is None else cast("frozenset[int]", _SITES),
        name="",
    )


def values_of(actor: Actor) -> dict[str, Any]:
    """What comes into the places of the actor's stand-in."""
    return {
        _PERSON.name: actor.user_id,
        _CUSTOMER.name: actor.customer_id,
        _SITES.name: None if actor.site_ids is None else sorted(actor.site_ids),
    }


class PreparedFor(Generic[Row]):
    """A QuerySet as an actor sees it; `make` is asked for it once for each set of rights. Plans as in `Prepared`."""

    def __init__(self, make: Callable[[Actor], QuerySet[Any, Row]], *, keeps_plan: bool = True) -> None:
        self._make, self._keeps_plan = make, keeps_plan
        self._made: dict[Actor, Prepared[Row]] = {}

    def rows(self, actor: Actor, **given: object) -> list[Row]:
        """The rows that the actor sees, with a value for each `Given`; one statement."""
        anybody = stand_in(actor)
        prepared = self._made.get(anybody)
        if prepared is None:
            made = Prepared(lambda: self._make(anybody), keeps_plan=self._keeps_plan)
            prepared = self._made.setdefault(anybody, made)
        return prepared.rows(**values_of(actor), **given)

    def first(self, actor: Actor, **given: object) -> Row | None:
        """The first row or None; the statement reads all of them, so it should have a limit or a unique key."""
        return next(iter(self.rows(actor, **given)), None)
