"""The kinds of articles, and the fields that each has besides title, summary and text: one table for form and page."""

from enum import StrEnum
from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ArticleKind(models.TextChoices):
    """What an article is; it never changes."""

    HOW_TO = "how_to", pgettext_lazy("kind of article", "How-to")
    SOLUTION = "solution", pgettext_lazy("kind of article", "Typical solution")
    KNOWN_ERROR = "known_error", pgettext_lazy("kind of article", "Known error")
    RELEASE_NOTES = "release_notes", pgettext_lazy("kind of article", "Release notes")
    NOTICE = "notice", pgettext_lazy("kind of article", "Notice")
    REGULATION = "regulation", pgettext_lazy("kind of article", "Regulation")


class Audience(models.TextChoices):
    """Who reads an article once it is published."""

    PUBLIC = "public", pgettext_lazy("audience of an article", "Everybody, also without signing in")
    CUSTOMERS = "customers", pgettext_lazy("audience of an article", "All customers")
    PRODUCT_USERS = (
        "product_users",
        pgettext_lazy("audience of an article", "Customers with contracts for its software"),
    )
    STAFF = "staff", pgettext_lazy("audience of an article", "Staff only")


class Shape(StrEnum):
    """How a field is typed in and shown."""

    TEXT = "text"  # Markdown
    LINE = "line"
    DAY = "day"
    MINUTES = "minutes"


class Detail(NamedTuple):
    """A field of a kind."""

    name: str
    label: str | Promise
    shape: Shape
    hint: str | Promise = ""


DETAILS: dict[ArticleKind, tuple[Detail, ...]] = {
    ArticleKind.HOW_TO: (
        Detail("needed", _("What is needed beforehand"), Shape.TEXT, _("Rights, files, a time without production…")),
        Detail("minutes", _("How long it takes, in minutes"), Shape.MINUTES),
    ),
    ArticleKind.SOLUTION: (
        Detail("symptom", _("What is seen"), Shape.TEXT, _("Messages word for word: people search for them.")),
        Detail("cause", _("Why it happens"), Shape.TEXT),
    ),
    ArticleKind.KNOWN_ERROR: (Detail("symptom", _("What is seen"), Shape.TEXT),),
    ArticleKind.RELEASE_NOTES: (
        Detail("before_installing", _("Before installing"), Shape.TEXT, _("What must be saved, stopped or checked.")),
    ),
    ArticleKind.NOTICE: (
        Detail("holds_from", _("Holds from"), Shape.DAY),
        Detail("holds_until", _("Holds until"), Shape.DAY),
    ),
    ArticleKind.REGULATION: (Detail("clause", _("Clause"), Shape.LINE, _("For example 5.5.")),),
}


def details_of(kind: str) -> tuple[Detail, ...]:
    """The kind's own fields, in the order in which a page shows them."""
    return DETAILS[ArticleKind(kind)]
