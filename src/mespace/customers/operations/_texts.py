"""Complaints about a row, told under the names of the form that asked for it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.exceptions import ValidationError


@contextmanager
def under(names: Mapping[str, str]) -> Iterator[None]:
    """Rename the fields of a ValidationError raised inside."""
    try:
        yield
    except ValidationError as refusal:
        if not hasattr(refusal, "error_dict"):
            raise
        raise ValidationError(
            {names.get(field, field): errors for field, errors in refusal.error_dict.items()}
        ) from None
