"""Attempts that people have begun, kept in their session: what comes back from a provider fits one, once."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from mespace.platform.oidc.sign_in import Attempt

KEY = "organisation_attempts"
TERM = 600  # seconds; people look for their phones
MOST = 5  # tabs


@dataclass(frozen=True)
class Pending:
    """An attempt with its purpose: `sign_in`, `invitation` (of `link_id`) or `confirm` (by `user_id`)."""

    attempt: Attempt
    provider: str
    purpose: str
    began: float  # seconds since 1970
    next_url: str = ""
    link_id: int | None = None
    user_id: int | None = None

    @classmethod
    def begin(
        cls,
        provider: str,
        purpose: str,
        now: datetime,
        *,
        next_url: str = "",
        link_id: int | None = None,
        user_id: int | None = None,
    ) -> "Pending":
        """A new one."""
        return cls(Attempt.begin(), provider, purpose, now.timestamp(), next_url, link_id, user_id)


def remember(request: HttpRequest, pending: Pending) -> None:
    """Keep it; of too many, the oldest is forgotten."""
    kept = [*request.session.get(KEY, []), asdict(pending)]
    request.session[KEY] = kept[-MOST:]


def take(request: HttpRequest, *, provider: str, state: str, now: datetime) -> Pending | None:
    """The attempt that `state` belongs to, which is forgotten by that; None if there is none, or it is too old."""
    kept: list[dict[str, Any]] = request.session.get(KEY, [])
    found = next((each for each in kept if each["attempt"]["state"] == state and each["provider"] == provider), None)
    if found is None:
        return None
    request.session[KEY] = [each for each in kept if each is not found]
    pending = Pending(**(found | {"attempt": Attempt(**found["attempt"])}))
    return pending if 0 <= now.timestamp() - pending.began < TERM else None
