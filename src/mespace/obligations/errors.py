"""What operations on obligations refuse with, besides Refused."""


class ObligationNotFound(Exception):
    """No such obligation for this actor (404): absent and invisible are the same."""


class NothingOwed(Exception):
    """It was fulfilled or withdrawn before (409); `state` says which."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(f"nothing is owed any more: {state}")


class DueInPast(Exception):
    """An instant that has passed cannot be promised (400)."""
