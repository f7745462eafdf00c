"""A build's number as people type it: `4.12.3`."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_NUMBER = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


def parse_build_number(text: str) -> tuple[int, int, int]:
    """Version, second and third group of `4.12.3`. Raises ValidationError under `number`."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None or not match[0].isascii():
        raise ValidationError({"number": _("Type three numbers with dots between them, as in 4.12.3.")})
    return int(match[1]), int(match[2]), int(match[3])
