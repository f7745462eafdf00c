"""The mail ledger's pages, and the page of preferences."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mespace.notifications.kinds import Kind
from mespace.notifications.models import DIGEST, Delivery, Preference, Reason, State, StatusReport
from mespace.notifications.tests.jobs import queued
from mespace.platform.jobs import Job
from mespace.tickets.models import Ticket
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(minutes=10)


def made(cast: Cast, ticket: Ticket, number: int, **changes: Any) -> Delivery:
    fields: dict[str, Any] = {
        "recipient_id": cast.engineer.user_id, "address": "engineer@example.org", "subject_id": ticket.pk,
        "seq": number, "kind": Kind.MESSAGE, "message_id": f"<{number}@example.org>", "created_at": NOW,
        "state": State.FAILED, "reply_code": 550, "reply_text": "5.1.1 <script>no such user</script>",
    }  # fmt: skip
    return Delivery.objects.create(**{**fields, **changes})


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


def test_an_administrator_sees_failures_first_with_the_servers_words_and_nothing_of_the_request(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    ticket = cast.file()
    for number in range(1, 41):
        made(cast, ticket, number)
    made(cast, ticket, 99, state=State.NOT_SENT, reason=Reason.OUTDATED, reply_text="", reply_code=None)
    client = signed_in(cast, "administrator")
    client.get("/mails/")
    with django_assert_max_num_queries(9):  # session, person, and two for the page, however many rows
        page = client.get("/mails/").content.decode()
    assert page.count("550 5.1.1 &lt;script&gt;no such user") == 40
    assert "Не печатаются этикетки" not in page
    assert "больше не новость" not in page
    assert client.get("/mails/?which=nonsense").status_code == 404
    assert client.get("/mails/?which=all&q=nobody@").content.decode().count("550 5.1.1") == 0


def test_reading_is_offered_to_those_who_see_what_a_mail_is_about(cast: Cast) -> None:
    kept = made(cast, cast.file(), 1, state=State.KEPT, kept_as="2026/1.eml")
    digest = made(cast, cast.file(), 2, state=State.KEPT, kept_as="2026/2.eml", subject_kind=DIGEST)
    offered = {
        name: [mail.pk for mail in (kept, digest) if f'href="/mails/{mail.pk}/"' in page]
        for name in ("administrator", "auditor")
        for page in [signed_in(cast, name).get("/mails/?which=kept").content.decode()]
    }
    assert offered == {"administrator": [], "auditor": [kept.pk]}


def test_sending_again_plans_it_once(cast: Cast) -> None:
    delivery = made(cast, cast.file(), 1, attempts=16)
    client = signed_in(cast, "administrator")
    before = len(queued(Job.SEND_MAIL))
    for _time in range(2):
        answer = client.post(f"/mails/{delivery.pk}/resending/", {"which": "failures"})
        assert answer["Location"] == "/mails/?which=failures"
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.resent_by_id) == (
        State.PLANNED, 0, cast.administrator.user_id,
    )  # fmt: skip
    assert len(queued(Job.SEND_MAIL)) == before + 1


def test_a_request_shows_its_mails_to_staff_with_what_servers_said(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    ticket = cast.file()
    for number in range(1, 21):
        sent = made(cast, ticket, number, state=State.SENT, sent_at=NOW, queue_id="4XyZ1A", evidence="confirmed")
        StatusReport.objects.create(
            delivery=sent, received_at=NOW, digest=f"{number}", action="delivered", server="mx.factory.example"
        )
    client = signed_in(cast, "auditor")
    client.get(f"/t/{ticket.key}/mails/")
    with django_assert_max_num_queries(12):
        page = client.get(f"/t/{ticket.key}/mails/").content.decode()
    assert page.count("4XyZ1A") == page.count("mx.factory.example: delivered") == 20
    assert "почтовый сервер получателя сообщил о доставке" in page


def test_the_page_of_preferences_says_where_there_is_no_choice_and_keeps_the_rest(cast: Cast) -> None:
    client = signed_in(cast, "engineer")
    page = client.get("/account/notifications/").content.decode()
    assert "Сразу, если обращение ваше: пункт 5.5 не оставляет выбора." in page
    assert 'name="note"' not in page
    assert 'name="edition"' not in page  # no choice at all
    answer = client.post("/account/notifications/", {"progress": "off", "closed": "", "message": "digest"})
    assert answer.status_code == 303
    row = Preference.objects.get(user_id=cast.engineer.user_id)
    assert (row.timings, row.digest) == ({"progress": "off", "message": "digest"}, False)
    refused = client.post("/account/notifications/", {"progress": "at noon", "digest": "on"})
    assert refused.status_code == 422
    staff = signed_in(cast, "agent").get("/account/notifications/").content.decode()
    assert "пункт 6.4 не оставляет выбора" in staff
