"""The icon sprite: which names it holds and how one is drawn."""

import re
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

SPRITE = Path(__file__).parent / "static/web/icons/icons.svg"


class UnknownIconError(LookupError):
    """A template or table names an icon that the sprite does not hold."""


@cache
def icon_names() -> frozenset[str]:
    """The names of all drawn icons."""
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text("utf-8")))


@cache
def _sprite_url() -> str:
    """Where the sprite is served; one look into the manifest for a process, a page holds hundreds of icons."""
    return static("web/icons/icons.svg")


def icon_svg(name: str, *, label: str = "", css: str = "") -> SafeString:
    """The icon as inline SVG that refers to the sprite: hidden from screen readers unless it has a `label`."""
    if name not in icon_names():
        raise UnknownIconError(f"The sprite holds no icon {name!r}. Add it: python tools/vendor.py icons {name}")
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(  # noqa: S308 - the name is one of the sprite's, the rest is escaped
        f'<svg class="icon{" " + escape(css) if css else ""}" {spoken}><use href="{_sprite_url()}#{name}"/></svg>'
    )
