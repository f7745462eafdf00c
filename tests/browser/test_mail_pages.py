"""Pages about mails, contacts and preferences, for each role that has them: by axe, down to a phone's width."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mespace.mail_in.models import Inbound
from mespace.mail_in.operations.handle_inbound import handle_inbound
from mespace.mail_in.operations.keep_message import Found, Place, keep_message
from mespace.mail_in.tests import bounces, corpus
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.send_mail import send_mail
from mespace.notifications.tests.jobs import queued
from mespace.notifications.unsubscribe import token_for
from mespace.platform import clock
from mespace.platform.jobs import Job
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from tests.cast import WEDNESDAY, Cast, make_cast

Opener = Callable[..., Any]


@pytest.fixture
def cast(http_site: Any, settings: Any, tmp_path: Path) -> Iterator[Cast]:
    settings.FILES, settings.MAIL_REPLY_ADDRESS = tmp_path / "files", corpus.SUPPORT
    with clock.stepped(WEDNESDAY):
        yield make_cast()


def history(cast: Cast) -> dict[str, list[str]]:
    """A question by mail and the answer to it, a bounce that fits nothing, a stranger; addresses by who has them."""
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая модель?"))
    for arguments in queued(Job.NOTIFY):
        notify(**arguments, now=WEDNESDAY)
    for arguments in queued(Job.SEND_MAIL):
        send_mail(**arguments, now=WEDNESDAY)
    question = Delivery.objects.get(recipient=cast.users["engineer"], kind=Kind.QUESTION)
    Delivery.objects.filter(recipient=cast.users["second_agent"]).update(state="uncertain", reason="", sent_at=None)
    came = [
        corpus.plain("ZT410", sender=corpus.ENGINEER, to=f"support+{question.reply_token}@example.org"),
        bounces.says_nothing("", "new@zavod.example"),
        corpus.plain("Принтер молчит", message_id="<stranger@zavod.example>"),
    ]
    rows = []
    for number, raw in enumerate(came, 1):
        found = Found(Place("INBOX", 1, number), len(raw), WEDNESDAY, iter([raw]))
        rows.append(keep_message(now=WEDNESDAY, found=found).pk)
        handle_inbound(inbound_id=rows[-1], now=WEDNESDAY)
    contact = Inbound.objects.get(outcome="contact").contact_id
    ledger = ["/mails/?which=all", "/mails/", "/inbound/", "/inbound/?state=unclear"]
    ledger += [f"/inbound/{pk}/" for pk in rows]
    own = ["/notifications/", "/account/notifications/"]
    return {
        "administrator": ledger,
        "auditor": ["/mails/?which=all", "/inbound/"],
        "agent": [*own, f"/t/{ticket.key}/mails/", f"/t/{ticket.key}/", "/desk/contacts/", f"/desk/contacts/{contact}/",
                  "/desk/contacts/new/"],
        "engineer": [*own, f"/t/{ticket.key}/", f"/mail/off/{token_for(cast.users['engineer'].pk, Kind.DIGEST)}/"],
    }  # fmt: skip


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 320)])
def test_every_page_about_mails_is_usable_for_everyone_down_to_a_small_phone(
    new_page: Opener, http_site: Any, accessible: Callable[[Any], None], cast: Cast, scheme: str, width: int
) -> None:
    for who, addresses in history(cast).items():
        page = new_page(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 800})
        client = Client()
        client.force_login(cast.users[who])
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": http_site.url}
        page.context.add_cookies([cookie])
        page.set_default_timeout(60_000)  # the first page of a fresh server on a busy machine
        for address in addresses:
            assert page.goto(address).status == 200, (who, address)
            accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (who, address)
