"""An internal note, its file and its words reach no customer: on no page, in no file, by no search, bundle or mail."""

import io
import zipfile
from typing import Any

import pytest
from django.core import mail

from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.send_mail import send_mail
from mespace.notifications.tests.jobs import queued
from mespace.platform.clock import SteppedClock
from mespace.platform.jobs import Job
from mespace.tickets.models import Attachment, Message
from tests.cast import Cast
from tests.flows.person import Person
from tests.flows.test_from_filing_to_closing import file

pytestmark = pytest.mark.django_db
SECRET = "тайнопись"


def trace(name: str, text: str) -> io.BytesIO:
    made = io.BytesIO(text.encode())
    made.name = name
    return made


def test_an_internal_note_stays_inside(
    cast: Cast, clock: SteppedClock, engineer: Person, agent: Person, settings: Any
) -> None:
    settings.MAIL_IS_SET = True
    key = file(engineer, cast, files=[trace("printer.log", "offline")])
    agent.act(key, "reply", what="note", body=f"{SECRET} внутри", files=[trace(f"{SECRET}.log", SECRET)])
    agent.act(key, "reply", what="question", body="Какая модель?")
    note, inner = Message.objects.get(kind="note"), Attachment.objects.get(name=f"{SECRET}.log")
    assert SECRET in agent.open(f"/t/{key}/").text
    assert key in agent.open(f"/desk/search/?q={SECRET}").text
    assert SECRET not in agent.open(f"/desk/t/{key}/as-customer/").text

    engineer.seen.clear()
    addresses = [f"/t/{key}/", f"/t/{key}/clock/", f"/t/{key}/print/", f"/t/{key}/news/?seen=0", f"/t/{key}/details/",
                 "/tickets/", "/notifications/", "/notifications/bell/", "/tickets/palette/"]  # fmt: skip
    assert [engineer.open(address).status for address in addresses] == [200] * len(addresses)
    assert engineer.open(f"/t/{key}/messages/{note.pk}/").status == 404
    assert engineer.get(f"/files/{inner.pk}/")[0] == 404
    found = engineer.open(f"/tickets/?q={SECRET}").text
    assert f"/t/{key}/" not in found
    engineer.seen.remove(found)  # it repeats what was searched for
    status, packed = engineer.get(f"/t/{key}/files.zip")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert (status, archive.namelist()) == (200, ["printer.log"])
    bundle = engineer.bundle(key)
    assert [event["payload"].get("audience") for event in bundle["events"] if event["kind"] == "commented"] == ["staff"]
    assert not any(SECRET in text or "внутри" in text for text in engineer.seen)

    for arguments in queued(Job.NOTIFY):
        notify(**arguments, now=clock.step(clock_zero()))
    for arguments in queued(Job.SEND_MAIL):
        send_mail(**arguments, now=clock.step(clock_zero()))
    to_customers = [
        letter for letter in mail.outbox if set(letter.to) & {"engineer@example.org", "colleague@example.org"}
    ]
    assert any(
        "Какая модель?" in letter.message().as_string() or "Какая модель?" in letter.body for letter in to_customers
    )
    assert not any(SECRET in letter.body + str(letter.subject) for letter in to_customers)


def clock_zero() -> Any:
    from datetime import timedelta

    return timedelta()
