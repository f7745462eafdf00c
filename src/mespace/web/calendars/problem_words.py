"""What is wrong with a calendar's file, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mespace.regulation.calendar_files import problems
from mespace.regulation.calendar_files.problems import Problem

WORDS: dict[str, str | Promise] = {
    problems.TOO_LARGE: gettext_lazy("the file is larger than 1 MB"),
    problems.NO_LETTERS: gettext_lazy("the letters are neither UTF-8 nor Windows-1251"),
    problems.NOT_KNOWN: gettext_lazy("a calendar is expected here"),
    problems.BROKEN_XML: gettext_lazy("the XML breaks off or is malformed"),
    problems.HOSTILE_XML: gettext_lazy("document types and entities are not accepted"),
    problems.NO_YEAR: gettext_lazy("a year such as 2027 is expected"),
    problems.NO_DATE: gettext_lazy("there is no such day"),
    problems.NO_KIND: gettext_lazy("a kind of day from 1 to 3 is expected"),
    problems.TWICE: gettext_lazy("it stands here a second time"),
    problems.NO_MONTHS: gettext_lazy("the heads of the twelve months are expected"),
    problems.SHORT_ROW: gettext_lazy("the row is incomplete"),
    "other_years": gettext_lazy("the file holds other years only"),
}


def problem_words(problem: Problem) -> str:
    """“Line 3: there is no such day (13.01)”."""
    said = str(WORDS[problem.code]) + (f" ({problem.text})" if problem.text else "")
    return _("Line %(line)d: %(said)s") % {"line": problem.line, "said": said} if problem.line else said
