"""The demo's mails: everything of the ledgers is there to see, and came to be by the ordinary operations."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from mespace.demo import customer_steps, support_steps  # noqa: F401 - their steps register themselves
from mespace.demo.mails import play_mails
from mespace.demo.player import Stage
from mespace.demo.texts import world_data
from mespace.demo.timetable import chance
from mespace.demo.world import make_world
from mespace.mail_in.models import AutoAnswer, Inbound
from mespace.mail_in.operations.handle_inbound import handle_inbound
from mespace.mail_in.operations.try_again import try_again
from mespace.notifications.models import Delivery
from mespace.regulation.queries import calendar_at, compiled, edition_in_force
from mespace.tickets.models import Contact, Ticket
from mespace.tickets.queries.verification import Difference, differences

NOW = datetime(2026, 11, 18, 9, 40, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("now", [NOW, datetime(2026, 11, 22, 19, 0, tzinfo=UTC)], ids=["at noon", "Sunday night"])
def test_the_ledgers_show_whatever_can_become_of_a_mail(settings: Any, tmp_path: Path, now: datetime) -> None:
    settings.FILES, settings.MAIL_FOLDER, settings.MAIL_IS_SET = tmp_path / "files", tmp_path / "mail", False
    settings.EMAIL_BACKEND = "mespace.platform.mail_folder.FolderBackend"
    with override("ru"):
        world = make_world(world_data(), now=now)
        calendar = compiled(calendar_at(now).code, edition_in_force(now).code)
        play_mails(Stage(world, chance(), calendar, now))
    states = Counter(Delivery.objects.values_list("state", flat=True))
    assert {"failed", "uncertain", "returned", "kept"} <= set(states)
    assert Delivery.objects.filter(kind="digest", state="kept").exists()
    assert Counter(Inbound.objects.values_list("outcome", flat=True)) == Counter(
        ["reaction", "contact", "delivery_status", "automatic", "unclear_bounce", ""]
    )
    assert [row.at for row in Contact.objects.all()] == [Inbound.objects.get(outcome="contact").arrived_at]
    assert AutoAnswer.objects.get().state == "kept"
    assert [row.ticket.status for row in Inbound.objects.filter(outcome="reaction")] == ["analysis"]  # type: ignore[union-attr]
    assert [found for found in differences() if isinstance(found, Difference)] == []
    assert Ticket.objects.count() == 4
    held = Inbound.objects.get(state="quarantined")
    try_again(actor=world.staff["admin"].actor, now=now, inbound_id=held.pk)
    handle_inbound(inbound_id=held.pk, now=now)
    held.refresh_from_db()
    assert held.outcome == "contact"


@pytest.mark.django_db
def test_where_a_mail_server_is_set_a_demo_mails_nobody(settings: Any) -> None:
    settings.MAIL_IS_SET = True
    play_mails(Stage(world=None, rng=chance(), calendar=None, now=NOW))  # type: ignore[arg-type]
    assert not Delivery.objects.exists()
