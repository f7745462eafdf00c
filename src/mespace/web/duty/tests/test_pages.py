from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mespace.accounts.roster import Absence, Shift
from mespace.platform.clock import stepped
from mespace.platform.forms import new_key
from tests.cast import WEDNESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_nine() -> Any:
    with stepped(WEDNESDAY):
        yield


def client_of(cast: Any, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def plan(cast: Any, **changes: Any) -> dict[str, Any]:
    fields = {
        "key": new_key(),
        "people": [cast.users["agent"].pk, cast.users["second_agent"].pk],
        "first": "2026-12-28",
        "last": "2027-01-12",
        "pattern": "calendar",
        "starts": "08:00",
        "ends": "17:00",
    }
    return {**fields, **changes}


def test_a_period_is_planned_by_the_production_calendar(cast: Any) -> None:
    client = client_of(cast, "manager")
    answer = client.post(reverse("duty:plan"), plan(cast), follow=True)
    assert answer.status_code == 200
    days = {shift.starts_at.date().isoformat() for shift in Shift.objects.all()}
    assert "2027-01-05" not in days  # a public holiday
    assert "2027-01-12" in days
    assert "08:00–17:00" in answer.content.decode()


def test_a_period_is_planned_by_days_of_the_week(cast: Any) -> None:
    fields = plan(cast, first="2026-11-16", last="2026-11-29", pattern="weekdays", days=["5", "6"], ends="02:00")
    client_of(cast, "manager").post(reverse("duty:plan"), fields | {"starts": "20:00"})
    assert {shift.starts_at.weekday() for shift in Shift.objects.all()} == {5, 6}
    assert Shift.objects.count() == 8


def test_a_form_with_errors_keeps_what_was_typed_and_names_the_fields(cast: Any) -> None:
    wrong = plan(cast, people=[], last="2026-12-01", pattern="weekdays", starts="27:00")
    answer = client_of(cast, "manager").post(reverse("duty:plan"), wrong)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert set(form.errors) == {"people", "last", "days", "starts"}
    assert "27:00" in answer.content.decode()
    too_long = client_of(cast, "manager").post(reverse("duty:plan"), plan(cast, last="2028-12-31"))
    assert set(too_long.context["form"].errors) == {"last"}


def test_a_shift_in_the_way_is_told_beside_its_box(cast: Any) -> None:
    client = client_of(cast, "manager")
    client.post(reverse("duty:plan"), plan(cast))
    answer = client.post(reverse("duty:plan"), plan(cast, starts="12:00", ends="21:00"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["replaces"])
    assert client.post(reverse("duty:plan"), plan(cast, starts="12:00", ends="21:00", replaces="on")).status_code == 303


def test_the_same_form_twice_plans_once(cast: Any) -> None:
    client, fields = client_of(cast, "manager"), plan(cast)
    for _ in range(2):
        assert client.post(reverse("duty:plan"), fields).status_code == 303
    count = Shift.objects.count()
    assert count == Shift.objects.values("user", "starts_at").distinct().count() > 0


def test_a_shift_is_taken_off_after_a_question(cast: Any) -> None:
    shift = Shift.objects.create(user=cast.users["agent"], starts_at=WEDNESDAY, ends_at=WEDNESDAY + timedelta(hours=8))
    client, url = client_of(cast, "manager"), reverse("duty:shift_remove", args=[shift.pk])
    assert client.post(url).status_code == 200
    assert Shift.objects.exists()
    assert client.post(url, {"confirmed": "1"}).status_code == 303
    assert not Shift.objects.exists()


@pytest.mark.parametrize("who", ["agent", "contractor"])
def test_people_note_their_own_absence(cast: Any, who: str) -> None:
    client = client_of(cast, who)
    fields = {"key": new_key(), "person": cast.users[who].pk, "kind": "vacation", "first": "2026-11-23"}
    answer = client.post(reverse("duty:absence_new"), fields | {"last": "2026-11-27"}, follow=True)
    assert answer.status_code == 200
    absence = Absence.objects.get()
    assert absence.ends_at - absence.starts_at == timedelta(days=5)
    edit = reverse("duty:absence_edit", args=[absence.pk])
    assert 'value="2026-11-27"' in client.get(edit).content.decode()
    client.post(edit, fields | {"last": "2026-11-26", "ends": "12:00"})
    absence.refresh_from_db()
    assert absence.ends_at.isoformat() == "2026-11-26T09:00:00+00:00"
    client.post(reverse("duty:absence_remove", args=[absence.pk]), {"confirmed": "1"})
    assert not Absence.objects.exists()


def test_nobody_notes_another_s_absence_by_changing_the_form(cast: Any) -> None:
    fields = {"key": new_key(), "person": cast.users["second_agent"].pk, "kind": "other", "first": "2026-11-23"}
    answer = client_of(cast, "agent").post(reverse("duty:absence_new"), fields | {"last": "2026-11-23"})
    assert answer.status_code == 422
    assert not Absence.objects.exists()


def test_the_reason_is_not_shown_to_colleagues(cast: Any) -> None:
    Absence.objects.create(
        user=cast.users["agent"], kind="sick_leave", starts_at=WEDNESDAY, ends_at=WEDNESDAY + timedelta(days=2)
    )
    for address in (reverse("duty:roster"), reverse("duty:absences")):
        seen = {who: "больничный" in client_of(cast, who).get(address).content.decode() for who in
                ("manager", "agent", "second_agent", "director")}  # fmt: skip
        assert seen == {"manager": True, "agent": True, "second_agent": False, "director": False}


@pytest.mark.parametrize("query", ["", "?span=month", "?from=2031-02-01", "?from=9999-12-31", "?from=no&span=no"])
def test_any_stretch_can_be_asked_for(cast: Any, query: str) -> None:
    assert client_of(cast, "director").get(reverse("duty:roster") + query).status_code == 200


def test_statements_do_not_grow_with_people_and_shifts(cast: Any) -> None:
    def count() -> int:
        client = client_of(cast, "manager")
        client.get(reverse("duty:roster"))
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("duty:roster") + "?span=month")
        return len(statements)

    few = count()
    for number in range(10):
        start = WEDNESDAY + timedelta(days=number)
        for who in ("agent", "second_agent"):
            Shift.objects.create(user=cast.users[who], starts_at=start, ends_at=start + timedelta(hours=8))
            Absence.objects.create(
                user=cast.users[who], kind="other", starts_at=start, ends_at=start + timedelta(hours=1)
            )
    assert count() == few <= 14
