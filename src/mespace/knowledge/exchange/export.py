"""A space as files: each article that readers have as Markdown with its head, and the files that the texts name."""

import re
from collections.abc import Iterator

from django.db.models import Prefetch

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.knowledge.exchange.front_matter import written_sheet
from mespace.knowledge.exchange.naming import sheet_of
from mespace.knowledge.models import Article, Space
from mespace.knowledge.models.revision import RevisionFile
from mespace.platform.files import Packed
from mespace.products.models import Component, Version

LONGEST_NAME = 60
_UNFIT = re.compile(r"[^\w\-]+")


def exported(*, actor: Actor, space: Space) -> Iterator[Packed]:
    """The entries of the space's archive, by section and title: `SECTION/NUMBER-TITLE.md` and `files/NUMBER-NAME`.

    What was never published and what is outdated stays here. A text names its files by number, as the entries do.
    A fixed number of statements. Raises Refused.
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
        )
        .order_by("section__position", "section__name", "pk")
    )
    files = {}
    for article in rows:
        text = article.shown
        assert text is not None and article.published_at is not None  # noqa: PT018, S101 - filtered above
        name = f"{_fit(article.section.name)}/{article.pk}-{_fit(text.title)}.md"
        yield Packed(name, article.published_at, text=written_sheet(sheet_of(article, text)))
        files[text.pk] = article.published_at
    ties = RevisionFile.objects.filter(revision__in=files).select_related("file").order_by("file_id")
    for file in {tie.file_id: tie.file for tie in ties}.values():
        yield Packed(f"files/{file.pk}-{file.name}", file.uploaded_at, blob=file.blob)


def _fit(text: str) -> str:
    """A part of a path that every system takes."""
    return _UNFIT.sub("-", text).strip("-")[:LONGEST_NAME] or "-"
