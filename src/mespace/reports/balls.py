"""Where the ball lay, by customer: whose move the time of requests was (clause 4.6)."""

from dataclasses import dataclass
from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.customers.models import Customer
from mespace.regulation.core.balls import TimeSplit
from mespace.reports.reaction import Wanted, rows_of
from mespace.tickets.queries.balls import splits_by_customer


@dataclass(frozen=True)
class Share:
    """One customer's time; the parts are in seconds."""

    customer_id: int
    name: str
    time: TimeSplit

    def parts(self) -> list[tuple[str, int]]:
        """The parts as a bar shows them."""
        return [
            ("vendor", self.time.vendor),
            ("customer", self.time.customer),
            ("third_party", self.time.third_party),
            ("outside", self.time.outside),
        ]


def balls_by_customer(*, actor: Actor, wanted: Wanted, now: datetime) -> list[Share]:
    """The whole time of the tickets that `wanted` counts, by customer, most of the vendor's first. Raises Refused."""
    splits = splits_by_customer(rows_of(actor=actor, wanted=wanted, now=now), now=now)
    names = dict(Customer.objects.filter(pk__in=splits).values_list("pk", "short_name"))
    shares = [Share(pk, names[pk], split) for pk, split in splits.items()]
    return sorted(shares, key=lambda share: (-share.time.vendor, share.name))


def together(shares: list[Share]) -> list[tuple[str, int]]:
    """The parts of all shares."""
    return [(party, sum(getattr(share.time, party) for share in shares)) for party, _seconds in _EMPTY.parts()]


_EMPTY = Share(0, "", TimeSplit(0, 0, 0, 0, 0))
