"""What can be owed: each kind is registered once, by the room that opens obligations of it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise as LazyText

from mespace.accounts.actor import Actor
from mespace.regulation.core.obligation_facts import CALENDAR_DAYS, DAYS_BEFORE, INSTANT, WORKING_DAYS, Promise


@dataclass(frozen=True)
class Whom:
    """To whom or for what something is owed, as one reader may see it; `url` is empty where they may not enter."""

    title: str
    url: str = ""


Resolver = Callable[[Collection[int], Actor], Mapping[int, Whom]]


@dataclass(frozen=True)
class ObligationKind:
    """One kind: what a row of the ledger says of it, and how its opaque `whom` is shown.

    `resolve` gets ids and the reader, and leaves out those that the reader may not know of. `shown_to_customers`: a
    responsible employee sees those owed to the own customer, and those owed to every customer.
    `reasons` are the words of the codes for which it moves or is withdrawn, `ways` of those by which it is fulfilled.
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


_kinds: dict[str, ObligationKind] = {}


def register(kind: ObligationKind) -> None:
    """Make a kind known, from the opener's `AppConfig.ready`. Raises ValueError when another has its code."""
    known = _kinds.setdefault(kind.code, kind)
    if known is not kind:
        msg = f"two kinds of obligation are called {kind.code}"
        raise ValueError(msg)


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
