"""What operations on tickets refuse with, besides IllegalMove and Refused."""

from collections.abc import Mapping


class TicketNotFound(Exception):
    """No such ticket for this actor (404): absent and invisible are the same."""


class ContactNotFound(Exception):
    """No such contact for this actor (404)."""


class SessionNotFound(Exception):
    """No such remote session on the ticket (404)."""


class Invalid(Exception):
    """Input that cannot be used, by field; `""` is the whole form. Messages are for the person who typed."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(f"{field or 'form'}: {message}" for field, message in self.errors.items()))
