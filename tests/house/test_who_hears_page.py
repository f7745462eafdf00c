"""The page about who hears of what says what the table says."""

from tools.who_hears_page import PAGE, who_hears_page


def test_the_page_about_news_is_what_the_table_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == who_hears_page(), "run: python tools/who_hears_page.py"
