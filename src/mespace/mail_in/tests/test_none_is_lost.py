"""One mail of every sort: each ends somewhere, and no answer is ever answered by another machine."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.core import mail as outbox

from mespace.mail_in.models import Arrival, AutoAnswer, Inbound
from mespace.mail_in.operations.send_answer import send_answer
from mespace.mail_in.tests import bounces, corpus
from mespace.mail_in.tests.conftest import NOW
from mespace.tickets.models import Contact
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Take = Callable[..., Inbound]


def corpus_of_all(cast: Cast) -> dict[str, bytes]:
    """One mail of every sort, by name."""
    packed = corpus.attached("winmail.dat", corpus.tnef(("a.txt", b"a")), "ms-tnef")
    signature = corpus.attached("s.p7s", b"0", "pkcs7-signature")
    mails = {f"broken: {name}": raw for name, raw in corpus.broken().items()}
    mails |= {
        f"charset: {name}": corpus.in_charset("Принтер молчит", name)
        for name in ("koi8-r", "windows-1251", "iso-2022-jp")
    }
    mails |= {
        f"bounce: {server}": corpus.bounce(message_id="<d@x>", recipient=corpus.ENGINEER, server=server)
        for server in corpus.BOUNCERS
    }
    mails |= {
        "a server's own words: " + server: make("<d@x>", corpus.ENGINEER) for server, make, _reason in bounces.FAILED
    }
    mails |= {
        "exim": corpus.exim_bounce(message_id="<d@x>", recipient=corpus.ENGINEER),
        "read receipt": corpus.read_receipt(),
        "vacation": corpus.plain(message_id="<v@x>", Auto_Submitted="auto-replied"),
        "monitoring": corpus.plain(message_id="<g@x>", Auto_Submitted="auto-generated"),
        "list": corpus.plain(message_id="<l@x>", List_Id="<l.x>", Precedence="bulk"),
        "ours": corpus.plain(sender=corpus.SUPPORT, message_id="<o@x>"),
        "noreply": corpus.plain(sender="noreply@zavod.example", message_id="<n@x>"),
        "empty": corpus.plain("", subject="", message_id="<e@x>"),
        "html": corpus.multipart(corpus.text("<p>Молчит</p>", "html"), message_id="<h@x>"),
        "tnef": corpus.multipart(packed, message_id="<t@x>"),
        "invitation": corpus.multipart(corpus.text("BEGIN:VCALENDAR", "calendar"), message_id="<i@x>"),
        "signed": corpus.multipart(corpus.text("Да"), signature, kind="signed", message_id="<s@x>"),
    }  # fmt: skip
    return mails


def test_of_all_that_comes_in_none_is_lost_and_none_loops(
    cast: Cast, take: Take, record_property: Callable[[str, object], None]
) -> None:
    mails = corpus_of_all(cast)
    outcomes = {name: take(raw) for name, raw in mails.items()}
    assert {name: row.state for name, row in outcomes.items() if row.state != "done"} == {}
    assert Arrival.objects.count() == len(mails)
    counted = Counter(row.outcome for row in outcomes.values())
    record_property("count", f"inbound mails: {len(mails)} came in, {sum(counted.values())} ended: {dict(counted)}")
    assert sum(counted.values()) == len(mails)
    assert Contact.objects.count() == counted["contact"]
    assert outcomes["vacation"].outcome == "automatic"
    assert outcomes["ours"].outcome == "own"
    assert outcomes["read receipt"].outcome == "read_receipt"
    assert {outcomes[name].outcome for name in outcomes if name.startswith(("bounce", "exim"))} == {"unclear_bounce"}
    silent = {"vacation", "monitoring", "list", "ours", "noreply", "read receipt", "exim"}
    for name in silent:
        assert not outcomes[name].answers.exists(), name
    # Every answer, brought back by some machine, ends without another one.
    answers = AutoAnswer.objects.count()
    for answer in AutoAnswer.objects.all():
        send_answer(answer_id=answer.pk, now=NOW)
    for sent in outbox.outbox:
        assert take(sent.message().as_bytes()).outcome in {"own", "automatic"}
    assert AutoAnswer.objects.count() == answers
