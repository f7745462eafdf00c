"""A corrected calendar reaches what still runs, and nothing else (E4)."""

import itertools
import json
from datetime import datetime, timedelta

import pytest

from mespace.obligations.kinds import by_calendar_days
from mespace.obligations.models import Obligation
from mespace.obligations.operations.fulfil import fulfil
from mespace.obligations.operations.repin import obligations_to_repin, repin
from mespace.obligations.tests.making import DUE, WEDNESDAY, course, name, no_differences, owed, verified
from mespace.regulation.models import CalendarEdition
from mespace.regulation.operations.adopt_calendar import adopt_calendar
from mespace.regulation.queries import calendar_at
from tests.cast import Cast

pytestmark = pytest.mark.django_db
_codes = itertools.count(1)  # compiled calendars are kept per process, by code


def corrected(cast: Cast, now: datetime, days: dict[str, str]) -> CalendarEdition:
    content = json.loads(json.dumps(calendar_at(now).content)) | {"edition": f"obliged-{next(_codes)}"}
    for day, kind in days.items():
        content["years"][day[:4]]["days"][day] = {"type": kind, "source": "source not verified"}
    return adopt_calendar(actor=cast.manager, now=now, content=content, reason="Постановление")


def pinned_again(edition: CalendarEdition, now: datetime) -> None:
    for pk in obligations_to_repin(edition=edition):
        repin(obligation_id=pk, now=now, edition=edition)


def test_what_runs_is_counted_by_the_new_calendar_and_both_deadlines_are_kept(cast: Cast) -> None:
    obligation = owed()
    now = WEDNESDAY + timedelta(days=1)
    edition = corrected(cast, now, {"2026-11-20": "moved_day_off"})
    assert obligations_to_repin(edition=edition) == [obligation.pk]
    for _ in range(2):
        pinned_again(edition, now)
    obligation = Obligation.objects.get(pk=obligation.pk)
    assert (obligation.due_at, course(obligation)) == (DUE + timedelta(days=1), ["opened", "repinned"])
    verdict = verified(obligation, now)
    assert [(each["cause"], each["due"]) for each in verdict["deadlines"]] == [
        ("opened", "2026-11-23T14:00:00Z"),
        ("repinned", "2026-11-24T14:00:00Z"),
    ]
    no_differences()


def test_a_deadline_that_a_correction_puts_into_the_past_is_missed_at_the_correction(cast: Cast) -> None:
    obligation = owed()
    now = WEDNESDAY + timedelta(days=4)  # Sunday
    pinned_again(corrected(cast, now, {"2026-11-21": "worked_weekend"}), now)
    obligation = Obligation.objects.get(pk=obligation.pk)
    assert (obligation.state, obligation.missed_at) == ("missed", now)
    assert course(obligation) == ["opened", "repinned", "missed"]
    assert verified(obligation, now + timedelta(seconds=1))["missed_at"] == f"{now:%Y-%m-%dT%H:%M:%SZ}"
    no_differences()


def test_what_is_judged_or_counted_otherwise_is_left_alone(cast: Cast) -> None:
    done = owed()
    fulfil(actor=cast.manager, now=WEDNESDAY, name=name())
    missed = owed(number=2, since=WEDNESDAY - timedelta(days=30))
    other = owed(number=3, promise=by_calendar_days(days=15))
    edition = corrected(cast, WEDNESDAY, {"2026-11-20": "moved_day_off"})
    assert obligations_to_repin(edition=edition) == []
    for row in (done, missed, other):
        before = course(row)
        repin(obligation_id=row.pk, now=WEDNESDAY, edition=edition)
        assert course(row) == before
