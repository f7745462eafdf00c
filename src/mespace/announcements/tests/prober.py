"""A prober in the tests' process: the program's own record, with looks made up."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from mespace.cli.probe import Record, canonical, instant


class Prober:
    def __init__(self, folder: Path, name: str = "kazan") -> None:
        self.folder = folder
        self.record = Record(folder, name)

    def look(self, at: datetime, is_up: bool, *, code: str = "tracker") -> None:
        seen = {"ok": is_up, "status": 200 if is_up else 503, "ms": 20, "why": "" if is_up else "status"}
        self.record.add({code: seen}, every=60, now=at.timestamp())

    def delivery(
        self,
        sent_at: datetime,
        *,
        after: int = 0,
        change: Callable[[list[dict[str, Any]]], object] | None = None,
    ) -> tuple[bytes, str]:
        self.record.delivered = after
        rounds = self.record.undelivered(500)
        if change is not None:
            change(rounds)
        body = canonical({"now": instant(sent_at.timestamp()), "probe": self.record.name, "rounds": rounds})
        return body, self.record.key.sign(body).hex()

    def rehashed(self, rounds: list[dict[str, Any]]) -> None:
        one = rounds[0]
        one["results"]["tracker"]["ok"] = not one["results"]["tracker"]["ok"]
        content = {name: one[name] for name in ("at", "every", "results", "seq")} | {"probe": self.record.name}
        one["hash"] = hashlib.sha256(one["prev"].encode() + canonical(content)).hexdigest()

    def begun_anew(self, at: datetime) -> "Prober":
        for path in self.record.files():
            path.unlink()
        (self.folder / "delivered").unlink(missing_ok=True)
        anew = Prober(self.folder, self.record.name)
        anew.look(at, True)
        return anew
