"""Articles as files: read, written, read again; and what is wrong with one is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespace.knowledge.exchange.front_matter import ArticleSheet, BadFrontMatter, read_sheet, written_sheet

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@given(
    st.builds(
        ArticleSheet,
        st.fixed_dictionaries({"title": TEXT.filter(bool), "kind": st.just("how_to")}),
        st.just({}),
        st.dictionaries(st.just("symptom"), TEXT, max_size=1),
        TEXT.map(str.strip),
    )
)
def test_what_is_written_is_read_again(sheet: ArticleSheet) -> None:
    assert read_sheet(written_sheet(sheet)) == sheet


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Текст без головы",
        "+++\ntitle = \n+++\n",
        "+++\nowner = 'x'\n+++\n",
        "+++\ntitle = 5\n+++\n",
        "+++\nproducts = 'line'\n+++\n",
        "+++\ndetails = 1\n+++\n",
        "+++\ntitle = 'x'\n",
        "+++\n" + "[a]\n" * 5 + "+++",
    ],
)
def test_a_head_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadFrontMatter):
        read_sheet(text)


def test_the_files_of_windows_are_read() -> None:
    sheet = read_sheet("\ufeff+++\r\ntitle = 'Да'\r\n+++\r\nТекст\r\nдальше\r\n")
    assert (sheet.line("title"), sheet.body) == ("Да", "Текст\nдальше")
