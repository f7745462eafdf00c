"""What people wrote in Markdown, on a page: one way for views and templates."""

from functools import lru_cache

from django.utils.safestring import SafeString

from mespace.platform.markdown import render

SHORT = 4_000  # characters; longer texts are drawn each time, so what is kept stays small
KEPT = 1_000  # the same clauses and workarounds stand on page after page


def prose(text: str) -> SafeString:
    """The text's safe HTML, to stand in `class="prose"`; nothing for nothing."""
    return _kept(text) if len(text) <= SHORT else SafeString(render(text))


@lru_cache(maxsize=KEPT)
def _kept(text: str) -> SafeString:
    return SafeString(render(text))
