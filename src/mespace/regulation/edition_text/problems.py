"""What is wrong with a text of the regulation, by line."""

from dataclasses import dataclass
from typing import Final

# Codes for interfaces, which say them in the reader's language.
TOO_LARGE: Final = "too_large"
NO_TEXT: Final = "no_text"
NOT_UTF8: Final = "not_utf8"
NO_CLAUSES: Final = "no_clauses"
TOO_MANY: Final = "too_many"
STRANGE: Final = "strange"
NO_NUMBER: Final = "no_number"
TWICE: Final = "twice"
ORDER: Final = "order"
EMPTY: Final = "empty"
TOO_LONG: Final = "too_long"
LONG_HEADING: Final = "long_heading"


@dataclass(frozen=True)
class Problem:
    """One complaint: the line (0: the whole text), a code, and what stands there, cut."""

    line: int
    code: str
    text: str = ""


class UnreadableText(Exception):  # noqa: N818 - named as what it says
    """The bytes are no text that can be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem)
