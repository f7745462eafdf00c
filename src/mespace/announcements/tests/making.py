"""Short ways to announce something in tests, and to read what came of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from mespace.announcements.models import MaintenanceWindow, Outage, ServiceComponent
from mespace.announcements.operations.announce_maintenance import announce_maintenance
from mespace.announcements.operations.report_outage import NewOutage, report_outage
from mespace.announcements.plan import MaintenancePlan
from mespace.announcements.queries.verification import differences
from mespace.obligations.kinds import Name
from mespace.obligations.models import Obligation
from tests.cast import WEDNESDAY

START = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)  # Friday 22:00 in Moscow
RESTORE = START + timedelta(hours=2)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def component(code: str = "tracker", **fields: Any) -> ServiceComponent:
    made, _ = ServiceComponent.objects.get_or_create(code=code, defaults={"name": f"Часть {code}", **fields})
    return made


def plan(**changes: Any) -> MaintenancePlan:
    fields = {
        "title": "Обновление базы данных",
        "text": "Трекер будет **недоступен**.",
        "component_ids": [component().pk],
        "starts_at": START,
        "restore_at": RESTORE,
    }
    return MaintenancePlan(**{**fields, **changes})


def announced(cast: Any, *, now: datetime = WEDNESDAY, **changes: Any) -> MaintenanceWindow:
    return announce_maintenance(actor=cast.manager, now=now, plan=plan(**changes))


def reported(cast: Any, *, now: datetime = WEDNESDAY, **changes: Any) -> Outage:
    fields = {
        "title": "Не открывается трекер",
        "text": "Разбираемся.",
        "component_ids": [component().pk],
        "began_at": now - HOUR,
    }
    return report_outage(actor=cast.manager, now=now, new=NewOutage(**{**fields, **changes}))


def course(notice: MaintenanceWindow | Outage) -> list[tuple[str, datetime]]:
    return list(notice.stream.events.order_by("seq").values_list("kind", "at"))


def owed(kind: str, window: MaintenanceWindow, which: str = "") -> Obligation:
    return Obligation.objects.get(key=Name(kind, window.pk, which).key)


def no_differences() -> None:
    assert list(differences()) == []
