"""What a person writes of an article, and where it stands: values that forms, imports and the demo hand over."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.knowledge.kinds import Audience, Shape, details_of
from mespace.knowledge.models import Revision

LONGEST_BODY = 100_000  # characters
LONGEST = {"title": 200, "summary": 400, "note": 300, "body": LONGEST_BODY}
LONGEST_DETAIL = 10_000
LONGEST_LINE = 200
MOST_MINUTES = 10_000
# As an address that ends here, in a link or beside it: nothing else is ever shown as a file.
ATTACHMENT = re.compile(r"(?<![\w/.%~-])attachment:([1-9]\d{0,17})(?!\.*[\w/%~-])")


@dataclass(frozen=True)
class ArticleText:
    """What becomes a revision."""

    title: str
    body: str
    summary: str = ""
    details: Mapping[str, str] = field(default_factory=dict)  # by name: knowledge/kinds.py
    note: str = ""

    @property
    def file_ids(self) -> set[int]:
        """The files that the texts name."""
        return {int(found) for text in (self.body, *self.details.values()) for found in ATTACHMENT.findall(text)}


@dataclass(frozen=True)
class Placement:
    """Where an article stands, who reads it, and what it is about."""

    section_id: int
    audience: str = Audience.CUSTOMERS
    product_ids: frozenset[int] = frozenset()
    component_ids: frozenset[int] = frozenset()
    version_ids: frozenset[int] = frozenset()
    known_error_id: int | None = None
    build_id: int | None = None


def text_of(revision: Revision) -> ArticleText:
    """What a revision says, to be edited."""
    return ArticleText(revision.title, revision.body, revision.summary, dict(revision.details))


def checked(text: ArticleText, kind: str) -> ArticleText:
    """The text, trimmed and without empty fields. Raises ValidationError by field."""
    details, errors = _checked_details(text, kind)
    made = ArticleText(_line(text.title), _lines(text.body), _line(text.summary), details, _line(text.note))
    if not made.title:
        errors["title"] = [_("Give it a title.")]
    if not made.body:
        errors["body"] = [_("Write the text.")]
    for name, longest in LONGEST.items():
        if len(getattr(made, name)) > longest:
            errors[name] = [_too_long(longest)]
    if errors:
        raise ValidationError(errors)
    return made


def _checked_details(text: ArticleText, kind: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The kind's own fields that are filled in, and what is wrong with them."""
    details: dict[str, str] = {}
    errors: dict[str, list[str]] = {}
    for detail in details_of(kind):
        value = text.details.get(detail.name, "")
        value = _lines(value) if detail.shape is Shape.TEXT else _line(value)
        complaint = _complaint(value, detail.shape)
        if complaint:
            errors[detail.name] = [complaint]
        elif value:
            details[detail.name] = value
    if details.get("holds_from", "") > details.get("holds_until", "9999"):
        errors["holds_until"] = [_("This day lies before the first one.")]
    return details, errors


def _complaint(value: str, shape: Shape) -> str:
    if shape is Shape.TEXT and len(value) > LONGEST_DETAIL:
        return _too_long(LONGEST_DETAIL)
    if shape is Shape.LINE and len(value) > LONGEST_LINE:
        return _too_long(LONGEST_LINE)
    if shape is Shape.MINUTES and value and not (value.isascii() and value.isdigit() and int(value) <= MOST_MINUTES):
        return _("Give whole minutes.")
    if shape is Shape.DAY and value:
        try:
            date.fromisoformat(value)
        except ValueError:
            return _("Give a date.")
    return ""


def _too_long(longest: int) -> str:
    return pgettext("knowledge", "At most %(most)d characters.") % {"most": longest}


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def _lines(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
