"""The page about the lifecycle says what the table says."""

from tools.lifecycle_page import PAGE, lifecycle_page


def test_the_lifecycle_page_is_what_the_table_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == lifecycle_page(), "run: python tools/lifecycle_page.py"
