"""A prober's delivery is verified link by link and kept."""

from datetime import datetime, timedelta

from django.db import transaction

from mespace.announcements.models import Probe, ProbeRound
from mespace.announcements.operations._tell import render_soon
from mespace.announcements.operations.count_days import count_days
from mespace.announcements.probe_rounds import BadDelivery, Delivery, Round, is_signed, read_delivery
from mespace.regulation.queries import MOSCOW

SKEW_IGNORED = timedelta(seconds=5)
OLDEST = timedelta(days=400)


class NotOurs(Exception):  # noqa: N818 - named as what it says
    """No such prober, or the signature is not its own (403): both are answered alike."""


class OutOfOrder(Exception):  # noqa: N818 - named as what it says
    """The rounds do not follow what is kept (409): `expected` is the number that comes next."""

    def __init__(self, expected: int) -> None:
        self.expected = expected
        super().__init__(f"round {expected} comes next")


@transaction.atomic
def take_delivery(*, value: object, body: bytes, signature: str, now: datetime) -> int:
    """The number of the newest round that is kept. What was delivered before is passed by, if it is the same.

    `body` is what was signed as a whole, `value` what it says. Raises BadDelivery, NotOurs, OutOfOrder.
    """
    delivery = read_delivery(value)
    probe = Probe.objects.select_for_update(no_key=True).filter(code=delivery.probe, is_active=True).first()
    if probe is None or not is_signed(probe.public_key, signature, body):
        raise NotOurs
    fresh = _fresh(probe, delivery)
    if not fresh:
        return probe.last_seq
    skew = now - delivery.sent_at
    if abs(skew) <= SKEW_IGNORED:
        skew = timedelta()
    before = probe.last_counts_at
    rows = []
    for each in fresh:
        counts_at = min(each.at + skew, now)
        if probe.last_counts_at is not None:
            counts_at = max(counts_at, probe.last_counts_at)
        rows.append(
            ProbeRound(
                probe=probe,
                seq=each.seq,
                at=each.at,
                counts_at=counts_at,
                results=each.kept(),
                prev_hash=each.prev,
                hash=each.hash,
                signature=each.signature,
                received_at=now,
            )
        )
        probe.last_seq, probe.last_hash, probe.last_at, probe.last_counts_at = each.seq, each.hash, each.at, counts_at
    ProbeRound.objects.bulk_create(rows)
    probe.skew_seconds = int(skew.total_seconds())
    probe.last_received_at = now
    probe.save(update_fields=["last_seq", "last_hash", "last_at", "last_counts_at", "skew_seconds", "last_received_at"])
    first = min(rows[0].counts_at, before or rows[0].counts_at)
    count_days(first=first.astimezone(MOSCOW).date(), last=rows[-1].counts_at.astimezone(MOSCOW).date(), now=now)
    render_soon()
    return probe.last_seq


def _fresh(probe: Probe, delivery: Delivery) -> list[Round]:
    """The rounds that are not kept yet, each following the one before it."""
    known = {each.seq for each in delivery.rounds if each.seq <= probe.last_seq}
    kept = dict(ProbeRound.objects.filter(probe=probe, seq__in=known).values_list("seq", "hash"))
    seq, prev, at = probe.last_seq, probe.last_hash, probe.last_at
    fresh = []
    for each in delivery.rounds:
        if each.seq <= probe.last_seq:
            if kept.get(each.seq) != each.hash:
                raise OutOfOrder(probe.last_seq + 1)  # another history under the same number
            continue
        if each.seq != seq + 1 or each.prev != prev:
            raise OutOfOrder(probe.last_seq + 1)
        if each.hash != each.expected_hash(probe.code):
            raise BadDelivery(f"round {each.seq}: its content does not give its hash")
        if not is_signed(probe.public_key, each.signature, each.hash.encode("ascii")):
            raise NotOurs
        if at is not None and each.at < at:
            raise BadDelivery(f"round {each.seq}: it is earlier than the one before it")
        if each.at < delivery.sent_at - OLDEST or each.at > delivery.sent_at:
            raise BadDelivery(f"round {each.seq}: it is dated in the future, or more than 400 days back")
        seq, prev, at = each.seq, each.hash, each.at
        fresh.append(each)
    return fresh
