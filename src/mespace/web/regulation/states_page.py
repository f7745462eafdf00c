"""All clauses on one page with how far the product holds each."""

from collections import Counter

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mespace.regulation.clauses import CLAUSES, SECTIONS
from mespace.regulation.enforcement import Kind, State, enforcement, state_of
from mespace.web.gate import public
from mespace.web.middleware import ActorRequest
from mespace.web.regulation.enforcement_words import STATES
from mespace.web.regulation.shell import draw


@public
@require_safe
def states(request: ActorRequest) -> HttpResponse:
    """The list: what is held by code and by how many tests, what is shared, what is left to people."""
    rows = []
    for number, clause in CLAUSES.items():
        marked = enforcement().get(number, ())
        tests = sum(each.kind is Kind.TEST for each in marked)
        rows.append(
            {
                "clause": clause,
                "state": state_of(number),
                "look": STATES[state_of(number)],
                "code": len(marked) - tests,
                "tests": tests,
                "section": SECTIONS[clause.section],
            }
        )
    counts = Counter(row["state"] for row in rows)
    tiles = [{"look": look, "count": counts[state]} for state, look in STATES.items() if state is not State.NOTHING]
    return draw(request, "states", {"rows": rows, "tiles": tiles})
