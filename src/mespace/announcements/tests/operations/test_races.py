"""Fifty at once: a restoration, a new promise and the sweep at the promised instant."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.db import connection

from mespace.announcements.errors import NotNow
from mespace.announcements.lifecycle import Kind
from mespace.announcements.models import MaintenanceWindow
from mespace.announcements.obligation_kinds import RESTORE
from mespace.announcements.operations.prolong_maintenance import prolong_maintenance
from mespace.announcements.operations.restore_maintenance import restore_maintenance
from mespace.announcements.operations.settle_maintenance import settle_window
from mespace.announcements.tests.making import RESTORE as END
from mespace.announcements.tests.making import announced, no_differences, owed
from tests.cast import make_cast

SECOND = timedelta(seconds=1)
AT_ONCE = 50


def test_restorations_promises_and_sweeps_at_once_leave_one_history(own_database: Any, record_property: Any) -> None:
    cast = make_cast()
    window = announced(cast)
    later = END + timedelta(hours=1)

    def act(number: int) -> str:
        try:
            match number % 3:
                case 0:
                    restore_maintenance(actor=cast.manager, now=END + SECOND, window_id=window.pk)
                case 1:
                    prolong_maintenance(
                        actor=cast.manager, now=END + SECOND, window_id=window.pk, restore_at=later, reason="Ещё."
                    )
                case _:
                    settle_window(window_id=window.pk, now=END + SECOND)
        except NotNow:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(act, range(AT_ONCE)))
    row = MaintenanceWindow.objects.get(pk=window.pk)
    kinds = list(row.stream.events.order_by("seq").values_list("kind", flat=True))
    assert [kinds.count(kind) for kind in (Kind.STARTED, Kind.OVERRUN, Kind.RESTORED)] == [1, 1, 1]
    assert kinds.count(Kind.PROLONGED) <= 1
    assert row.stream.events.get(kind=Kind.OVERRUN).at == END
    assert owed(RESTORE, row).state == "late"
    assert len(answers) == AT_ONCE
    no_differences()
    record_property("count", f"planned work: {AT_ONCE} acts at once, {answers.count('refused')} refused, one history")
