"""When a template of the tests' database may be grown instead of made anew."""

import pytest

from tests.infrastructure.database import can_grow_into

MADE_OF = {
    "src/mespace/tickets/migrations/0001_initial.py": "a",
    "src/mespace/tickets/models/ticket.py": "b",
    "src/mespace/platform/db_roles.py": "c",
    "src/mespace/regulation/editions/2019.json": "d",
    "requirements/runtime.lock": "e",
}


@pytest.mark.parametrize(
    ("changed", "grows"),
    [
        ({}, True),
        ({"src/mespace/tickets/migrations/0002_more.py": "new"}, True),
        ({"src/mespace/tickets/models/ticket.py": "other"}, True),
        ({"src/mespace/platform/db_roles.py": "other"}, True),
        ({"src/mespace/tickets/migrations/0001_initial.py": "other"}, False),
        ({"src/mespace/tickets/migrations/0001_initial.py": None}, False),
        ({"src/mespace/regulation/editions/2019.json": "other"}, False),
        ({"src/mespace/regulation/editions/2027.json": "new"}, False),
        ({"requirements/runtime.lock": "other"}, False),
    ],
)
def test_only_newer_migrations_grow_a_template(changed: dict[str, str | None], grows: bool) -> None:
    now = {name: content for name, content in (MADE_OF | changed).items() if content is not None}
    assert can_grow_into(MADE_OF, now) is grows
