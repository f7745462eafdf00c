"""Clauses as pages list them: our words, and beside them the owner's where they were entered."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from mespace.regulation.clauses import CLAUSES, SECTIONS, Clause, clause_name
from mespace.regulation.edition_text.parse import ClauseText, ParsedText, order_of
from mespace.web.prose import prose


@dataclass(frozen=True)
class ClauseRow:
    """One clause of an edition."""

    number: str
    known: Clause | None
    """None: the owner's text has a clause of that number, and the product knows nothing of it."""
    text: ClauseText | None

    @property
    def name(self) -> str:
        """The clause as a page names it."""
        return clause_name(self.number)

    @property
    def anchor(self) -> str:
        """What addresses name it by on a page."""
        return "c" + self.number.replace(".", "-")

    @property
    def html(self) -> SafeString:
        """The owner's text, rendered."""
        return prose(self.text.body) if self.text is not None else SafeString("")


@dataclass
class Section:
    """A section with its clauses."""

    number: str
    title: str
    rows: list[ClauseRow] = field(default_factory=list)


def sections_of(text: ParsedText | None) -> list[Section]:
    """All clauses that the product knows or the text has, by section, in their order."""
    texts = {each.number: each for each in text.clauses} if text is not None else {}
    sections: dict[str, Section] = {}
    for number in sorted(CLAUSES.keys() | texts.keys(), key=order_of):
        code = "A" if number.startswith("A") else number.partition(".")[0]
        if code not in sections:
            heading = texts[code].heading if code in texts else ""
            sections[code] = Section(code, heading or str(SECTIONS.get(code, "")))
        written = texts.get(number)
        if number in CLAUSES or (written is not None and written.body):
            sections[code].rows.append(ClauseRow(number, CLAUSES.get(number), written))
    return [section for section in sections.values() if section.rows]
