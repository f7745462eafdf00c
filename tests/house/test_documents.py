"""The documents: every page stands in its list, and every link of ours leads to a file."""

import re
from pathlib import Path

import pytest

from tests.house.source import REPOSITORY

DOCS = REPOSITORY / "docs"
LINK = re.compile(r"\]\(([^)\s]+)\)")
PAGES = [REPOSITORY / "README.md", *sorted(DOCS.rglob("*.md")), *sorted((REPOSITORY / "verifier").glob("*.md"))]


@pytest.mark.parametrize(("folder", "index"), [("mechanisms", "README.md"), ("decisions", "decisions/README.md")])
def test_every_page_is_listed(folder: str, index: str) -> None:
    listed = {target.rsplit("/", 1)[-1] for target in LINK.findall((DOCS / index).read_text(encoding="utf-8"))}
    assert {page.name for page in (DOCS / folder).glob("*.md")} - listed - {"README.md"} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    targets = [target.split("#")[0] for target in LINK.findall(page.read_text(encoding="utf-8"))]
    ours = [target for target in targets if target and not re.match(r"[a-z]+:|/", target)]
    assert [target for target in ours if not (page.parent / target).exists()] == []
