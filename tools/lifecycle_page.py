"""Writes docs/mechanisms/lifecycle.md from the MOVES table: `python tools/lifecycle_page.py`."""

import os
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs" / "mechanisms" / "lifecycle.md"


def lifecycle_page() -> str:
    """The page's text; needs Django to be set up."""
    from django.utils import translation

    from mespace.tickets.lifecycle import MOVES, STAFF_RESOLUTIONS, Resolution, Status

    with translation.override("en"):
        order = {status: place for place, status in enumerate(Status)}
        lines = [
            "# The lifecycle of a ticket",
            "",
            "Written by `tools/lifecycle_page.py` from `tickets/lifecycle.py`: the table that also feeds the guard in",
            "the operations, the trigger in the database and the buttons. Whatever is not here is refused, with the",
            "allowed moves named.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            "  [*] --> open",
        ]
        arrows: dict[tuple[str, str], list[str]] = {}
        for move in MOVES:
            for source in sorted(move.sources, key=order.__getitem__):
                arrows.setdefault((source.value, move.target.value), []).append(move.verb.value)
        for (source, target), verbs in arrows.items():
            lines.append(f"  {source} --> {target}: {', '.join(verbs)}")
        lines += ["```", "", "| verb | by | from | to | why |", "|---|---|---|---|---|"]
        for move in MOVES:
            sources = ", ".join(f"`{source.value}`" for source in sorted(move.sources, key=order.__getitem__))
            arrow = f"{sources} | `{move.target.value}`"
            lines.append(f"| `{move.verb.value}` | {move.side.value} | {arrow} | {move.why} |")
        staff = ", ".join(f"`{each.value}`" for each in Resolution if each in STAFF_RESOLUTIONS)
        closing = (
            f"A closed ticket carries a resolution. Staff close with {staff}; the customer withdraws (`withdrawn`)."
        )
        lines += ["", closing, ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(REPOSITORY / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mespace.settings.test")
    import django

    django.setup()
    PAGE.write_text(lifecycle_page(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(REPOSITORY)}")
