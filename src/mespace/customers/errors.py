"""What operations on customers refuse with, besides Refused and Django's ValidationError (input, by field)."""


class CustomerNotFound(Exception):
    """No such customer for this actor (404): absent and invisible are the same."""
