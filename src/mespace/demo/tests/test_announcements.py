"""The demo's own service: made by the real operations, so every log and figure holds."""

import pytest

from mespace.announcements.lifecycle import State
from mespace.announcements.models import MaintenanceWindow, Outage
from mespace.announcements.queries.status import service_status
from mespace.announcements.queries.verification import differences
from mespace.demo.announcements import play_announcements
from mespace.notifications.models import Notification
from mespace.obligations.models import Obligation
from mespace.platform.clock import stepped
from tests.cast import WEDNESDAY, Cast


@pytest.mark.django_db
def test_ninety_days_of_the_service_are_played_and_agree_with_their_logs(cast: Cast) -> None:
    with stepped(WEDNESDAY):
        play_announcements(manager=cast.manager, now=WEDNESDAY)
    assert list(differences()) == []
    states = list(MaintenanceWindow.objects.order_by("starts_at").values_list("state", flat=True))
    assert states == [State.RESTORED, State.RESTORED, State.ANNOUNCED]
    assert Outage.objects.get().ended_at is not None
    owed = Obligation.objects.filter(kind="maintenance_restore").order_by("pk").values_list("state", flat=True)
    assert sorted(owed) == ["fulfilled", "late", "open"]
    tracker = service_status(now=WEDNESDAY).components[0]
    assert tracker.down > tracker.planned > 0
    assert tracker.unknown > 9 * 3600  # a night in which nobody looked
    assert Notification.objects.filter(subject_kind="maintenance").exists()
