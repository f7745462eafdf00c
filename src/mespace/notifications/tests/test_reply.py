"""The secret reply address of each mail about a ticket."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from mespace.notifications.channels.mail.reply import MARK, token_of
from mespace.notifications.models import Delivery
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.send_mail import send_mail
from mespace.notifications.queries import delivery_by_reply_token
from mespace.notifications.tests.jobs import queued
from mespace.platform.jobs import Job
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(minutes=10)


def sent(cast: Cast) -> list[Any]:
    cast.file()
    for arguments in queued(Job.NOTIFY):
        notify(**arguments, now=NOW)
    for arguments in queued(Job.SEND_MAIL):
        send_mail(**arguments, now=NOW)
    return mail.outbox


def test_each_mail_has_an_address_of_its_own_that_leads_back_to_it(cast: Cast, settings: Any) -> None:
    settings.MAIL_IS_SET = True
    settings.MAIL_REPLY_ADDRESS = "Support@example.org"
    mails = sent(cast)
    addresses = {one.reply_to[0] for one in mails}
    assert len(addresses) == len(mails) == 2
    for one in mails:
        [address] = one.reply_to
        for written in (address, address.upper(), f" {address} "):
            delivery = delivery_by_reply_token(token_of(written))
            assert delivery is not None
            assert [delivery.recipient.email] == one.to
        assert MARK.search(one.body)
        assert MARK.search(one.alternatives[0].content)
        assert one.body.startswith("##- Пишите ответ выше этой строки -##")


@pytest.mark.parametrize(
    "address",
    [
        "support@example.org", "support+@example.org", "other+abc@example.org", "support+abc@example.com", "", "@",
        "support+ab c@example.org", "support+%00@example.org", "support+абв@example.org", "support+a+b@example.org",
    ],
)  # fmt: skip
def test_other_addresses_lead_nowhere(cast: Cast, settings: Any, address: str) -> None:
    settings.MAIL_IS_SET = True
    settings.MAIL_REPLY_ADDRESS = "support@example.org"
    sent(cast)
    assert delivery_by_reply_token(token_of(address)) is None


def test_without_a_mailbox_a_mail_promises_none(cast: Cast, settings: Any) -> None:
    settings.MAIL_IS_SET = True
    mails = sent(cast)
    assert all(one.reply_to == [] and not MARK.search(one.body) for one in mails)
    assert "ответьте на странице обращения" in mails[0].body
    assert token_of("support+abc@example.org") == ""
    assert Delivery.objects.filter(reply_token=None).count() == 0
