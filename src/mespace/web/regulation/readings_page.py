"""The readings («толкования»): where the regulation is silent, and how the product decided."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mespace.platform.clock import now as clock_now
from mespace.regulation.enforcement import Kind, enforcement
from mespace.regulation.interpretations import GROUPS, INTERPRETATIONS
from mespace.regulation.queries import edition_in_force, parameters_of
from mespace.web.gate import public
from mespace.web.middleware import ActorRequest
from mespace.web.regulation.parameter_words import parameter_rows
from mespace.web.regulation.shell import draw


@public
@require_safe
def interpretations(request: ActorRequest) -> HttpResponse:
    """Every hole with the decision taken, its clauses, its parameters in the edition in force, and its tests."""
    edition = edition_in_force(clock_now())
    rows = {row.name: row for row in parameter_rows(parameters_of(edition.code))}
    groups: list[dict[str, Any]] = []
    for code, title in GROUPS.items():
        groups.append(
            {
                "code": code,
                "title": title,
                "marked": [each for each in enforcement().get(code, ()) if each.kind is not Kind.TEST],
                "readings": [
                    {"reading": each, "parameters": [rows[name] for name in _rows_of(each.parameters, rows)]}
                    for each in INTERPRETATIONS
                    if each.group == code
                ],
            }
        )
    return draw(request, "interpretations", {"groups": groups, "edition": edition})


def _rows_of(names: tuple[str, ...], rows: dict[str, Any]) -> list[str]:
    shown = ["hours" if name in {"day_start", "day_end"} else name for name in names]
    return [name for name in dict.fromkeys(shown) if name in rows]
