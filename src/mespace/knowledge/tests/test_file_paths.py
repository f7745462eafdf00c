"""Texts name files by path in an archive, by number here, and nothing is lost between."""

import io
import posixpath
import re
import unicodedata
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mespace.knowledge.exchange.export import exported
from mespace.knowledge.exchange.file_paths import FreeNames, paths_of, with_numbers, with_paths
from mespace.knowledge.models import Article, ArticleFile, Space
from mespace.knowledge.operations.save_space import SpaceEntry, add_space
from mespace.knowledge.operations.upload_article_file import upload_article_file
from mespace.knowledge.tests.test_import import archive, complaints, imported, publish_drafts, sent, sheet
from mespace.platform.files import zipped
from tests.access.shelves import NOW, Shelves
from tests.cast import Cast

HOSTILE = (
    *(
        "план.txt",
        "План.txt",
        "план.txt",
        "..",
        "../../etc/passwd",
        "/abs.txt",
        "C:\\win.txt",
        "CON.txt",
        "a b (1).txt",
    ),
    *("100%25.txt", "a%20b.txt", "a b.txt", "x" * 300 + ".txt", "x" * 300 + ".txt", "ы" * 300 + ".log", ".hidden"),
    *(
        "Ёлка «№ 1» [2].txt",
        "q?#&=.txt",
        "tab\there.txt",
        "e\u0301.txt",
        "й.txt",
        "и\u0306.txt",
        "a\u202eb.txt",
        "*_~`|.txt",
    ),
    *("12-plan.txt", "STRASSE.txt", "straße.txt", "a.tar.gz", "a..b.txt", "-", 'quote\'s "both".txt'),
)
FILES = [ArticleFile(pk=number, name=name) for number, name in enumerate(HOSTILE, 1)]
PATHS = paths_of("Статья", FILES)
BY_PATH = {path: number for number, path in PATHS.items()}
AT = "Раздел/Статья.md"
WORDS = [
    "attachment:",
    "attachment:1",
    "attachment:12",
    "files/",
    "../files/",
    "![x](",
    "](",
    ")",
    "<",
    ">",
    "[a]: ",
    '"',
]
WORDS += [" ", "\n", ".", ",", "/", "%20", "a", "я", "1", "`", "|", "(", "#", "_", "*", "\\", "]("]


def back(text: str) -> str:
    return with_numbers(text, AT, by_number=lambda number: number, by_path=BY_PATH.get)[0]


@given(st.lists(st.sampled_from(WORDS) | st.sampled_from([f"attachment:{number}" for number in PATHS])).map("".join))
def test_whatever_a_text_says_comes_back_as_it_was(text: str) -> None:
    there = with_paths(text, PATHS)
    assert back(there) == text
    assert with_paths(back(there), PATHS) == there


@given(st.lists(st.text(max_size=200), max_size=8))
def test_any_names_lie_apart_and_inside_and_are_found_again(names: list[str]) -> None:
    paths = paths_of("a", [ArticleFile(pk=number, name=name) for number, name in enumerate(names, 1)])
    assert len({path.casefold() for path in paths.values()}) == len(names)
    for number, path in paths.items():
        folder, _, name = path.rpartition("/")
        assert folder == "files/a"
        assert name not in {"", ".", ".."}
        assert posixpath.normpath(path) == unicodedata.normalize("NFC", path) == path
        assert len(name) <= 150
        assert len(name.encode()) <= 240
        text = f"![x](attachment:{number}) attachment:{number}."
        found = with_numbers(with_paths(text, paths), "s/a.md", by_number=lambda _: None, by_path={path: 7}.get)
        assert found == ("![x](attachment:7) attachment:7.", [])


def test_a_name_that_got_a_number_keeps_it() -> None:
    names = [path.rpartition("/")[2] for path in PATHS.values()]
    again = FreeNames()
    assert [again.take(name) for name in names] == names


@pytest.mark.parametrize(
    "written",
    [
        "![x](../files/a/plan 1.png)",
        "![x](<../files/a/plan 1.png>)",
        "![x](../files/a/plan%201.png)",
        '![x](../files/a/plan%201.png "План")',
        "![x](./../files/a/plan%201.png)",
        "[x]: ../files/a/plan%201.png",
        "см. ../files/a/plan%201.png, потом дальше",
        "[x](../files/a/plan%201.png#page)",
    ],
)
def test_what_people_write_by_hand_is_understood(written: str) -> None:
    made, missing = with_numbers(written, "s/a.md", by_number=lambda _: None, by_path={"files/a/plan 1.png": 5}.get)
    if written == "![x](../files/a/plan 1.png)":  # in Markdown, this is no link
        assert (made, missing) == (written, ["../files/a/plan"])
    else:
        assert ("attachment:5" in made, missing) == (True, [])


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        ("![x](../../files/a/b.png)", ["../../files/a/b.png"]),
        ("![x](../files/../../a.png)", ["../files/../../a.png"]),
        ("![x](../files/nothing.png)", ["../files/nothing.png"]),
        ("![x](https://x.example/files/a/b.png)", []),
        ("![x](/files/a/b.png)", []),
        ("myfiles/a/b.png и files/нет", []),
    ],
)
def test_nothing_leads_out_of_the_archive(written: str, missing: list[str]) -> None:
    asked: list[str] = []

    def by_path(path: str) -> int | None:
        asked.append(path)
        return {"files/a/b.png": 1}.get(path)

    assert with_numbers(written, "s/a.md", by_number=lambda _: None, by_path=by_path) == (written, missing)


@pytest.fixture
def shelves(cast: Cast, settings: Any, tmp_path: Any) -> Shelves:
    settings.FILES = tmp_path
    return Shelves(cast)


def entries_of(cast: Cast, space: Space) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(zipped(exported(actor=cast.manager, space=space))))) as packed:
        names = packed.namelist()
        assert len(names) == len({name.casefold() for name in names})
        return {name: _without_origin(name, packed.read(name)) for name in names}


def _without_origin(name: str, data: bytes) -> bytes:
    """An article's file without the lines that tell which article it was: in another space, it is another."""
    return re.sub(rb"(?m)^(article|begun|revision) = .*\n", b"", data) if name.endswith(".md") else data


def png(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 10), colour).save(out, "PNG")
    return out.getvalue()


@pytest.mark.django_db
def test_a_space_that_went_round_is_the_same_byte_by_byte(cast: Cast, shelves: Shelves) -> None:
    common = {"actor": cast.agent, "now": NOW}
    files = [upload_article_file(**common, name=name, chunks=[name.encode("utf-8", "replace")]) for name in HOSTILE]
    files += [upload_article_file(**common, name="план.png", chunks=[png(colour)]) for colour in ("red", "blue")]
    links = "\n\n".join(f"![{file.pk}](attachment:{file.pk}) и attachment:{file.pk}." for file in files)
    shelves.published("Печать", body=f"{links}\n\n```\nattachment:{files[0].pk} ../files/none\n```")
    shelves.published("печать", body=f"[тот же](<attachment:{files[0].pk}>)\n\n[x]: attachment:{files[-2].pk}")
    shelves.published("Печать?", body="Без файлов")
    first = entries_of(cast, shelves.space)
    texts = b"".join(data for name, data in first.items() if name.endswith(".md")).decode()
    assert "attachment:" not in texts
    assert len([name for name in first if name.startswith("files/")]) == len(files) + 2
    other = add_space(actor=cast.manager, entry=SpaceEntry("copy", "Копия"))
    imported(cast, other, archive(first))
    publish_drafts(cast, other)
    assert entries_of(cast, other) == first
    assert ArticleFile.objects.filter(revisions__article__section__space=other).distinct().count() == len(files)
    plan = imported(cast, other, archive(first))
    assert len(plan.same) == 3


@pytest.mark.django_db
def test_a_section_called_as_the_folder_of_files_stays_a_section(cast: Cast, shelves: Shelves) -> None:
    shelves.section.name = "Files"
    shelves.section.save()
    shelves.published("1-a")
    assert list(entries_of(cast, shelves.space)) == ["Files_/1-a.md"]


@pytest.mark.django_db
def test_archives_of_before_name_files_by_number(cast: Cast, shelves: Shelves) -> None:
    old = {"Печать/5-a.md": sheet("a", "![x](attachment:12) [y](attachment:7)"), "files/12-план.png": png("red")}
    imported(cast, shelves.space, archive({**old, "files/7-log.txt": b"x"}))
    article = Article.objects.get(section__space=shelves.space)
    assert article.head is not None
    assert {file.name for file in article.head.files.all()} == {"план.png", "log.txt"}
    assert complaints(cast, shelves, {**old, "Печать/5-b.md": sheet("b", "x")}) == [("Печать/5-a.md", 6)]


@pytest.mark.django_db
def test_a_file_that_is_named_and_not_there_is_told_by_line(cast: Cast, shelves: Shelves) -> None:
    entries = {"Печать/a.md": sheet(body="Первая\n\n![x](../files/a/none.png)"), "files/a/other.txt": b"x"}
    assert complaints(cast, shelves, entries) == [("Печать/a.md", 8)]


@pytest.mark.django_db
def test_files_that_were_not_sent_along_are_those_of_the_article(cast: Cast, shelves: Shelves) -> None:
    file = upload_article_file(actor=cast.agent, now=NOW, name="план.txt", chunks=[b"x"])
    article = shelves.published("Печать", body=f"[план](attachment:{file.pk})")
    (path, text), *_ = entries_of(cast, shelves.space).items()
    changed = text.decode().replace("[план]", "[схема]")
    imported(cast, shelves.space, archive({path: changed}))
    article.refresh_from_db()
    assert article.head is not None
    assert article.head.body == f"[схема](attachment:{file.pk})"
    other = changed.replace("files/Печать/", "files/Другая/")
    row = sent(cast, shelves.space, archive({path: other}))
    assert row.files == {}
