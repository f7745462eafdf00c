"""Opening, fulfilling, moving and missing the same obligations from many sides at once, in real transactions."""

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

from mespace.obligations.errors import DueInPast, NothingOwed
from mespace.obligations.models import Obligation
from mespace.obligations.operations.fulfil import fulfil
from mespace.obligations.operations.miss import miss
from mespace.obligations.operations.move_due import move_due
from mespace.obligations.operations.withdraw_obligation import withdraw_obligation
from mespace.obligations.queries.evidence import bundle_of
from mespace.obligations.tests.making import DUE, course, name, no_differences, owed, registered
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import KnownError
from mespace.products.operations.add_known_error import add_known_error
from mespace.products.operations.describe_release import describe_release
from mespace.products.operations.move_planned_fix import move_planned_fix
from mespace.products.operations.publish_release import publish_release
from tests.cast import WEDNESDAY, Cast, make_cast
from tests.concurrency.parallel import at_once
from tests.properties.judging import verifier

SECOND = timedelta(seconds=1)


def proved() -> None:
    """Every log holds, by the product's own check and by the verifier."""
    no_differences()
    for row in Obligation.objects.select_related("regulation_edition"):
        verifier().verify(json.dumps(bundle_of(row, as_of=DUE + timedelta(days=400))).encode())


def test_opened_fifty_fold_it_is_one_and_fulfilled_fifty_fold_it_is_done_once(own_database: Any) -> None:
    cast = make_cast()
    with registered():
        opened = at_once([lambda: owed(owed_to=cast.factory.pk).pk] * 50)
        assert len(set(opened)) == 1
        done = at_once([lambda: fulfil(actor=cast.manager, now=WEDNESDAY + SECOND, name=name()).state] * 50)
        assert Counter(done) == {"fulfilled": 50}
        [row] = Obligation.objects.all()
        assert course(row) == ["opened", "fulfilled"]
        proved()


def test_fifty_of_every_sort_at_the_due_instant_leave_one_history(own_database: Any) -> None:
    cast = make_cast()
    with registered():
        numbers = range(1, 6)
        for number in numbers:
            owed(number=number)
        by = {"actor": cast.manager, "now": DUE + SECOND}

        def acts(number: int) -> list[Any]:
            pk = Obligation.objects.get(key=name(number).key).pk
            later = DUE + timedelta(days=30)
            return [
                lambda: miss(obligation_id=pk, now=DUE + timedelta(minutes=3)),
                lambda: fulfil(actor=cast.manager, now=DUE, name=name(number)),
                lambda: fulfil(**by, name=name(number)),
                lambda: move_due(**by, name=name(number), due=later, reason="later", note="Потом"),
                lambda: withdraw_obligation(**by, name=name(number), reason="mistake"),
            ] * 2

        answers = at_once([act for number in numbers for act in acts(number)])
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        assert {type(answer) for answer in refused} <= {NothingOwed, DueInPast}
        assert not Obligation.objects.filter(state__in=["open", "missed"]).exists()  # each was done or withdrawn, once
        for row in Obligation.objects.all():
            ends = [kind for kind in course(row) if kind in {"fulfilled", "withdrawn"}]
            assert len(ends) == 1
            assert course(row).count("missed") <= 1
        proved()


def test_a_plan_is_moved_and_published_from_many_sides_and_is_one_promise(own_database: Any) -> None:
    cast = make_cast()
    error = planned(cast)
    describe_release(actor=cast.manager, build_id=cast.build.pk, notes="Исправлено", resolves_ids=[error.pk])
    days = [date(2027, 1, day) for day in range(1, 26)]
    common: dict[str, Any] = {"actor": cast.manager, "now": WEDNESDAY, "known_error_id": error.pk}
    acts = [
        lambda day=day: move_planned_fix(**common, planned_on=day, reason="Испытания")  # type: ignore[misc]
        for day in days
    ]
    acts += [lambda: publish_release(actor=cast.manager, now=WEDNESDAY, build_id=cast.build.pk)] * 25
    at_once([act for pair in zip(acts[:25], acts[25:], strict=True) for act in pair])
    [row] = Obligation.objects.filter(kind="planned_fix")
    assert (row.state, course(row)[0], course(row)[-1]) == ("fulfilled", "opened", "fulfilled")
    error.refresh_from_db()
    moves = error.fix_changes.filter(state="planned").count()
    assert (error.fixed_in_id, course(row).count("due_moved")) == (cast.build.pk, moves)
    proved()


def planned(cast: Cast) -> KnownError:
    return add_known_error(
        actor=cast.manager,
        now=WEDNESDAY,
        product_id=cast.product.pk,
        code="KE-9",
        title="Ошибка",
        confirmation=Confirmation("Руководство", "Сменить задание", "Чистая установка"),
        fix=Fix(planned_for_id=cast.build.pk, planned_on=date(2026, 12, 20)),
    )
