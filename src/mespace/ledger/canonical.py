"""The byte form that is hashed: the same for every writer and reader of the log."""

import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


def canonical(value: object) -> bytes:
    """Canonical JSON as UTF-8: sorted keys, no white space, characters as they are.

    Raises TypeError for a float: the log knows none.
    """
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def instant_text(instant: datetime) -> str:
    """`2024-12-27T13:30:00Z`: UTC, whole seconds."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of `data` as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def new_salt() -> str:
    """128 random bits as 32 hex digits."""
    return secrets.token_hex(16)


def salted_digest(salt: str, text: str) -> str:
    """The digest by which the log names a text (or a file, given its own SHA-256)."""
    return sha256_hex(f"{salt}:{text}".encode())


def event_hash(
    *,
    prev_hash: str,
    stream: str,
    seq: int,
    at: datetime,
    recorded_at: datetime,
    kind: str,
    actor: str,
    payload: dict[str, Any],
) -> str:
    """The hash that chains an event to the one before it."""
    body = canonical(
        {
            "actor": actor,
            "at": instant_text(at),
            "kind": kind,
            "payload": payload,
            "recorded_at": instant_text(recorded_at),
            "seq": seq,
            "stream": stream,
        }
    )
    return sha256_hex(prev_hash.encode("ascii") + body)


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        msg = f"the log holds no floating-point numbers: {value!r}"
        raise TypeError(msg)
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
