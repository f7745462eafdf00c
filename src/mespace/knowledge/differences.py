"""What differs between two revisions, field by field."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mespace.knowledge.kinds import details_of
from mespace.knowledge.texts import ArticleText
from mespace.platform.text_diff import Gap, Line, diff


@dataclass(frozen=True)
class FieldDiff:
    """A field that differs, as lines."""

    label: str | Promise
    lines: list[Line | Gap]

    @property
    def added(self) -> int:
        """How many lines came."""
        return sum(isinstance(line, Line) and line.said == "added" for line in self.lines)

    @property
    def removed(self) -> int:
        """How many lines went."""
        return sum(isinstance(line, Line) and line.said == "removed" for line in self.lines)


def differences(before: ArticleText, after: ArticleText, kind: str) -> list[FieldDiff]:
    """The fields that differ, in the order in which a page shows them; nothing when the texts say the same."""
    fields: list[tuple[str | Promise, str, str]] = [
        (pgettext_lazy("knowledge", "Title"), before.title, after.title),
        (_("In a sentence"), before.summary, after.summary),
        *(
            (detail.label, before.details.get(detail.name, ""), after.details.get(detail.name, ""))
            for detail in details_of(kind)
        ),
        (_("Text"), before.body, after.body),
    ]
    found = ((label, diff(was, is_now)) for label, was, is_now in fields if was != is_now)
    return [FieldDiff(label, lines) for label, lines in found if lines]
