"""The rows of a report's tables: a word, the counts by state, and the address of the requests behind each number."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import pgettext

from mespace.reports.reaction import BROKEN, KEPT, RUNNING, STATES, WITHDRAWN, Line, Wanted
from mespace.web import vocabulary
from mespace.web.reports.address import requests_url


def state_words() -> dict[str, dict[str, str]]:
    """The word, tone and icon of each state."""
    return {
        KEPT: {"word": pgettext("report", "In time"), "tone": "good", "icon": "circle-check"},
        BROKEN: {"word": pgettext("report", "Late"), "tone": "bad", "icon": "circle-x"},
        WITHDRAWN: {"word": pgettext("report", "Withdrawn"), "tone": "closed", "icon": "arrow-back-up"},
        RUNNING: {"word": pgettext("report", "Running"), "tone": "note", "icon": "clock"},
    }


def month_rows(wanted: Wanted, lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The rows of a table of months, each number with the address of its requests."""
    return [line_row(wanted, line, month_word(line.key), first=line.key, last=line.key) for line in lines]


def type_rows(wanted: Wanted, lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The rows of a table of types."""
    return [line_row(wanted, line, vocabulary.TYPES[line.key].word, type=line.key) for line in lines]


def line_row(wanted: Wanted, line: Line, word: str | Promise, **narrowed: Any) -> dict[str, Any]:
    """One row; `narrowed` is what the addresses of its numbers say beside what the report counts."""
    figures = line.figures
    cells = [
        {"state": state, "count": getattr(figures, state), "url": requests_url(wanted, state=state, **narrowed)}
        for state in STATES
    ]
    return {"word": word, "figures": figures, "cells": cells, "url": requests_url(wanted, **narrowed)}


def month_word(month: date) -> str:
    """A month, as in `November 2026`."""
    return date_format(month, "F Y")
