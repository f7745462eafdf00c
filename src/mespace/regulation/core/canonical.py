"""Canonical JSON and the digest that names an edition."""

import hashlib
import json


def canonical(value: object) -> bytes:
    """Return the one JSON text of a value: keys sorted, no white space, characters beyond ASCII as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()
