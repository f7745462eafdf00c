"""Ninety days as bars: an SVG without style or script, told in words besides."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mespace.announcements.queries.status import Bar
from mespace.web.instants import day_words
from mespace.web.status.words import bar_words

STEP, WIDTH, HEIGHT, LEAST = 10, 8, 40, 6
ORDER = ("up", "unknown", "planned", "down")  # from the bottom


def parts_of(bar: Bar) -> list[tuple[str, int]]:
    """The bar's parts from the bottom, each at least so high that it is seen, all together the full height."""
    seconds = {"up": bar.up, "unknown": bar.unknown, "planned": bar.planned, "down": bar.down - bar.planned}
    there = {name: value for name in ORDER if (value := seconds[name]) > 0}
    if not there:
        return [("unknown", HEIGHT)]
    total = sum(there.values())
    heights = {name: max(LEAST, value * HEIGHT // total) for name, value in there.items()}
    largest = max(there, key=lambda name: there[name])
    heights[largest] += HEIGHT - sum(heights.values())
    return list(heights.items())


def bars_svg(bars: Sequence[Bar], *, label: str) -> SafeString:
    """The picture; each bar says its day when it is pointed at."""
    drawn = []
    for number, bar in enumerate(bars):
        top, rects = HEIGHT, []
        for name, height in parts_of(bar):
            top -= height
            rects.append(f'<rect class="{name}" x="{number * STEP}" y="{top}" width="{WIDTH}" height="{height}"/>')
        title = escape(f"{day_words(bar.day)}: {bar_words(bar)}")
        drawn.append(f"<g><title>{title}</title>{''.join(rects)}</g>")
    box = f"0 0 {len(bars) * STEP - STEP + WIDTH} {HEIGHT}"
    return mark_safe(  # noqa: S308 - numbers and escaped words
        f'<svg class="days" role="img" aria-label="{escape(label)}" viewBox="{box}" preserveAspectRatio="none">'
        f"{''.join(drawn)}</svg>"
    )
