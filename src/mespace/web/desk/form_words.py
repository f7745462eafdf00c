"""What stands around a small form of the desk."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class FormWords:
    """Its title, what it does, and its button."""

    title: str | Promise
    intro: str | Promise
    button: str | Promise
    danger: bool = False
