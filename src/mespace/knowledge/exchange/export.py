"""A space as files: each article that readers have as Markdown with its head, and the files that the texts name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.db.models import Prefetch

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.knowledge.exchange.file_paths import FOLDER, FreeNames, paths_of, with_paths
from mespace.knowledge.exchange.front_matter import ArticleSheet, written_sheet
from mespace.knowledge.exchange.naming import sheet_of
from mespace.knowledge.models import Article, Space
from mespace.platform.files import Packed, clean_name
from mespace.products.models import Component, Version

LONGEST_NAME = 60
_UNFIT = re.compile(r"[^\w\-]+")


def exported(*, actor: Actor, space: Space) -> Iterator[Packed]:
    """The entries of the space's archive, by section and title: `SECTION/TITLE.md` and `files/TITLE/NAME`.

    What was never published and what is outdated stays here. A text names its files by the way to them, so any reader
    of Markdown shows them. A fixed number of statements. Raises Refused.
    """
    actor.require(Permission.ARTICLES_PUBLISH)
    rows = (
        Article.objects.visible_to(actor)
        .filter(section__space=space, shown__isnull=False, outdated_at=None)
        .select_related("section", "shown", "known_error", "build__version__product")
        .prefetch_related(
            "products",
            Prefetch("components", Component.objects.select_related("product")),
            Prefetch("versions", Version.objects.select_related("product")),
            "shown__files",
        )
        .order_by("section__position", "section__name", "pk")
    )
    names = FreeNames()
    files: list[Packed] = []
    for article in rows:
        text = article.shown
        assert text is not None and article.published_at is not None  # noqa: PT018, S101 - filtered above
        title = names.take(_fit(text.title))
        paths = paths_of(title, text.files.all())
        files += [Packed(paths[file.pk], file.uploaded_at, blob=file.blob) for file in text.files.all()]
        sheet = _with_paths(sheet_of(article, text), paths)
        yield Packed(f"{_folder(article.section.name)}/{title}.md", article.published_at, text=written_sheet(sheet))
    yield from files


def _with_paths(sheet: ArticleSheet, paths: Mapping[int, str]) -> ArticleSheet:
    details = {name: with_paths(value, paths) for name, value in sheet.details.items()}
    return replace(sheet, body=with_paths(sheet.body, paths), details=details)


def _folder(section: str) -> str:
    """A section's folder: never the one in which the files lie."""
    name = _fit(section)
    return f"{name}_" if name.casefold() == FOLDER else name


def _fit(text: str) -> str:
    """A part of a path that every system takes."""
    return clean_name(_UNFIT.sub("-", text).strip("-")[:LONGEST_NAME].strip("-") or "-")
