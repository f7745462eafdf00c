"""What differs between two texts: lines, and in a changed line its words."""

from mespace.platform.text_diff import Gap, Line, diff


def said(before: str, after: str) -> list[object]:
    return [
        one.count if isinstance(one, Gap) else (one.said, "".join(piece.text for piece in one.pieces))
        for one in diff(before, after, context=1)
    ]


def test_equal_texts_do_not_differ() -> None:
    assert diff("а\nб", "а\nб") == []


def test_lines_that_came_and_went_with_what_stands_around() -> None:
    before = "\n".join("абвгдежз")
    assert said(before, before.replace("д", "д\nновая")) == [4, ("same", "д"), ("added", "новая"), ("same", "е"), 2]
    assert said("а\nб\nв", "а\nв") == [("same", "а"), ("removed", "б"), ("same", "в")]


def test_in_a_changed_line_the_words_are_marked() -> None:
    lines = [one for one in diff("Закройте старое окно.", "Закройте новое окно.") if isinstance(one, Line)]
    assert [(line.said, line.before, line.after) for line in lines] == [("removed", 1, None), ("added", None, 1)]
    assert [piece.text for line in lines for piece in line.pieces if piece.said != "same"] == ["старое", "новое"]


def test_lines_that_share_little_are_marked_whole() -> None:
    lines = [one for one in diff("совсем одно", "x = 12 + 5 * y") if isinstance(one, Line)]
    assert [[piece.said for piece in line.pieces] for line in lines] == [["removed"], ["added"]]


def test_very_long_texts_come_to_an_end() -> None:
    assert diff("a\n" * 50_000, "b\n" * 50_000)
    assert diff("слово " * 20_000, "другое " * 20_000)
