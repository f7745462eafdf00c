"""A space as a ZIP of Markdown."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from mespace.knowledge.exchange.front_matter import read_sheet
from mespace.knowledge.exchange.naming import named
from mespace.knowledge.models import Article
from tests.access.shelves import Shelves
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelves(cast: Cast, settings: Any, tmp_path: Any) -> Shelves:
    settings.FILES = tmp_path
    made = Shelves(cast)
    made.names()
    return made


def archive_of(client: Client, code: str) -> zipfile.ZipFile:
    answer = client.get(f"/kb/spaces/{code}/export/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def test_what_readers_have_is_there_and_can_be_read_again(cast: Cast, client: Client, shelves: Shelves) -> None:
    client.force_login(cast.users["manager"])
    shown = Article.objects.filter(section__space=shelves.space, shown__isnull=False, outdated_at=None)
    assert shown.exists()
    archive = archive_of(client, shelves.space.code)
    assert archive.testzip() is None
    texts = [name for name in archive.namelist() if name.endswith(".md") and not name.startswith("files/")]
    assert len(texts) == len(set(texts)) == shown.count()
    titles = set()
    for name in texts:
        sheet = read_sheet(archive.read(name).decode())
        assert named(sheet, shelves.space).text.title == sheet.line("title")
        titles.add(sheet.line("title"))
    assert titles == set(shown.values_list("shown__title", flat=True))
    assert not {"draft", "review"} & titles
    (file,) = [name for name in archive.namelist() if name.startswith("files/")]
    assert (file, archive.read(file)) == ("files/ours/f.txt", b"offline")
    assert "[f](../files/ours/f.txt)" in archive.read("Печать/ours.md").decode()


def test_the_number_of_statements_does_not_grow_with_the_articles(
    cast: Cast, client: Client, shelves: Shelves, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.users["manager"])
    with django_assert_max_num_queries(10):
        archive_of(client, shelves.space.code)


@pytest.mark.parametrize(("who", "status"), [("agent", 403), ("auditor", 403), ("engineer", 404)])
def test_managers_alone_take_a_space_along(cast: Cast, client: Client, shelves: Shelves, who: str, status: int) -> None:
    client.force_login(cast.users[who])
    assert client.get(f"/kb/spaces/{shelves.space.code}/export/").status_code == status
