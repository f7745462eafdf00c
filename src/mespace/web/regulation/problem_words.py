"""What is wrong with a text of the regulation, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mespace.regulation.edition_text import problems
from mespace.regulation.edition_text.problems import Problem

WORDS: dict[str, str | Promise] = {
    problems.TOO_LARGE: gettext_lazy("the text is too long: at most 512 KB"),
    problems.NO_TEXT: gettext_lazy(
        "this is a document, not a text: in the word processor choose “Save as… Plain text”, encoding UTF-8"
    ),
    problems.NOT_UTF8: gettext_lazy("the encoding is not UTF-8: choose it when saving as plain text"),
    problems.NO_CLAUSES: gettext_lazy(
        "no clause was found: a line that begins with its number, such as 5.5, begins one"
    ),
    problems.TOO_MANY: gettext_lazy("more clauses than a regulation has"),
    problems.STRANGE: gettext_lazy(
        "a character that cannot be seen, or makes the line read otherwise than it is written"
    ),
    problems.NO_NUMBER: gettext_lazy("the heading’s number is not that of a clause: two groups at most, such as 5.5"),
    problems.TWICE: gettext_lazy("this number stands before already; the line of the first is in brackets"),
    problems.ORDER: gettext_lazy("the number is lower than the one before"),
    problems.EMPTY: gettext_lazy("the clause says nothing"),
    problems.TOO_LONG: gettext_lazy("the clause is too long: at most 20 000 characters"),
    problems.LONG_HEADING: gettext_lazy("the heading is too long: at most 200 characters"),
}


def problem_words(problem: Problem) -> str:
    """“Line 3: the clause says nothing”, with what stands there."""
    said = str(WORDS[problem.code]) + (f" ({problem.text})" if problem.text else "")
    return _("Line %(line)d: %(said)s") % {"line": problem.line, "said": said} if problem.line else said
