"""Doing a write once, however often it is sent."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from mespace.platform.models import IdempotencyKey
from mespace.platform.prepared import change, run


class KeyReused(Exception):
    """The key came before with other content: a client's mistake, not a retry."""


@dataclass(frozen=True)
class Once:
    """The claim on a key inside the caller's transaction: `answer` is set when the act was done before."""

    row_id: int
    first: bool
    answer: Any

    def keep(self, answer: object) -> None:
        """Store what to answer when the same key comes again."""
        change("UPDATE platform_idempotencykey SET answer = %s WHERE id = %s", [Jsonb(answer), self.row_id])

    def forget(self) -> None:
        """Let the same form be sent again: nothing was done yet."""
        IdempotencyKey.objects.filter(pk=self.row_id).delete()


def once(*, actor: str, key: str, act: str, content: object, now: datetime) -> Once:
    """Claim `key` for `actor`. A parallel holder of the same key is waited for; its answer is then returned.

    Must run inside a transaction. Raises KeyReused when the key was used for other content.
    """
    if not connection.in_atomic_block:
        msg = "an idempotency key is claimed inside the transaction that it guards"
        raise RuntimeError(msg)
    text = json.dumps([act, content], sort_keys=True, default=str, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    key = hashlib.sha256(key.encode()).hexdigest()
    # One statement: a parallel holder of the key makes it wait, and its commit makes it return nothing.
    inserted = run(
        "INSERT INTO platform_idempotencykey (actor, key, act, digest, created_at) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT (actor, key) DO NOTHING RETURNING id",
        [actor, key, act, digest, now],
    )
    if inserted:
        return Once(inserted[0][0], first=True, answer=None)
    row = IdempotencyKey.objects.get(actor=actor, key=key)
    if row.digest != digest:
        raise KeyReused(act)
    return Once(row.pk, first=False, answer=row.answer)
