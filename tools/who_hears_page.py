"""Writes docs/mechanisms/who_hears.md from the table of news: `python tools/who_hears_page.py`."""

import os
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs" / "mechanisms" / "who_hears.md"


def who_hears_page() -> str:
    """The page's text; needs Django to be set up."""
    from django.utils import translation

    from mespace.notifications.table import ROWS, SILENT, Group, Relation

    with translation.override("en"):
        lines = [
            "# Who hears of what",
            "",
            "Written by `tools/who_hears_page.py` from `notifications/table.py`: the table that also gives the",
            "recipients and the page of preferences. It is in the order of weight: of one act's several news, a person",
            "is told the last one here. Behind the bell everything stands at once; the last column says when a mail",
            "goes out unless a person chooses otherwise. In bold with a clause: always, whatever they choose.",
            "",
            "| news | told of these events | to whom | mail, by default |",
            "|---|---|---|---|",
        ]
        for row in ROWS:
            groups = dict.fromkeys(Group(group) for told in row.told.values() for group in told)
            events = ", ".join(f"`{event}`" for event in row.told) or (
                "announced" if row.is_announced else "no event of its own"
            )
            who = "; ".join(str(group.label) for group in groups) or "whom it concerns"
            mails = [
                f"**{Relation(relation).label}: {timing.label} ({row.required[relation]})**"
                if relation in row.required
                else f"{Relation(relation).label}: {timing.label}"
                for relation, timing in row.timing.items()
            ]
            lines.append(f"| {row.kind.label} | {events} | {who} | {'; '.join(mails)} |")
        silent = ", ".join(f"`{event}`" for event in sorted(SILENT))
        lines += ["", f"Nobody is told of {silent}.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(REPOSITORY / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mespace.settings.test")
    import django

    django.setup()
    PAGE.write_text(who_hears_page(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(REPOSITORY)}")
