"""A clause's page: what it says, what the product does about it, what holds it, and how it stands now."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mespace.platform.clock import now as clock_now
from mespace.regulation.clauses import CLAUSES, SECTIONS
from mespace.regulation.enforcement import state_of
from mespace.regulation.interpretations import interpretations_of
from mespace.regulation.queries import editions_at, parameters_of, text_of
from mespace.web.errors import error_page
from mespace.web.gate import public
from mespace.web.middleware import ActorRequest
from mespace.web.regulation.clause_rows import ClauseRow
from mespace.web.regulation.enforcement_words import STATES, enforced_by
from mespace.web.regulation.figures import figures_of
from mespace.web.regulation.parameter_words import parameter_rows
from mespace.web.regulation.shell import draw


@public
@require_safe
def clause(request: ActorRequest, number: str) -> HttpResponse:
    """The clause by the edition in force; 404 for a number that the product does not know."""
    known = CLAUSES.get(number)
    if known is None:
        return error_page(request, 404)
    now = clock_now()
    editions = editions_at(now)
    text = text_of(editions.present)
    numbers = list(CLAUSES)
    place = numbers.index(number)
    context: dict[str, Any] = {
        "row": ClauseRow(number, known, text.clause(number) if text is not None else None),
        "clause": known,
        "section": SECTIONS[known.section],
        "edition": editions.present,
        "announced": editions.announced,
        "parameters": [
            row for row in parameter_rows(parameters_of(editions.present.code)) if _concerns(row.name, known.parameters)
        ],
        "look": STATES[state_of(number)],
        "enforced": enforced_by(number),
        "readings": interpretations_of(number),
        "figures": figures_of(number, actor=request.actor, now=now),
        "is_signed_in": request.actor.is_person,
        "earlier": numbers[place - 1] if place else "",
        "later": numbers[place + 1] if place + 1 < len(numbers) else "",
    }
    return draw(request, "clause", context)


def _concerns(row: str, parameters: tuple[str, ...]) -> bool:
    """Whether a row of the edition's table shows one of the clause's parameters."""
    return row in parameters or (row == "hours" and "day_start" in parameters)
