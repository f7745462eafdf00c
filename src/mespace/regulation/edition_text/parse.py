"""The owner's text of an edition, read into its clauses.

The format, for Markdown and for text that a word processor has exported alike:

- A line that begins with a number of two groups (`5.5`, `5.5.`) begins a clause; so does a Markdown heading that
  begins with a number of one or two groups (`## 5.5. Title`), and “Приложение 1” or “Appendix 1” on a line of its own.
- A plain line that begins with a number of one group (`5. Title`) is a section's heading where the next line that is
  not empty begins with the section's first clause (`5.1`), or where nothing was numbered before it.
- Numbers rise, and none comes twice, except 4.6: the regulation gave it to two clauses, and the second is 4.6b.
- Everything else belongs to the clause above it, as Markdown; what stands before the first number is the preamble.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from mespace.regulation.edition_text.problems import (
    EMPTY,
    LONG_HEADING,
    NO_CLAUSES,
    NO_NUMBER,
    ORDER,
    STRANGE,
    TOO_LARGE,
    TOO_LONG,
    TOO_MANY,
    TWICE,
    Problem,
)

LONGEST_TEXT: Final = 400_000
LONGEST_CLAUSE: Final = 20_000
LONGEST_HEADING: Final = 200
MOST_CLAUSES: Final = 300
MOST_PROBLEMS: Final = 50
NUMBERED_TWICE: Final = "4.6"
SECOND: Final = "4.6b"

_HEADING = re.compile(r"#{1,6}[ \t]+(?P<rest>.*)")
_NUMBER = re.compile(r"(?P<section>[1-9][0-9]?)(?:\.(?P<clause>[1-9][0-9]?)(?P<second>[bб])?)?\.?(?:[ \t\xa0]+|$)")
_APPENDIX = re.compile(
    r"(?:приложение|appendix)[ \t\xa0]+(?:№[ \t\xa0]*)?(?P<number>[1-9][0-9]?)(?:[.:]|(?=[ \t\xa0]|$))(?P<rest>.*)",
    re.IGNORECASE,
)
_LIKE_A_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*\.?(?:[ \t\xa0]|$)")
# Controls that no text has, and marks that make a line read otherwise than it is written.
_STRANGE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class ClauseText:
    """One clause as the text has it; `number` is as in `clauses.py`: `5`, `5.5`, `4.6b`, `A1`."""

    number: str
    heading: str
    body: str
    line: int


@dataclass(frozen=True)
class ParsedText:
    """A text read: its clauses in their order, and what is wrong with it, by line."""

    preamble: str
    clauses: tuple[ClauseText, ...]
    problems: tuple[Problem, ...]

    def clause(self, number: str) -> ClauseText | None:
        """The clause of that number; None when the text has none."""
        return next((each for each in self.clauses if each.number == number), None)


def normalized(text: str) -> str:
    """The text with plain line ends, without page breaks, blanks at the ends of lines, and blank lines around it."""
    for end in ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    return "\n".join(line.rstrip(" \t\xa0") for line in text.removeprefix("\ufeff").split("\n")).strip("\n")


@lru_cache(maxsize=32)
def parsed(text: str) -> ParsedText:
    """The clauses of a normalized text with every problem that it has, fifty at most; kept per process."""
    if len(text) > LONGEST_TEXT:
        return ParsedText("", (), (Problem(0, TOO_LARGE),))
    lines = text.split("\n")
    problems = [
        Problem(number, STRANGE, _cut(line))
        for number, line in enumerate(lines, 1)
        if _STRANGE.search(line) is not None
    ]
    preamble: list[str] = []
    found: list[_Growing] = []
    for number, line in enumerate(lines, 1):
        start = _start(lines, number - 1, found)
        if start is None:
            (found[-1].body if found else preamble).append(line)
            if (heading := _HEADING.fullmatch(line)) and _LIKE_A_NUMBER.match(heading["rest"]):
                problems.append(Problem(number, NO_NUMBER, _cut(heading["rest"])))
            continue
        start.line = number
        problems += _misplaced(start, found)
        found.append(start)
    problems += _measured(found)
    clauses = tuple(ClauseText(each.number, each.heading, each.text, each.line) for each in found)
    problems.sort(key=lambda problem: problem.line)
    return ParsedText("\n".join(preamble).strip("\n"), clauses, tuple(problems[:MOST_PROBLEMS]))


def order_of(number: str) -> tuple[int, int, str]:
    """What clauses are sorted by: 5 before 5.1, 4.6 before 4.6b, appendices last."""
    if number.startswith("A"):
        return 100, int(number[1:]), ""
    section, _dot, rest = number.partition(".")
    second = "b" if rest.endswith("b") else ""
    return int(section), int(rest.removesuffix("b") or 0), second


class _Growing:
    """A clause while its lines are read."""

    def __init__(self, number: str, heading: str = "", first: str = "") -> None:
        self.number, self.heading, self.line = number, heading, 0
        self.body = [first] if first else []

    @property
    def text(self) -> str:
        return "\n".join(self.body).strip("\n")

    @property
    def is_section(self) -> bool:
        return self.number.isdigit()


def _start(lines: Sequence[str], index: int, before: Sequence[_Growing]) -> _Growing | None:
    """The clause that begins with this line, if one does."""
    line = lines[index].lstrip(" \t\xa0") if not lines[index].startswith(("    ", "\t")) else lines[index]
    heading = _HEADING.fullmatch(line)
    text = heading["rest"].strip() if heading else line
    if appendix := _APPENDIX.fullmatch(text):
        title = appendix["rest"].strip(" \t\xa0.")
        return _Growing(f"A{appendix['number']}", title) if heading or len(title) <= LONGEST_HEADING else None
    match = _NUMBER.match(text)
    if match is None:
        return None
    rest = text[match.end() :].strip()
    if match["clause"] is not None:
        number = f"{match['section']}.{match['clause']}{'b' if match['second'] else ''}"
        if number == NUMBERED_TWICE and any(each.number == number for each in before):
            number = SECOND
        return _Growing(number, heading=rest) if heading else _Growing(number, first=rest)
    if heading or not before or _is_section(match["section"], lines, index):
        return _Growing(match["section"], heading=rest)
    return None


def _is_section(section: str, lines: Sequence[str], index: int) -> bool:
    """Whether the next filled line begins the section's first clause."""
    following = next((line.strip() for line in lines[index + 1 : index + 50] if line.strip()), "")
    marked = _HEADING.fullmatch(following)
    match = _NUMBER.match(marked["rest"] if marked else following)
    return match is not None and (match["section"], match["clause"]) == (section, "1")


def _misplaced(start: _Growing, before: Sequence[_Growing]) -> list[Problem]:
    earlier = next((each for each in before if each.number == start.number), None)
    if earlier is not None:
        return [Problem(start.line, TWICE, f"{start.number} ({earlier.line})")]
    last = next((each for each in reversed(before) if each.number != SECOND), None)
    if last is not None and start.number != SECOND and order_of(start.number) < order_of(last.number):
        return [Problem(start.line, ORDER, f"{start.number} < {last.number}")]
    return []


def _measured(found: Sequence[_Growing]) -> list[Problem]:
    """What is wrong with the clauses' sizes."""
    if not found:
        return [Problem(0, NO_CLAUSES)]
    if len(found) > MOST_CLAUSES:
        return [Problem(found[MOST_CLAUSES].line, TOO_MANY, str(MOST_CLAUSES))]
    problems = []
    for each in found:
        if not each.text and not (each.is_section and each.heading):
            problems.append(Problem(each.line, EMPTY, each.number))
        if len(each.text) > LONGEST_CLAUSE:
            problems.append(Problem(each.line, TOO_LONG, each.number))
        if len(each.heading) > LONGEST_HEADING:
            problems.append(Problem(each.line, LONG_HEADING, each.number))
    return problems


def _cut(text: str) -> str:
    """Text from outside, short and printable."""
    return "".join(character if character.isprintable() else "?" for character in text[:40])
