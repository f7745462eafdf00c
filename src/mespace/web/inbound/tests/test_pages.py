"""The log of inbound mail: what an administrator sees, the mail as it came, and another try."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mespace.mail_in.models import Inbound
from mespace.mail_in.operations.handle_inbound import handle_inbound
from mespace.mail_in.operations.keep_message import Found, Place, keep_message
from mespace.platform import clock
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
RAW = b"From: petrov@zavod.example\r\nSubject: <b>Hello</b>\r\nMessage-ID: <%d@x>\r\n\r\n<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def at_nine(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.FILES = tmp_path
    with clock.stepped(WEDNESDAY):
        yield


def kept(number: int = 1, *, handled: bool = True) -> Inbound:
    raw = RAW % number
    inbound = keep_message(now=WEDNESDAY, found=Found(Place("INBOX", 1, number), len(raw), WEDNESDAY, iter([raw])))
    if handled:
        handle_inbound(inbound_id=inbound.pk, now=WEDNESDAY)
    return Inbound.objects.get(pk=inbound.pk)


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def test_the_log_shows_what_came_and_what_became_of_it(cast: Cast) -> None:
    inbound = kept()
    page = signed_in(cast, "administrator").get("/inbound/").content.decode()
    assert "petrov@zavod.example" in page
    assert "&lt;b&gt;Hello" in page
    assert f"/inbound/{inbound.pk}/" in page
    one = signed_in(cast, "auditor").get(f"/inbound/{inbound.pk}/").content.decode()
    assert inbound.sha256 in one
    assert f"/desk/contacts/{inbound.contact_id}/" in one
    assert "/desk/contacts/" not in signed_in(cast, "administrator").get(f"/inbound/{inbound.pk}/").content.decode()


def test_the_mail_as_it_came_is_saved_and_never_shown(cast: Cast) -> None:
    inbound = kept()
    answer = signed_in(cast, "auditor").get(f"/inbound/{inbound.pk}/raw/")
    assert b"".join(answer.streaming_content) == RAW % 1
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_mail_in_quarantine_gets_another_try(cast: Cast) -> None:
    inbound = kept(handled=False)
    Inbound.objects.update(state="quarantined", next_attempt_at=None, error="RuntimeError", attempts=3)
    client = signed_in(cast, "administrator")
    assert "RuntimeError" in client.get(f"/inbound/{inbound.pk}/").content.decode()
    assert f"/inbound/{inbound.pk}/" in client.get("/inbound/?state=quarantined").content.decode()
    assert client.post(f"/inbound/{inbound.pk}/again/").status_code == 303
    inbound.refresh_from_db()
    assert (inbound.state, inbound.attempts) == ("waiting", 0)
    assert client.post("/inbound/999/again/").status_code == 404


def test_filters_pages_and_few_statements(cast: Cast) -> None:
    for number in range(60):
        kept(number, handled=False)
    client = signed_in(cast, "administrator")
    assert client.get("/inbound/?outcome=junk&state=junk&before=junk").status_code == 200
    first = client.get("/inbound/?q=petrov").content.decode()
    assert first.count("/inbound/") > 50
    last = Inbound.objects.order_by("-pk")[49].pk
    assert f"before={last}" in first
    assert client.get(f"/inbound/?before={last}").content.decode().count('<td class="fit">') == 10
    assert "Ничего не найдено" in client.get("/inbound/?q=nobody").content.decode()
    with CaptureQueriesContext(connection) as captured:
        client.get("/inbound/")
    assert len(captured) <= 6, [each["sql"][:150] for each in captured]
