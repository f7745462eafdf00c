"""Which article of the space a file means, and which files of it the file's text names."""

import posixpath
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mespace.knowledge.exchange.file_paths import paths_of, with_numbers
from mespace.knowledge.exchange.front_matter import ArticleSheet
from mespace.knowledge.exchange.naming import Named, begun
from mespace.knowledge.models import Article, ArticleFile, Space
from mespace.knowledge.texts import ArticleText

NUMBER = 18  # digits of a number that the database takes


def article_meant(sheet: ArticleSheet, said: Named, space: Space, *, new: Collection[int]) -> Article | None:
    """The article by its number and beginning, by what it is bound to, or by its title; None: it is a new one.

    Those of `new` came with the same archive and are not meant. Raises ValidationError when several are called so.
    """
    rows = Article.objects.select_for_update(of=("self",)).filter(section__space=space).exclude(pk__in=new)
    rows = rows.select_related("head", "shown", "section")
    number = sheet.line("article")
    if number.isascii() and number.isdigit() and len(number) <= NUMBER:
        known = rows.filter(pk=int(number)).first()
        if known is not None and begun(known) == sheet.line("begun"):
            return known
    place = said.placement
    if place.known_error_id is not None:
        return rows.filter(known_error_id=place.known_error_id).first()
    if place.build_id is not None:
        return rows.filter(build_id=place.build_id).first()
    title = " ".join(said.text.title.split())
    return _only(rows.filter(Q(head__title=title) | Q(shown__title=title), kind=said.kind), place.section_id)


def _only(rows: QuerySet[Article], section_id: int) -> Article | None:
    found = list(rows[:20])
    if len(found) > 1:
        found = [row for row in found if row.section_id == section_id] or found
    if len(found) > 1:
        raise ValidationError(
            {"title": [_("Several articles of the space are called so. Leave “article” and “begun” in the file.")]}
        )
    return found[0] if found else None


def with_files(
    text: ArticleText, at: str, article: Article | None, sent: Mapping[str, Mapping[str, str | int]]
) -> tuple[ArticleText, list[str]]:
    """The text of the file `at` with its files named as they are here, and what it names that is nowhere.

    A file that the article had before, byte by byte, stays the one that it is; so does one that was not sent along.
    """
    had = {file.pk: file.sha256 for file in _files_of(article)}
    by_content = {digest: number for number, digest in reversed(had.items())}
    name = posixpath.basename(at).removesuffix(".md")
    shown = article.shown.files.all() if article is not None and article.shown is not None else ()
    by_way = {f"/{path}": number for number, path in paths_of(name, shown).items()}

    def lying_at(path: str) -> int | None:
        return next((number for way, number in by_way.items() if f"/{path}".endswith(way)), None)

    def of(file: Mapping[str, str | int]) -> int:
        digests = [str(file["sha256"]), str(file["kept"])]
        there = lying_at(str(file["path"]))
        if there is not None and had[there] in digests:  # of several with these bytes, the one of this name
            return there
        return next((by_content[digest] for digest in digests if digest in by_content), int(file["id"]))

    def by_number(number: int) -> int | None:
        file = sent.get(str(number))
        return of(file) if file is not None else number if number in had else None

    def by_path(path: str) -> int | None:
        file = sent.get(path)
        return of(file) if file is not None else lying_at(path)

    missing: list[str] = []

    def said(value: str) -> str:
        made, absent = with_numbers(value, at, by_number=by_number, by_path=by_path)
        missing.extend(absent)
        return made

    details = {name: said(value) for name, value in text.details.items()}
    return ArticleText(text.title, said(text.body), text.summary, details, text.note), missing


def _files_of(article: Article | None) -> QuerySet[ArticleFile]:
    """All that its texts have named, the newest first."""
    if article is None:
        return ArticleFile.objects.none()
    return ArticleFile.objects.filter(revisions__article=article).distinct().order_by("-pk")
