"""What can be owed: each kind is registered once, by the room that opens obligations of it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise as LazyText

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.regulation.core.obligation_facts import CALENDAR_DAYS, DAYS_BEFORE, INSTANT, WORKING_DAYS, Promise
from mespace.regulation.queries import MOSCOW

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Whom:
    """To whom or for what something is owed, as one reader may see it; `url` is empty where they may not enter."""

    title: str
    url: str = ""


Resolver = Callable[[Collection[int], Actor], Mapping[int, Whom]]
Concerned = Callable[[int], "QuerySet[Any, Any]"]
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Name:
    """How an opener calls one obligation, for ever: the same name is the same obligation."""

    kind: str
    whom_id: int
    discriminator: str = ""

    @property
    def key(self) -> str:
        """The unique key: `onboarding:contract_person:17`."""
        parts = [self.kind, kind_of(self.kind).whom_kind, str(self.whom_id), self.discriminator]
        return ":".join(part for part in parts if part)


@dataclass(frozen=True)
class Change:
    """What somebody asks of one obligation from its page: to be withdrawn, or with `due`, to be moved."""

    actor: Actor
    now: datetime
    name: Name
    reason: str
    note: str
    due: datetime | None = None


@dataclass(frozen=True)
class ByHand:
    """What people with a right do to one of a kind from its page, for one of `reasons` and in words of their own.

    `run` is the opener's own operation, so that what the obligation is about follows; without one the obligation alone
    changes. `by_date`: a Moscow date is asked for and not an instant.
    """

    right: Permission
    reasons: tuple[str, ...]
    run: Callable[[Change], object] | None = None
    by_date: bool = False


@dataclass(frozen=True)
class ObligationKind:
    """One kind: what a row of the ledger says of it, and how its opaque `whom` is shown.

    `resolve` gets ids and the reader, and leaves out those that the reader may not know of. `shown_to_customers`: a
    responsible employee sees those owed to the own customer, and those owed to every customer.
    `reasons` are the words of the codes for which it moves or is withdrawn, `ways` of those by which it is fulfilled.
    `only_concerned`: owed to no single customer and not to every one either; a room above says whom it concerns
    (`register_concerned`), and until one does, no customer sees any. `moving`, `withdrawing`: what may be done by hand.
    """

    code: str
    clause: str
    word: LazyText
    what: LazyText
    whom_kind: str
    resolve: Resolver
    shown_to_customers: bool
    reasons: Mapping[str, LazyText]
    ways: Mapping[str, LazyText] = field(default_factory=dict)
    only_concerned: bool = False
    moving: ByHand | None = None
    withdrawing: ByHand | None = None


_kinds: dict[str, ObligationKind] = {}
_concerned: dict[str, Concerned] = {}


def register(kind: ObligationKind) -> None:
    """Make a kind known, from the opener's `AppConfig.ready`. Raises ValueError when another has its code."""
    known = _kinds.setdefault(kind.code, kind)
    if known is not kind:
        msg = f"two kinds of obligation are called {kind.code}"
        raise ValueError(msg)


def register_concerned(code: str, concerned: Concerned) -> None:
    """Say whom a kind concerns, from a higher room's `AppConfig.ready`: a customer's number in, its `whom_id`s out.

    The query set has one column. Raises KeyError for an unknown kind, ValueError when the kind is not `only_concerned`.
    """
    if not kind_of(code).only_concerned:
        msg = f"{code} is owed to a customer or to every one"
        raise ValueError(msg)
    _concerned[code] = concerned


def concerning(customer_id: int) -> "dict[str, QuerySet[Any, Any]]":
    """By kind, the `whom_id`s that concern the customer, of kinds that are owed to whom they concern."""
    return {code: concerned(customer_id) for code, concerned in _concerned.items()}


def kind_of(code: str) -> ObligationKind:
    """The kind of that code. Raises KeyError."""
    return _kinds[code]


def resolved(whoms: Iterable[tuple[str, int]], actor: Actor) -> dict[tuple[str, int], Whom]:
    """What the reader may know of each (kind's code, id), as far as they may; one look-up per kind."""
    wanted: dict[str, set[int]] = {}
    for code, number in whoms:
        wanted.setdefault(code, set()).add(number)
    return {
        (code, number): whom
        for code, numbers in wanted.items()
        if code in _kinds
        for number, whom in _kinds[code].resolve(numbers, actor).items()
    }


def name_of_key(kind: str, whom_id: int, key: str) -> Name:
    """The name by which an obligation of that kind and key was opened. Raises KeyError."""
    alone = Name(kind, whom_id)
    return Name(kind, whom_id, key.removeprefix(alone.key).removeprefix(":"))


def kinds() -> list[ObligationKind]:
    """All kinds, by clause and code."""
    return sorted(_kinds.values(), key=lambda kind: (kind.clause, kind.code))


def by_working_days(*, parameter: str = "", days: int | None = None) -> Promise:
    """Until the end of the N-th working day after the first; N is `days` or the edition's `parameter`."""
    return Promise(form=WORKING_DAYS, parameter=parameter or None, days=days)


def by_calendar_days(*, parameter: str = "", days: int | None = None) -> Promise:
    """Until the end of the N-th date after the first; N is `days` or the edition's `parameter`."""
    return Promise(form=CALENDAR_DAYS, parameter=parameter or None, days=days)


def ahead_of(on: date, *, parameter: str = "", days: int | None = None) -> Promise:
    """Until the end of the date that lies N dates before `on`; N is `days` or the edition's `parameter`."""
    return Promise(form=DAYS_BEFORE, on=on, parameter=parameter or None, days=days)


def by_instant(at: datetime) -> Promise:
    """Until a promised instant, in whole seconds."""
    return Promise(form=INSTANT, at=int(at.timestamp()))


def by_date(day: date) -> Promise:
    """Until the last second of a Moscow date, whatever kind of day it is."""
    return by_instant(end_of_date(day))


def end_of_date(day: date) -> datetime:
    """The last second of a Moscow date: doing it then is in time, doing it a second later is the next date's."""
    return datetime.combine(day + timedelta(days=1), time(), MOSCOW) - _SECOND
