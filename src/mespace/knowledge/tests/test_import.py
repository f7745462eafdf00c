"""A space comes back from its archive: looked at first, all of it or nothing, as drafts."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from PIL import Image

from mespace.accounts.actor import Refused
from mespace.knowledge.exchange.contents import MOST_TEXTS
from mespace.knowledge.exchange.export import exported
from mespace.knowledge.exchange.plan import Plan
from mespace.knowledge.exchange.run import preview
from mespace.knowledge.kinds import Audience
from mespace.knowledge.lifecycle import State
from mespace.knowledge.models import Article, ArticleFile, Revision, Section, Space, SpaceImport
from mespace.knowledge.operations import upload_space as uploading
from mespace.knowledge.operations.apply_space_import import apply_space_import
from mespace.knowledge.operations.forget_space_imports import forget_space_imports
from mespace.knowledge.operations.publish_article import publish_article
from mespace.knowledge.operations.revise_article import revise_article
from mespace.knowledge.operations.save_space import SpaceEntry, add_space
from mespace.knowledge.operations.submit_article import submit_article
from mespace.knowledge.operations.upload_article_file import upload_article_file
from mespace.knowledge.operations.upload_space import upload_space
from mespace.knowledge.texts import ArticleText
from mespace.platform.files import Bounds, zipped
from mespace.platform.rows import RowNotFound
from mespace.products.models import Component
from tests.access.shelves import NOW, Shelves
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def shelves(cast: Cast, settings: Any, tmp_path: Any) -> Shelves:
    settings.FILES = tmp_path
    return Shelves(cast)


def picture(colour: str = "red", kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, kind)
    return out.getvalue()


def sheet(title: str = "Новая", body: str = "Текст", section: str = "Печать", **lines: str) -> str:
    head = {"title": title, "section": section, **lines}
    return "\n".join(["+++", *(f'{name} = "{value}"' for name, value in head.items()), "+++", "", body, ""])


def archive(entries: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return out.getvalue()


def taken_along(cast: Cast, space: Space) -> bytes:
    return b"".join(zipped(exported(actor=cast.manager, space=space)))


def unpacked(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".md")}


def sent(cast: Cast, space: Space, data: bytes) -> SpaceImport:
    return upload_space(actor=cast.manager, now=NOW, space_id=space.pk, file_name="line.zip", file=io.BytesIO(data))


def looked_at(cast: Cast, row: SpaceImport) -> Plan:
    return preview(actor=cast.manager, import_id=row.pk, now=LATER)[1]


def imported(cast: Cast, space: Space, data: bytes) -> Plan:
    """What came of it, as it was looked at before."""
    row = sent(cast, space, data)
    plan = looked_at(cast, row)
    assert plan.complaints == []
    apply_space_import(actor=cast.manager, now=LATER, import_id=row.pk, seen=plan.fingerprint)
    return plan


def complaints(cast: Cast, shelves: Shelves, entries: Mapping[str, str | bytes]) -> list[tuple[str, int]]:
    before = counts()
    row = sent(cast, shelves.space, archive(entries))
    plan = looked_at(cast, row)
    assert counts() == before
    assert all(each.text for each in plan.complaints)
    with pytest.raises(ValidationError):
        apply_space_import(actor=cast.manager, now=LATER, import_id=row.pk, seen=plan.fingerprint)
    assert counts() == before
    return [(each.path, each.line) for each in plan.complaints]


def counts() -> tuple[int, int, int]:
    return Article.objects.count(), Revision.objects.count(), Section.objects.count()


def outcomes(plan: Plan) -> tuple[int, int, int]:
    return len(plan.added), len(plan.changed), len(plan.same)


def publish_drafts(cast: Cast, space: Space) -> None:
    for article in Article.objects.filter(section__space=space, state=State.DRAFT):
        submit_article(actor=cast.manager, now=LATER, article_id=article.pk)
        publish_article(actor=cast.manager, now=LATER, article_id=article.pk)


def texts_of(space: Space) -> list[tuple[str, str, str, dict[str, str]]]:
    rows = Article.objects.filter(section__space=space).order_by("head__title")
    return [(row.head.title, row.section.name, row.audience, dict(row.head.details)) for row in rows if row.head]


def furnished(shelves: Shelves) -> None:
    """Articles of several kinds with a picture, a file and everything that a head can say."""
    cast = shelves.cast
    component = Component.objects.create(product=cast.product, name="Печать этикеток")
    plan = upload_article_file(actor=cast.agent, now=NOW, name="план.jpg", chunks=[picture()])
    log = upload_article_file(actor=cast.agent, now=NOW, name="log.txt", chunks=["Ошибка E-1042\n".encode()])
    shelves.published(
        'Кавычки «и» \\ "косая"',
        body=f"Вот так:\n\n![план](attachment:{plan.pk})\n\n| a | b |\n|---|---|\n\n+++\n\n[лог](attachment:{log.pk})",
        audience=Audience.PRODUCT_USERS,
        product_ids=frozenset({cast.product.pk}),
        component_ids=frozenset({component.pk}),
        version_ids=frozenset({cast.build.version_id}),
    )
    shelves.published("Тот же план", body=f"![план](attachment:{plan.pk})", audience=Audience.PUBLIC)


def test_a_space_goes_round_and_says_the_same(cast: Cast, shelves: Shelves) -> None:
    furnished(shelves)
    first = taken_along(cast, shelves.space)
    other = add_space(actor=cast.manager, entry=SpaceEntry("copy", "Копия"))
    plan = imported(cast, other, first)
    assert (outcomes(plan), plan.sections) == ((2, 0, 0), ["Печать"])
    made = Article.objects.filter(section__space=other)
    assert set(made.values_list("state", "shown")) == {(State.DRAFT, None)}  # never published straight
    assert texts_of(other) == texts_of(shelves.space)
    assert {tuple(one.components.values_list("name", flat=True)) for one in made} == {("Печать этикеток",), ()}
    publish_drafts(cast, other)
    second = taken_along(cast, other)
    shown = [_plain(text) for text in unpacked(first).values()]
    assert sorted(shown) == sorted(_plain(text) for text in unpacked(second).values())
    assert outcomes(imported(cast, other, second)) == (0, 0, 2)  # the same once more does nothing
    assert outcomes(imported(cast, other, first)) == (0, 0, 2)  # pictures were written again, and are known by it
    assert ArticleFile.objects.filter(revisions__article__section__space=other).distinct().count() == 2


def _plain(text: str) -> str:
    """Without what differs by nature: numbers and instants."""
    return re.sub(r"(?m)^(article|begun|revision) = .*\n|(?<=attachment:)\d+", "", text)


def test_what_was_changed_elsewhere_comes_back_as_a_draft(cast: Cast, shelves: Shelves) -> None:
    furnished(shelves)
    data = unpacked(taken_along(cast, shelves.space))
    path = next(name for name in data if "Кавычки" in name)
    data[path] = data[path].replace("Вот так:", "Вот как:").replace('audience = "product_users"', 'audience = "public"')
    row = sent(cast, shelves.space, archive(data))  # the files were not sent along: the article has them
    plan = looked_at(cast, row)
    assert outcomes(plan) == (0, 1, 1)
    (line,) = plan.changed
    assert (line.before is not None and "Вот так" in line.before.body, "Вот как" in line.after.body) == (True, True)
    assert (len(line.notes), line.is_placed) == (1, False)  # who reads a published article is not changed by a file
    apply_space_import(actor=cast.manager, now=LATER, import_id=row.pk, seen=plan.fingerprint)
    article = Article.objects.get(pk=line.article.pk)
    assert (article.state, article.audience, article.head.number) == (State.DRAFT, Audience.PRODUCT_USERS, 2)  # type: ignore[union-attr]
    assert article.shown is not None
    assert "Вот так" in article.shown.body
    assert article.head.note.endswith("line.zip")  # type: ignore[union-attr]
    assert set(article.head.files.all()) == set(article.shown.files.all())  # type: ignore[union-attr]
    again = apply_space_import(actor=cast.manager, now=LATER, import_id=row.pk, seen="")
    assert (again.changed, again.texts, Article.objects.get(pk=article.pk).head_id) == (1, [], article.head_id)


def test_a_draft_takes_its_place_from_the_file_too(cast: Cast, shelves: Shelves) -> None:
    draft = shelves.written("Черновик")
    plan = imported(cast, shelves.space, archive({"a.md": sheet("Черновик", section="Весы", audience="staff")}))
    assert (outcomes(plan), plan.changed[0].is_placed) == ((0, 1, 0), True)
    article = Article.objects.get(pk=draft.pk)
    assert (article.section.name, article.audience) == ("Весы", Audience.STAFF)


def test_a_newer_draft_is_told_of_and_an_older_text_is_no_change(cast: Cast, shelves: Shelves) -> None:
    article = shelves.published("Печать")
    data = taken_along(cast, shelves.space)
    revise_article(actor=cast.agent, now=NOW, article_id=article.pk, text=ArticleText("Печать", "Новее"), base=1)
    assert outcomes(looked_at(cast, sent(cast, shelves.space, data))) == (0, 0, 1)  # readers have just this
    (path, text) = next(iter(unpacked(data).items()))
    plan = looked_at(cast, sent(cast, shelves.space, archive({path: text.replace("Текст", "Иначе")})))
    assert (outcomes(plan), "2" in plan.changed[0].notes[0]) == ((0, 1, 0), True)


def test_what_changed_since_it_was_looked_at_is_looked_at_again(cast: Cast, shelves: Shelves) -> None:
    article = shelves.written("Печать")
    row = sent(cast, shelves.space, archive({"a.md": sheet("Печать", "Иначе")}))
    seen = looked_at(cast, row).fingerprint
    revise_article(actor=cast.agent, now=NOW, article_id=article.pk, text=ArticleText("Печать", "Новее"), base=1)
    with pytest.raises(ValidationError):
        apply_space_import(actor=cast.manager, now=LATER, import_id=row.pk, seen=seen)
    assert Article.objects.get(pk=article.pk).head.number == 2  # type: ignore[union-attr]


def test_an_article_of_another_house_with_the_same_number_is_not_meant(cast: Cast, shelves: Shelves) -> None:
    article = shelves.written("Печать")
    begun = {"article": str(article.pk), "begun": "2020-01-01T00:00:00Z"}
    assert outcomes(looked_at(cast, sent(cast, shelves.space, archive({"a.md": sheet("Весы", **begun)})))) == (1, 0, 0)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Без головы", 1),
        (sheet(kind="novel"), 4),
        (sheet(section=""), 3),
        (sheet(title=""), 2),
        (sheet(title="x" * 201), 2),
        (sheet(body=""), 5),
        (sheet(audience="all"), 4),
        (sheet(products="line"), 4),
        (sheet(known_error="KE-99"), 4),
        (sheet(kind="known_error"), 1),
        (sheet(build="line 9.9.9"), 4),
        (sheet(owner="me"), 4),
        ('+++\ntitle = "a"\nsection = Печать\n+++\nТекст', 3),
        ('+++\ntitle = "a"\nsection = "Печать"\nproducts = ["nothing"]\n+++\nТекст', 4),
        ('+++\ntitle = "a"\nsection = "Печать"\n\n[details]\nsymptom = "x"\n+++\nТекст', 6),
        ('+++\ntitle = "a"\nsection = "Печать"\n\n[details]\nminutes = "x"\n+++\nТекст', 6),
        (f"+++\ntitle = {'9' * 5000}\n+++\nТекст", 1),
        ("+++\na = " + "[" * 5000 + "\n+++\nТекст", 1),
        (sheet(body="Первая\n\n![x](attachment:77)"), 8),
        (sheet(body="x" * 100_001), 6),
    ],
)
def test_what_is_wrong_is_told_by_file_and_line(cast: Cast, shelves: Shelves, text: str, line: int) -> None:
    entries = {"good.md": sheet("Хорошая", section="Весы"), "Печать/bad.md": text}
    assert complaints(cast, shelves, entries) == [("Печать/bad.md", line)]


@pytest.mark.parametrize(
    "entries",
    [
        {"readme.txt": "x", "a.md": sheet()},
        {"files/plan.png": picture(), "a.md": sheet()},
        {"files/1-a.txt": "x", "files/1-b.txt": "x", "a.md": sheet()},
        {"files/1-a.exe": b"MZ" + bytes(90), "a.md": sheet(body="[x](attachment:1)")},
        {"files/1-a.png": b"\x89PNG\r\n\x1a\n" + bytes(90), "a.md": sheet(body="![x](attachment:1)")},
        {"a.md": b"+++\n\xff\xfe"},
        {"a.md": sheet().encode("utf-16")},
        {"a.md": b"+++\n" + b"x" * 1_100_000},
        {"empty.bin": b""},
        {},
        {f"{number}.md": sheet(str(number)) for number in range(MOST_TEXTS + 1)},
    ],
)
def test_what_is_no_article_and_no_file_is_refused(cast: Cast, shelves: Shelves, entries: dict[str, Any]) -> None:
    assert len(complaints(cast, shelves, entries)) == 1
    assert not ArticleFile.objects.exists()


def test_two_files_cannot_mean_one_article(cast: Cast, shelves: Shelves) -> None:
    shelves.written("Печать")
    assert complaints(cast, shelves, {"a.md": sheet("Печать", "a"), "b.md": sheet("Печать", "b")}) == [("b.md", 2)]
    shelves.written("Печать")
    assert complaints(cast, shelves, {"a.md": sheet("Печать", "a")}) == [("a.md", 2)]


def test_hostile_files_and_texts_are_kept_harmless(cast: Cast, client: Client, shelves: Shelves) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    deep = ">" * 5_000 + " x\n" + "- " * 3_000 + "x\n\n"
    table = "|" + "a|" * 2_000 + "\n|" + "-|" * 2_000 + "\n" + ("|" + "b|" * 20 + "\n") * 500
    body = (
        "[a](javascript:alert(1)) <script>alert(2)</script> ![s](attachment:1) [h](attachment:2) "
        f"[d](data:text/html;base64,AAAA)\n\n{deep}{table}"
    )
    entries = {
        "folder/a.md": sheet("<img src=x onerror=alert(3)>", body),
        "folder/files/1-x.svg": svg,
        "folder/files/2-x.html": "<script>alert(4)</script>",
        "folder/.DS_Store": "x",
        "__MACOSX/folder/._a.md": "x",
    }
    del entries["__MACOSX/folder/._a.md"]
    row = sent(cast, shelves.space, archive(entries))
    client.force_login(cast.users["manager"])
    page = client.get(f"/kb/imports/{row.pk}/")
    assert page.status_code == 200
    assert "<img src=x" not in page.content.decode()
    client.post(f"/kb/imports/{row.pk}/apply/", {"seen": looked_at(cast, row).fingerprint})
    article = Article.objects.get(section__space=shelves.space)
    text = client.get(f"/kb/{article.pk}/").content.decode()
    assert not [
        bad
        for bad in ('="javascript:', "<script>alert", '="data:text', "onerror=alert(3)>", "<svg xmlns")
        if bad in text
    ]
    for file in ArticleFile.objects.all():
        answer = client.get(f"/kb/files/{file.pk}/")
        assert (answer.headers["Content-Type"], file.is_image) == ("application/octet-stream", False)
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_hostile_archive_is_refused_by_the_form_with_the_name(
    cast: Cast, client: Client, shelves: Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "BOUNDS", Bounds(entries=5, unpacked=100_000))
    client.force_login(cast.users["manager"])
    bomb = archive({"bomb.md": b"\x00" * 200_000})
    for data, told in ((archive({"../a.md": sheet()}), "../a.md"), (bomb, ""), (b"no zip", ""), (bomb[:-9], "")):
        answer = client.post(f"/kb/spaces/{shelves.space.code}/import/", {"file": io.BytesIO(data)})
        assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert not SpaceImport.objects.exists()


def test_pictures_that_take_too_long_are_not_waited_for(
    cast: Cast, shelves: Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "LONGEST", -1.0)
    entries = {"a.md": sheet(body="![x](attachment:1)"), "files/1-a.jpg": picture()}
    assert [path for path, _line in complaints(cast, shelves, entries)] == [""]


def test_an_import_is_its_uploaders_own_and_a_managers(cast: Cast, shelves: Shelves) -> None:
    row = sent(cast, shelves.space, archive({"a.md": sheet()}))
    SpaceImport.objects.filter(pk=row.pk).update(uploaded_by=cast.users["agent"])
    with pytest.raises(RowNotFound):
        preview(actor=cast.manager, import_id=row.pk, now=LATER)
    with pytest.raises(RowNotFound):
        apply_space_import(actor=cast.manager, now=LATER, import_id=row.pk, seen="")
    for who in ("agent", "auditor", "engineer", "contractor"):
        with pytest.raises(Refused):
            sent_by(cast, who, shelves.space)
        with pytest.raises(Refused):
            preview(actor=cast.actors[who], import_id=row.pk, now=LATER)
        with pytest.raises(Refused):
            apply_space_import(actor=cast.actors[who], now=LATER, import_id=row.pk, seen="")


def sent_by(cast: Cast, who: str, space: Space) -> SpaceImport:
    data = io.BytesIO(archive({"a.md": sheet()}))
    return upload_space(actor=cast.actors[who], now=NOW, space_id=space.pk, file_name="a.zip", file=data)


def test_what_is_not_imported_within_a_day_is_forgotten(cast: Cast, shelves: Shelves) -> None:
    sent(cast, shelves.space, archive({"a.md": sheet()}))
    assert forget_space_imports(now=NOW + timedelta(hours=23)) == 0
    assert forget_space_imports(now=NOW + timedelta(hours=25)) == 1


def test_it_is_done_by_the_pages(cast: Cast, client: Client, shelves: Shelves) -> None:
    shelves.published("Старая")
    client.force_login(cast.users["manager"])
    address = f"/kb/spaces/{shelves.space.code}/import/"
    assert client.get(address).status_code == 200
    data = archive({"a.md": sheet("Новая", section="Весы"), "b.md": sheet("Старая", "Иначе сказано")})
    answer = client.post(address, {"file": io.BytesIO(data)})
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Весы · <code>a.md" in page
    for said in ("Новая", "Весы", "Старая", "сказано", "b.md"):
        assert said in page
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    done = client.post(f"{answer.headers['Location']}apply/", {"seen": seen})
    assert (done.status_code, done.headers["Location"]) == (303, "/kb/waiting/")
    assert Article.objects.filter(section__space=shelves.space, state=State.DRAFT).count() == 2
    assert client.get(answer.headers["Location"]).status_code == 200
    bad = client.post(address, {"file": io.BytesIO(archive({"a.md": "x", "z/b.md": b"\xff"}))})
    page = client.get(bad.headers["Location"]).content.decode()
    assert "z/b.md" in page
    assert 'name="seen"' in page


def test_the_number_of_statements_grows_by_the_articles_that_are_written_alone(
    cast: Cast, shelves: Shelves, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        shelves.written(f"Статья {number}")
    entries = {f"{number}.md": sheet(f"Статья {number}") for number in range(5)}
    row = sent(cast, shelves.space, archive(entries))
    with django_assert_max_num_queries(10 + 12 * 5):
        assert outcomes(looked_at(cast, row)) == (0, 0, 5)
