"""Which article of the space a file means, and which files of it the file's text names."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mespace.knowledge.exchange.front_matter import ArticleSheet
from mespace.knowledge.exchange.naming import Named, begun
from mespace.knowledge.models import Article, ArticleFile, Space
from mespace.knowledge.texts import ATTACHMENT, ArticleText

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


def files_meant(
    text: ArticleText, article: Article | None, sent: Mapping[str, Mapping[str, str | int]]
) -> dict[int, int]:
    """For each number that the text names, the number of the file here. A number that means nothing is left out.

    A file that the article had before, byte by byte, stays the one that it is; so does one that was not sent along.
    """
    had = list(ArticleFile.objects.filter(revisions__article=article).distinct().order_by("-pk")) if article else []
    by_content = {file.sha256: file.pk for file in had}
    own = {file.pk for file in had}
    numbers: dict[int, int] = {}
    for number in text.file_ids:
        file = sent.get(str(number))
        if file is None:
            if number in own:
                numbers[number] = number
            continue
        same = by_content.get(str(file["sha256"])) or by_content.get(str(file["kept"]))
        numbers[number] = same or int(file["id"])
    return numbers


def renumbered(text: ArticleText, numbers: Mapping[int, int]) -> ArticleText:
    """The text with its files named as they are here."""

    def said(value: str) -> str:
        return ATTACHMENT.sub(lambda match: f"attachment:{numbers.get(int(match[1]), int(match[1]))}", value)

    details = {name: said(value) for name, value in text.details.items()}
    return ArticleText(text.title, said(text.body), text.summary, details, text.note)
