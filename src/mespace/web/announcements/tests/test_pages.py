"""The pages about planned work and outages: for managers, for those concerned, and above every page."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mespace.announcements.models import FeedAddress, MaintenanceWindow, Outage, Seen, ServiceComponent
from mespace.announcements.operations.cancel_maintenance import cancel_maintenance
from mespace.announcements.operations.end_outage import end_outage
from mespace.announcements.operations.settle_maintenance import settle_window
from mespace.announcements.tests.making import HOUR, MINUTE, START, announced, component, reported
from mespace.announcements.tests.making import RESTORE as END
from mespace.notifications.operations.announce import announce
from mespace.platform.clock import stepped
from mespace.platform.forms import new_key
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with stepped(WEDNESDAY) as stepping:
        yield stepping


def client_of(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def form(**changes: Any) -> dict[str, Any]:
    fields = {
        "form_key": new_key(),
        "title": "Обновление",
        "components": [component().pk],
        "starts_at": "2026-11-20T22:00",
        "restore_at": "2026-11-21T00:00",
        "text": "Не работает **трекер**.",
    }
    return {**fields, **changes}


def test_a_manager_announces_in_moscow_time(cast: Cast) -> None:
    client = client_of(cast, "manager")
    fields = form()
    for _ in range(2):  # sent twice, done once
        answer = client.post(reverse("announcements:announce"), fields)
        assert answer.status_code == 303
    window = MaintenanceWindow.objects.get()
    assert (window.starts_at, window.restore_at) == (START, END)
    page = client.get(answer["Location"]).content.decode()
    assert "20.11.2026 22:00" in page
    assert "<strong>трекер</strong>" in page
    assert "26\xa0ч" in page  # announced ahead by


def test_a_short_notice_is_warned_about_and_published_only_when_confirmed(cast: Cast) -> None:
    client = client_of(cast, "manager")
    fields = form(starts_at="2026-11-18T14:00", restore_at="2026-11-18T15:00")
    answer = client.post(reverse("announcements:announce"), fields)
    text = answer.content.decode()
    assert (answer.status_code, MaintenanceWindow.objects.count()) == (200, 0)
    assert "меньше рабочего дня" in text
    assert "Не работает **трекер**." in text  # nothing typed is lost
    assert client.post(reverse("announcements:announce"), fields | {"confirmed": "1"}).status_code == 303
    assert MaintenanceWindow.objects.get().lead_seconds == 5 * 3600


def test_a_form_with_errors_names_its_fields_and_keeps_what_was_typed(cast: Cast) -> None:
    client = client_of(cast, "manager")
    wrong = form(starts_at="2026-11-17T22:00", restore_at="gestern", title="Ночью <script>alert(1)</script>")
    answer = client.post(reverse("announcements:announce"), wrong)
    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    assert "Ночью &lt;script&gt;" in answer.content.decode()
    assert "restore_at" in answer.context["form"].errors
    past = client.post(reverse("announcements:announce"), form(starts_at="2026-11-17T22:00"))
    assert past.status_code == 422
    assert "Плановые работы объявляют заранее" in past.content.decode()


def test_the_texts_of_strangers_are_harmless(cast: Cast) -> None:
    evil = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![](http://evil.example/x.png)\n\n" + "> " * 500
    window = announced(cast, text=evil, title='"><script>alert(1)</script>')
    page = client_of(cast, "engineer").get(reverse("announcements:maintenance", args=[window.pk])).content.decode()
    for forbidden in ("<script>alert", "<img src=x", 'href="javascript:', 'src="http://evil'):
        assert forbidden not in page


def test_all_acts_of_a_manager(cast: Cast, clock: Any) -> None:
    client = client_of(cast, "manager")
    window = announced(cast)

    def act(name: str, **fields: Any) -> int:
        address = reverse(f"announcements:{name}", args=[window.pk])
        return client.post(address, {"form_key": new_key(), **fields}).status_code

    assert act("revise", title="Иначе", text="", components=[component().pk]) == 303
    moved = {"starts_at": "2026-11-21T22:00", "restore_at": "2026-11-21T23:00", "reason": "Просили"}
    assert act("move", **{**moved, "reason": ""}) == 422
    assert act("move", **moved) == 303
    assert act("restore") == 409
    clock.set(START + timedelta(days=1, hours=2))
    settle_window(window_id=window.pk, now=START + timedelta(days=1, hours=2))
    page = client.get(reverse("announcements:maintenance", args=[window.pk])).content.decode()
    assert "К обещанному времени доступ не восстановлен" in page
    assert act("prolong", restore_at="2026-11-22T03:00", reason="Ещё час") == 303
    assert act("restore", restored_at="2026-11-22T00:30") == 422  # it has not come yet
    assert act("restore", restored_at="2026-11-21T23:59", text="Готово") == 303
    assert act("cancel", reason="x") == 409
    page = client.get(reverse("announcements:maintenance", args=[window.pk])).content.decode()
    assert "Готово" in page


def test_the_banner_is_for_those_concerned_and_costs_others_nothing(cast: Cast) -> None:
    own = component("lab")
    own.products.add(cast.other_product)

    def statements(who: str) -> tuple[int, str]:
        client = client_of(cast, who)
        client.get(reverse("my_tickets"))
        with CaptureQueriesContext(connection) as seen:
            text = client.get(reverse("my_tickets")).content.decode()
        return len(seen), text

    before, _ = statements("engineer")
    window = announced(cast, starts_at=WEDNESDAY + 3 * timedelta(days=1), restore_at=WEDNESDAY + 4 * timedelta(days=1))
    far, text = statements("engineer")
    assert (far, "notice-bar" in text) == (before, False)  # announced, and not near yet
    near = announced(cast, starts_at=WEDNESDAY + 2 * HOUR, restore_at=WEDNESDAY + 3 * HOUR)
    shown, text = statements("engineer")
    assert (shown, "notice-bar" in text) == (before + 2, True)
    cancel_maintenance(actor=cast.manager, now=WEDNESDAY, window_id=near.pk, reason="x")
    cancel_maintenance(actor=cast.manager, now=WEDNESDAY, window_id=window.pk, reason="x")
    outage = reported(cast, component_ids=[own.pk])
    _, text = statements("engineer")
    assert "notice-bar" not in text  # its customer does not use that software
    assert "notice-bar" in client_of(cast, "agent").get(reverse("queue")).content.decode()
    end_outage(actor=cast.manager, now=WEDNESDAY, outage_id=outage.pk)
    assert statements("engineer")[0] == before


def test_lists_ask_the_same_whatever_they_show(cast: Cast) -> None:
    client = client_of(cast, "manager")

    def statements(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    window, over, outage = announced(cast), reported(cast), reported(cast)
    end_outage(actor=cast.manager, now=WEDNESDAY, outage_id=over.pk)
    pages = [
        reverse("announcements:list"),
        reverse("announcements:components"),
        reverse("announcements:maintenance_receipts", args=[window.pk]),
    ]
    people = [cast.users[name].pk for name in ("engineer", "responsible")]
    told = {"kind": "maintenance", "subject_kind": "maintenance", "subject_id": window.pk, "now": WEDNESDAY}
    announce(**told, recipients=people[:1], occasion="announced:1")
    before = [statements(page) for page in pages]
    for number in range(3):
        announced(cast, component_ids=[component().pk, component(f"part-{number}").pk])
    end_outage(actor=cast.manager, now=WEDNESDAY, outage_id=outage.pk)
    reported(cast)
    announce(**told, recipients=people, occasion="moved:2")
    assert [statements(page) for page in pages] == before
    assert before[0] <= 16


def test_that_it_was_seen_is_noted_once_for_each_state(cast: Cast) -> None:
    window = announced(cast)
    announce(
        kind="maintenance", subject_kind="maintenance", subject_id=window.pk, occasion="announced:1",
        recipients=[cast.users["engineer"].pk, cast.users["stranger"].pk], now=WEDNESDAY,
    )  # fmt: skip
    client = client_of(cast, "engineer")
    for _ in range(2):
        assert client.get(reverse("announcements:maintenance", args=[window.pk])).status_code == 200
    client.head(reverse("announcements:maintenance", args=[window.pk]))
    assert Seen.objects.count() == 1
    page = client_of(cast, "agent").get(reverse("announcements:maintenance_receipts", args=[window.pk]))
    rows = {row.person.full_name: row for row in page.context["rows"]}
    assert rows["Engineer"].seen_at == WEDNESDAY
    assert rows["Engineer"].saw_all
    assert rows["Stranger"].seen_at is None
    bell = client.get(reverse("notices")).content.decode()
    assert "Обновление базы данных" in bell


def test_an_outage_from_its_report_to_its_end(cast: Cast) -> None:
    client = client_of(cast, "manager")
    fields = {
        "form_key": new_key(), "title": "Не открывается", "components": [component().pk], "impact": "down",
        "began_at": "2026-11-18T08:30", "text": "Разбираемся",
    }  # fmt: skip
    assert client.post(reverse("announcements:report"), fields).status_code == 303
    outage = Outage.objects.get()
    address = {name: reverse(f"announcements:{name}", args=[outage.pk]) for name in ("outage", "update", "end")}
    update = {"form_key": new_key(), "text": "Нашли", "impact": "degraded"}
    assert client.post(address["update"], update).status_code == 303
    assert client.post(address["end"], {"form_key": new_key(), "ended_at": "2026-11-18T08:00"}).status_code == 422
    assert client.post(address["end"], {"form_key": new_key()}).status_code == 303
    assert client.post(address["end"], {"form_key": new_key()}).status_code == 409
    page = client_of(cast, "stranger").get(address["outage"]).content.decode()
    assert "Нашли" in page
    assert "Manager" not in page  # customers read what happened, not who typed it


def test_components_and_probers_are_kept_by_managers(cast: Cast) -> None:
    client = client_of(cast, "manager")
    fields = {"form_key": new_key(), "code": "mail", "name": "Приём писем", "position": "20", "is_active": "on"}
    assert client.post(reverse("announcements:component_new"), fields).status_code == 303
    again = client.post(reverse("announcements:component_new"), fields | {"form_key": new_key()})
    assert again.status_code == 422
    assert "Оно есть у другого компонента." in again.content.decode()
    part = ServiceComponent.objects.get()
    edited = {"form_key": new_key(), "name": "Почта", "position": "5", "products": [cast.product.pk]}
    assert client.post(reverse("announcements:component_edit", args=[part.pk]), edited).status_code == 303
    part.refresh_from_db()
    assert (part.name, part.code, part.is_active) == ("Почта", "mail", False)
    prober = {"form_key": new_key(), "code": "kazan", "public_key": "AB" * 32}
    assert client.post(reverse("announcements:probe_new"), prober).status_code == 422
    prober = {"form_key": new_key(), "code": "kazan", "public_key": "ab" * 32}
    assert client.post(reverse("announcements:probe_new"), prober).status_code == 303
    assert "kazan" in client.get(reverse("announcements:components")).content.decode()


def test_a_calendar_of_ones_own_by_a_secret_that_can_be_renewed(cast: Cast) -> None:
    lab = component("lab")
    lab.products.add(cast.other_product)
    announced(cast, title="Для всех")
    announced(cast, title="Лаборатория", component_ids=[lab.pk])
    client = client_of(cast, "engineer")

    def made() -> str:
        page = client.post(reverse("announcements:calendar"), {"form_key": new_key()})
        assert page["Cache-Control"] == "no-store"
        address: str = page.context["address"]
        return address[address.index("/status/") :]

    first = made()
    assert FeedAddress.objects.get().digest not in first
    answer = Client().get(first)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Для всех" in answer.content.decode()
    assert "Лаборатория" not in answer.content.decode()
    second = made()
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    cast.users["engineer"].is_active = False
    cast.users["engineer"].save()
    assert Client().get(second).status_code == 404
    assert "Лаборатория" in Client().get(reverse("status:calendar")).content.decode()


def test_calendars_hear_of_moves_and_cancellations(cast: Cast) -> None:
    window = announced(cast)
    cancel_maintenance(actor=cast.manager, now=WEDNESDAY + MINUTE, window_id=window.pk, reason="x")
    text = Client().get(reverse("status:calendar")).content.decode()
    assert "STATUS:CANCELLED" in text
    assert "SEQUENCE:1" in text
    assert "LAST-MODIFIED:20261118T060100Z" in text


def test_the_feed_is_well_formed_whatever_people_write(cast: Cast) -> None:
    from xml.etree import ElementTree as ET

    announced(cast, title="a & b <c> \x0b ]]>", text="Текст & <b>\x01")
    outage = reported(cast)
    root = ET.fromstring(Client().get(reverse("status:atom")).content)  # noqa: S314 - our own
    name = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{name}entry")
    assert len(entries) == 2
    ids = [entry.findtext(f"{name}id") for entry in entries]
    assert f"tag:localhost,2026:outage/{outage.pk}" in ids
    for each in (root, *entries):
        assert each.findtext(f"{name}updated")
        assert each.findtext(f"{name}title")


def test_the_clock_of_a_request_shows_the_outage_and_runs_on(cast: Cast, clock: Any) -> None:
    ticket = cast.file(now=WEDNESDAY)
    outage = reported(cast, now=WEDNESDAY + HOUR, began_at=WEDNESDAY + 30 * MINUTE)
    end_outage(actor=cast.manager, now=WEDNESDAY + 2 * HOUR, outage_id=outage.pk)
    clock.set(WEDNESDAY + 3 * HOUR)
    page = client_of(cast, "engineer").get(reverse("ticket_clock", args=[ticket.key])).content.decode()
    assert "Не открывается трекер" in page
    assert "засчитано рабочего времени: 1 ч 30 мин" in page.replace("\xa0", " ")
    assert "3 ч" in page.replace("\xa0", " ")  # counted in all: nothing is taken off
