"""Addresses of pages: Django's `reverse`, with what does not hang on the arguments found once a process.

`reverse` looks for the page and compiles what its address must match anew each time; a list holds hundreds of links.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import get_resolver, get_script_prefix, reverse
from django.urls.resolvers import get_ns_resolver
from django.utils.http import RFC3986_SUBDELIMS, escape_leading_slashes

_SAFE = f"{RFC3986_SUBDELIMS}/~:@"


def address(name: str, *arguments: object) -> str:
    """The address of the page of that name, as `reverse(name, args=arguments)` gives it; raises NoReverseMatch."""
    shape = _shape(*table_of_addresses(), name, len(arguments))
    found = shape.filled(arguments) if shape is not None else None
    return reverse(name, args=arguments) if found is None else found


def table_of_addresses() -> tuple[str, str]:
    """What the address of a named page depends on: the table of addresses, and their prefix.

    No request of ours has a table of its own.
    """
    return settings.ROOT_URLCONF, get_script_prefix()


@dataclass(frozen=True)
class _Shape:
    """An address with places for its arguments, and what it must match with them."""

    text: str
    converters: Sequence[Any]  # one for each argument; None where it is put in as it is
    pattern: re.Pattern[str]

    def filled(self, arguments: Sequence[object]) -> str | None:
        """The address; None for arguments that it does not take."""
        try:
            words = [
                str(given) if converter is None else converter.to_url(given)
                for given, converter in zip(arguments, self.converters, strict=True)
            ]
        except ValueError:
            return None
        url = self.text % tuple(words)
        return escape_leading_slashes(quote(url, safe=_SAFE)) if self.pattern.search(url) else None


@cache
def _shape(urlconf: str, prefix: str, name: str, count: int) -> _Shape | None:
    """The shape of the page's address; None where there is none or a choice, which is left to Django."""
    resolver = get_resolver(urlconf)
    room, _colon, page = name.rpartition(":")
    if room:
        if room not in resolver.namespace_dict:
            return None
        start, inside = resolver.namespace_dict[room]
        resolver = get_ns_resolver(start, inside, tuple(inside.pattern.converters.items()))
    found = [
        (text, names, pattern, converters)
        for possibility, pattern, _defaults, converters in resolver.reverse_dict.getlist(page)
        for text, names in possibility
    ]
    if len(found) != 1 or len(found[0][1]) != count:
        return None
    text, names, pattern, converters = found[0]
    return _Shape(
        text=prefix.replace("%", "%%") + re.sub(r"%\((\w+)\)s", "%s", text),
        converters=[converters.get(each) for each in names],
        pattern=re.compile(f"^{re.escape(prefix)}{pattern}"),
    )
