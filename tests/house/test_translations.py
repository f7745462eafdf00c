"""Every word that a room shows has its Russian, compiled and current."""

from pathlib import Path

import pytest

from tools import messages


@pytest.mark.parametrize("room", messages.rooms(), ids=lambda room: room.name)
def test_the_room_speaks_russian(room: messages.Room) -> None:
    assert messages.check(room) == []


def test_no_two_rooms_translate_one_word_differently() -> None:
    assert messages.conflicts(messages.rooms()) == []


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> messages.Room:
    """A room of its own with one plain word, one with a context, one plural and one in a template."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "SOURCE", tmp_path)
    folder = tmp_path / "sample"
    (folder / "templates").mkdir(parents=True)
    (folder / "words.py").write_text(
        'a = _("Plain")\nb = pgettext_lazy("status", "Open")\nc = ngettext("%(n)d day", "%(n)d days", 3)\n', "utf-8"
    )
    (folder / "templates/page.html").write_text(
        '{% load i18n %}\n    <p>\n  {% translate "In a template" %} (don\'t)\n'
        "{% blocktranslate count n=n %}{{ n }} file{% plural %}{{ n }} files{% endblocktranslate %}",
        "utf-8",
    )
    return messages.Room("sample")


def fill(room: messages.Room, **replacements: str) -> None:
    text = room.catalogue.read_text("utf-8")
    for word, russian in replacements.items():
        text = text.replace(
            f'msgid "{word.replace("_", " ")}"\nmsgstr ""', f'msgid "{word.replace("_", " ")}"\nmsgstr "{russian}"'
        )
    room.catalogue.write_text(text, "utf-8")


def test_words_are_found_in_python_and_in_templates(sample: messages.Room) -> None:
    found = {messages.key_of(message) for message in messages.extracted(sample) if message.id}
    assert found == {
        ("Plain", None),
        ("Open", "status"),
        ("%(n)d day", None),
        ("In a template", None),
        ("%(n)s file", None),
    }


def test_a_room_without_catalogue_is_named(sample: messages.Room) -> None:
    assert messages.check(sample) == ["sample: there is no sample/locale/ru/LC_MESSAGES/django.po for its 5 words"]


def test_new_words_are_added_empty_and_named_as_missing(sample: messages.Room) -> None:
    messages.update(sample)
    assert "sample: “Open” (status) has no Russian" in messages.check(sample)
    assert len(messages.check(sample)) == 5


def test_a_translation_that_loses_a_name_is_named(sample: messages.Room) -> None:
    (sample.folder / "words.py").write_text('a = _("Due %(on)s")\n', "utf-8")
    messages.update(sample)
    fill(sample, **{"Due_%(on)s": "Срок"})
    messages.update(sample)
    assert "sample: “Due %(on)s” and its Russian differ in what they fill in" in messages.check(sample)


def test_unused_and_stale_are_named(sample: messages.Room) -> None:
    messages.update(sample)
    fill(sample, Plain="Просто")
    (sample.folder / "words.py").write_text('b = pgettext("status", "Open")\n', "utf-8")
    wrong = messages.check(sample)
    assert "sample: “Plain” is used nowhere" in wrong
    assert any("is not what the .po says" in line for line in wrong)


def test_updating_twice_changes_nothing(sample: messages.Room) -> None:
    messages.update(sample)
    first = sample.catalogue.read_bytes(), sample.catalogue.with_suffix(".mo").read_bytes()
    messages.update(sample)
    assert (sample.catalogue.read_bytes(), sample.catalogue.with_suffix(".mo").read_bytes()) == first
