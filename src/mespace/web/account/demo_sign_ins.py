"""The made-up people of a demo, to be entered with one click."""

import json
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class DemoSignIn:
    """One of them."""

    who: str
    email: str
    password: str


def demo_sign_ins() -> list[DemoSignIn]:
    """Those whom the making of the demo wrote down; nobody outside a demo, or when the file cannot be read."""
    if not settings.DEMO:
        return []
    try:
        rows = json.loads((settings.DATA / "demo-sign-ins.json").read_text("utf-8"))
        return [DemoSignIn(str(row["who"]), str(row["email"]), str(row["password"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return []
