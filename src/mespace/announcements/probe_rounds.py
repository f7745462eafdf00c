"""What a prober delivers: rounds, each chained to the one before it and signed (docs/mechanisms/status-page.md)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mespace.ledger.canonical import canonical, sha256_hex

MOST_ROUNDS = 500  # of one delivery
MOST_BYTES = 1024 * 1024
MOST_COMPONENTS = 50
LONGEST_EVERY = 3600
LONGEST_LOOK = 600_000  # milliseconds
HIGHEST_STATUS = 999
FARTHEST_SEQ = 2**53

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")
_WHY = re.compile(r"[a-z_]{0,30}")
_HEX_64 = re.compile(r"[0-9a-f]{64}")
_HEX_128 = re.compile(r"[0-9a-f]{128}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class BadDelivery(ValueError):  # noqa: N818 - named as what it says
    """It is no delivery of rounds (422); the text says what is wrong, and where."""


@dataclass(frozen=True)
class Round:
    """One look at all components, as it was signed."""

    seq: int
    at: datetime
    every: int
    results: dict[str, dict[str, Any]]
    prev: str
    hash: str
    signature: str

    def expected_hash(self, probe: str) -> str:
        """The hash that its content and the one before it give."""
        body = canonical(
            {
                "at": self.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "every": self.every,
                "probe": probe,
                "results": self.results,
                "seq": self.seq,
            }
        )
        return sha256_hex(self.prev.encode("ascii") + body)

    def kept(self) -> dict[str, Any]:
        """What of it stands in the row beside the columns."""
        return {"every": self.every, "seen": self.results}


@dataclass(frozen=True)
class Delivery:
    """A batch: whose, when by the prober's clock, and the rounds in their order."""

    probe: str
    sent_at: datetime
    rounds: Sequence[Round]


def is_signed(public_key: str, signature: str, message: bytes) -> bool:
    """Whether the key's owner signed the message (Ed25519)."""
    if not _HEX_128.fullmatch(signature):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_delivery(value: object) -> Delivery:
    """The delivery in parsed JSON. Raises BadDelivery; nothing is trusted before it is read."""
    top = _object(value, {"probe", "now", "rounds"}, "the delivery")
    rounds = top["rounds"]
    if not isinstance(rounds, list) or len(rounds) > MOST_ROUNDS:
        raise BadDelivery(f"rounds: a list of at most {MOST_ROUNDS}")
    return Delivery(
        _text(top["probe"], _CODE, "probe"),
        _instant(top["now"], "now"),
        [_round(each, f"rounds[{number}]") for number, each in enumerate(rounds)],
    )


def _round(value: object, where: str) -> Round:
    one = _object(value, {"seq", "at", "every", "results", "prev", "hash", "sig"}, where)
    results = one["results"]
    if not isinstance(results, dict) or len(results) > MOST_COMPONENTS:
        raise BadDelivery(f"{where}.results: an object with at most {MOST_COMPONENTS} components")
    return Round(
        seq=_number(one["seq"], 1, FARTHEST_SEQ, f"{where}.seq"),
        at=_instant(one["at"], f"{where}.at"),
        every=_number(one["every"], 1, LONGEST_EVERY, f"{where}.every"),
        results={_text(code, _CODE, where): _look(seen, f"{where}.{code}") for code, seen in results.items()},
        prev=_text(one["prev"], _HEX_64, f"{where}.prev"),
        hash=_text(one["hash"], _HEX_64, f"{where}.hash"),
        signature=_text(one["sig"], _HEX_128, f"{where}.sig"),
    )


def _look(value: object, where: str) -> dict[str, Any]:
    seen = _object(value, {"ok", "status", "ms", "why"}, where)
    if not isinstance(seen["ok"], bool):
        raise BadDelivery(f"{where}.ok: true or false")
    return {
        "ok": seen["ok"],
        "status": _number(seen["status"], 0, HIGHEST_STATUS, f"{where}.status"),
        "ms": _number(seen["ms"], 0, LONGEST_LOOK, f"{where}.ms"),
        "why": _text(seen["why"], _WHY, f"{where}.why"),
    }


def _object(value: object, names: set[str], where: str) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != names:
        raise BadDelivery(f"{where}: an object with {', '.join(sorted(names))}")
    return value


def _number(value: object, least: int, most: int, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadDelivery(f"{where}: a whole number from {least} to {most}")
    return value


def _text(value: object, pattern: re.Pattern[str], where: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise BadDelivery(f"{where}: {pattern.pattern}")
    return value


def _instant(value: object, where: str) -> datetime:
    text = _text(value, _INSTANT, where)
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise BadDelivery(f"{where}: there is no such instant") from None
