"""Correcting and adopting calendars, as a manager does it."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mespace.obligations.kinds import by_instant
from mespace.obligations.operations.fulfil import fulfil
from mespace.obligations.operations.miss import due_obligations, miss
from mespace.obligations.operations.repin import obligations_to_repin, repin
from mespace.obligations.tests.making import name, owed, registered
from mespace.platform.clock import stepped
from mespace.platform.forms import new_key
from mespace.regulation.models import CalendarEdition
from mespace.regulation.queries import calendar_at
from mespace.regulation.tests.calendar_files.test_reading import BOMB, XML
from mespace.regulation.tests.transfers import before_transfers
from mespace.tickets.models import Ticket
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.repin_calendar import repin_calendar, tickets_to_repin
from mespace.tickets.queries.calendar_effects import effects
from tests.cast import WEDNESDAY

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(hours=2)


@pytest.fixture(autouse=True)
def at_eleven() -> Any:
    with stepped(NOW):
        yield


@pytest.fixture
def client(cast: Any) -> Client:
    client = Client()
    client.force_login(cast.users["manager"])
    return client


def form(page: Any, **changes: Any) -> dict[str, Any]:
    """The form of a page of changes as a browser would send it."""
    rows = page.context["rows"]
    data: dict[str, Any] = {
        "key": new_key(),
        "base": page.context["form"].initial.get("base", page.context["code"]),
        "change": [row.posted for row in rows],
        "take": [row.code for row in rows],
        "reason": "Переносы опубликованы",
        "is_adopted": "on",
        "known_from": "2026-11-18",
        "act": "adopt",
    }
    return {**data, **changes}


def test_the_proposal_is_adopted_day_by_day_with_sources(cast: Any, client: Client) -> None:
    before_transfers()
    page = client.get(reverse("calendars:proposal", args=[2027]))
    days = [row.code for row in page.context["rows"]]
    assert "2027-02-20" in days
    sent = form(page, take=["2027-02-20"], **{"source-2027-02-20": "акт, который прочитан"})
    assert client.post(reverse("calendars:adopt", args=[2027]), sent).status_code == 303
    year = calendar_at(NOW).content["years"]["2027"]
    assert year["state"] == "adopted"
    assert year["days"]["2027-02-20"] == {"type": "worked_weekend", "source": "акт, который прочитан"}
    assert set(days) & set(year["days"]) == {"2027-02-20"}
    shown = client.get(reverse("manage:calendar", args=[calendar_at(NOW).code, 2027])).content.decode()
    assert "Переносы опубликованы" in shown
    assert "Manager" in shown


def test_without_a_reason_nothing_is_adopted_and_all_that_was_typed_is_kept(cast: Any, client: Client) -> None:
    before_transfers()
    page = client.get(reverse("calendars:proposal", args=[2027]))
    sent = form(page, reason="", take=["2027-02-22"], **{"source-2027-02-22": "мой источник"})
    answer = client.post(reverse("calendars:adopt", args=[2027]), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    assert [row.code for row in answer.context["rows"] if row.is_taken] == ["2027-02-22"]
    assert "мой источник" in answer.content.decode()
    assert CalendarEdition.objects.count() == 2


def test_a_published_file_is_compared_first(cast: Any, client: Client) -> None:
    file = SimpleUploadedFile("calendar.xml", XML.replace(b'<day d="12.28" t="3"/>', b""))
    page = client.post(reverse("calendars:from_file", args=[2024]), {"calendar": file})
    assert [row.code for row in page.context["rows"]] == ["2024-12-28"]
    assert CalendarEdition.objects.count() == 1


def test_a_day_put_right_does_not_make_its_year_final(cast: Any, client: Client) -> None:
    page = client.get(reverse("calendars:by_hand", args=[2029]), {"day": "2029-01-09", "type": "moved_day_off"})
    assert page.context["form"].initial["is_adopted"] is False
    page = client.get(reverse("calendars:by_hand", args=[2026]), {"day": "2026-11-28", "type": "worked_weekend"})
    assert page.context["form"].initial["is_adopted"] is True


def test_from_where_a_day_was_moved_stays_on_the_page(cast: Any, client: Client) -> None:
    moved = XML.replace(b'<day d="12.28" t="3"/>', b'<day d="12.26" t="1" f="12.28"/><day d="12.28" t="3"/>')
    page = client.post(reverse("calendars:from_file", args=[2024]), {"calendar": SimpleUploadedFile("c.xml", moved)})
    counted = client.post(reverse("calendars:adopt", args=[2024]), form(page, act="count"))
    assert [(row.code, row.note) for row in counted.context["rows"]] == [("2024-12-26", "28.12")]


@pytest.mark.parametrize("data", [BOMB.encode(), b"<calendar>", b"x" * 1_100_000, b"", XML])
def test_a_file_that_is_wrong_is_refused_with_its_lines(cast: Any, client: Client, data: bytes) -> None:
    file = SimpleUploadedFile("calendar.xml", data)
    answer = client.post(reverse("calendars:from_file", args=[2027]), {"calendar": file})
    assert answer.status_code == 422
    assert answer.context["problems"]


def test_a_correction_says_what_it_moves_and_what_stays(cast: Any, client: Client) -> None:
    """A worked Saturday: the bug filed on Friday afternoon is due earlier, and so is one that was answered."""
    friday = datetime(2026, 11, 13, 12, 0, tzinfo=UTC)  # 15:00 in Moscow
    given = cast.file(now=friday)
    accept(ticket_id=given.pk, actor=cast.agent, now=friday + timedelta(days=3))
    page = client.get(reverse("calendars:by_hand", args=[2026]), {"day": "2026-11-14", "type": "worked_weekend"})
    sent = form(page, act="count")
    counted = client.post(reverse("calendars:adopt", args=[2026]), sent)
    assert counted.status_code == 200
    moved = counted.context["effects"]
    assert [each.key for each in moved.given] == [given.key]
    assert moved.running == []
    before = Ticket.objects.get(pk=given.pk).reaction_due_at
    assert client.post(reverse("calendars:adopt", args=[2026]), {**sent, "act": "adopt"}).status_code == 303
    edition = calendar_at(NOW)
    for ticket_id in tickets_to_repin(edition=edition):
        repin_calendar(ticket_id=ticket_id, now=NOW, edition=edition)
    assert Ticket.objects.get(pk=given.pk).reaction_due_at == before
    listed = client.get(reverse("calendars:effects", args=[edition.code]))
    assert [each.key for each in listed.context["rows"]] == [given.key]


def test_what_is_foretold_of_a_running_deadline_is_what_repinning_does(cast: Any, client: Client) -> None:
    ticket = cast.file(now=NOW)
    page = client.get(reverse("calendars:by_hand", args=[2026]), {"day": "2026-11-19", "type": "moved_day_off"})
    counted = client.post(reverse("calendars:adopt", args=[2026]), form(page, act="count"))
    (moved,) = counted.context["effects"].running
    assert client.post(reverse("calendars:adopt", args=[2026]), form(page)).status_code == 303
    edition = calendar_at(NOW)
    for ticket_id in tickets_to_repin(edition=edition):
        repin_calendar(ticket_id=ticket_id, now=NOW, edition=edition)
    assert Ticket.objects.get(pk=ticket.pk).reaction_due_at == moved.new != moved.old


def test_nothing_changed_moves_nothing(cast: Any) -> None:
    cast.file(now=NOW)
    content = calendar_at(NOW).content
    found = effects(actor=cast.manager, content=content, changed={date(2026, 11, 19)}, now=NOW)
    assert (found.running, found.given) == ([], [])


def test_other_promises_are_foretold_and_verdicts_that_would_differ_are_listed(cast: Any, client: Client) -> None:
    with registered():
        running = owed(now=NOW)
        fulfil(actor=cast.manager, now=owed(number=2, now=NOW).due_at, name=name(2))
        owed(number=3, now=NOW, promise=by_instant(NOW + timedelta(days=2)))  # rests on no calendar
        missed = owed(number=4, now=NOW - timedelta(days=20))
        for pk in due_obligations(now=NOW):
            miss(obligation_id=pk, now=NOW)
        page = client.get(reverse("calendars:by_hand", args=[2026]), {"day": "2026-11-19", "type": "moved_day_off"})
        counted = client.post(reverse("calendars:adopt", args=[2026]), form(page, act="count"))
        found = counted.context["effects"]
        [moved] = found.owed_running
        assert (moved.obligation, moved.old, [each.obligation.key for each in found.owed_given]) == (
            running, running.due_at, [name(2).key],
        )  # fmt: skip
        assert "thing 2" in counted.content.decode()
        assert client.post(reverse("calendars:adopt", args=[2026]), form(page)).status_code == 303
        edition = calendar_at(NOW)
        for pk in obligations_to_repin(edition=edition):
            repin(obligation_id=pk, now=NOW, edition=edition)
        running.refresh_from_db()
        assert running.due_at == moved.new != moved.old
        assert missed.due_at < NOW
        listed = client.get(reverse("calendars:effects", args=[edition.code]))
        assert ([row["title"] for row in listed.context["owed"]], listed.context["total"]) == (["thing 2"], 1)


def test_a_miss_that_another_calendar_would_not_have_seen_is_listed(cast: Any) -> None:
    with registered():
        missed = owed(now=NOW - timedelta(days=8))
        due = missed.due_at
        miss(obligation_id=missed.pk, now=NOW)
        fulfil(actor=cast.manager, now=due + timedelta(hours=20), name=name())
        content = json.loads(json.dumps(calendar_at(NOW).content))
        day = due.date()
        content["years"]["2026"]["days"][day.isoformat()] = {"type": "moved_day_off", "source": "source not verified"}
        [moved] = effects(actor=cast.manager, content=content, changed={day}, now=NOW).owed_given
        assert (moved.old_state, moved.new_state, moved.old) == ("late", "fulfilled", due)
