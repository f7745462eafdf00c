"""What an import of a space does, article by article, or why it cannot."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

from mespace.knowledge.exchange.contents import Complaint
from mespace.knowledge.models import Article
from mespace.knowledge.texts import ArticleText


class Outcome(StrEnum):
    """What a file does."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Line:
    """A file that can be imported: the article, its newest text before (None: it is new) and the file's."""

    path: str
    outcome: Outcome
    article: Article
    after: ArticleText
    before: ArticleText | None = None
    section: str = ""  # where a new article is going to stand
    base: int = 0  # the number of the newest revision before
    is_placed: bool = False  # place and readers change with it
    notes: tuple[str, ...] = ()  # what else whoever confirms should know


@dataclass
class Plan:
    """All files of an archive. With a single complaint nothing is imported."""

    complaints: list[Complaint] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)  # that are made

    def of(self, outcome: Outcome) -> list[Line]:
        """The files that come out so, in the archive's order."""
        return [line for line in self.lines if line.outcome == outcome]

    @property
    def added(self) -> list[Line]:
        """New articles."""
        return self.of(Outcome.ADDED)

    @property
    def changed(self) -> list[Line]:
        """Articles that get a new text or place."""
        return self.of(Outcome.CHANGED)

    @property
    def same(self) -> list[Line]:
        """Articles that say this already."""
        return self.of(Outcome.SAME)

    @property
    def does_something(self) -> bool:
        """Whether there is anything to import, and nothing against it."""
        return not self.complaints and bool(self.added or self.changed)

    @property
    def fingerprint(self) -> str:
        """Changes when the import would do something else than it would now."""
        told = [[line.path, line.outcome, line.base, line.base and line.article.pk] for line in self.lines]
        return hashlib.sha256(json.dumps([told, self.sections]).encode()).hexdigest()
