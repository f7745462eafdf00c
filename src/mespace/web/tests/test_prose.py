"""What people wrote in Markdown is drawn in one way, and only short texts are kept."""

from django.utils.safestring import SafeString

from mespace.web.prose import SHORT, _kept, prose


def test_marks_are_drawn_and_nothing_runs() -> None:
    made = prose("Служба `Spooler` <script>alert(1)</script>")
    assert isinstance(made, SafeString)
    assert "<code>Spooler</code>" in made
    assert "<script" not in made


def test_nothing_is_nothing() -> None:
    assert prose("") == ""


def test_a_long_text_is_not_kept() -> None:
    _kept.cache_clear()
    assert prose("а" * SHORT) == prose("а" * SHORT)
    assert _kept.cache_info().currsize == 1
    assert len(prose("а" * (SHORT + 1))) > SHORT
    assert _kept.cache_info().currsize == 1
