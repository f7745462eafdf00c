"""What operations on announcements refuse with, besides Refused and ValidationError."""

from mespace.announcements.lifecycle import POSSIBLE, Kind


class NoticeNotFound(Exception):  # noqa: N818 - named as what it says
    """No such planned work, outage or entry (404)."""


class NotNow(Exception):  # noqa: N818 - named as what it says
    """This cannot be done in the present state (409); `allowed` says what can."""

    def __init__(self, kind: str, state: str) -> None:
        self.kind, self.state = kind, state
        self.allowed = sorted(each.value for each, states in POSSIBLE.items() if state in states)
        super().__init__(
            f"{kind} is not possible while it is {state}; possible: {', '.join(self.allowed) or 'nothing'}"
        )


def require_possible(kind: Kind, state: str) -> None:
    """Raise NotNow unless people may do this in that state."""
    if state not in POSSIBLE[kind]:
        raise NotNow(kind, state)
