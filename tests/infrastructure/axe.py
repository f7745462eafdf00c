"""Accessibility of the page that a browser shows, by axe."""

from collections.abc import Sequence
from typing import Any

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def findings(page: Any, rules: Sequence[str] = ()) -> list[str]:
    """What breaks WCAG 2.2 AA (or only these of axe's rules), a line each: rule, weight, words, elements.

    What held is not reported back, and no style sheet is fetched again: both took most of the time, and no rule that
    runs here reads them.
    """
    from axe_playwright_python.sync_playwright import Axe

    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(WCAG)}
    options = {"runOnly": only, "resultTypes": ["violations"], "preload": {"assets": ["media"]}}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']} ({rule['impact']}): {rule['help']} at {_places(rule)}" for rule in found]


def _places(rule: dict[str, Any]) -> str:
    return ", ".join(str(node["target"]) for node in rule["nodes"])
