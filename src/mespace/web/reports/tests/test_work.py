"""The report of work: what counts, who sees which, and where each number leads."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mespace.accounts.actor import Refused
from mespace.platform.clock import stepped
from mespace.reports.months import Months
from mespace.reports.work import WantedWork, tickets_with_work, work_report
from mespace.tickets.models import WorkEntry
from mespace.tickets.operations._work import Work
from mespace.tickets.operations.correct_work import correct_work
from mespace.tickets.operations.log_work import log_work
from mespace.tickets.operations.withdraw_work import withdraw_work
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 18)
NOVEMBER = Months(date(2026, 11, 1), date(2026, 11, 1))


@pytest.fixture(autouse=True)
def later() -> Any:
    with stepped(WEDNESDAY + timedelta(days=20)):
        yield


def client_of(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def logged(cast: Cast, ticket: Any, service: str, minutes: int, day: date = DAY, by: str = "agent") -> WorkEntry:
    at = WEDNESDAY + timedelta(days=(day - DAY).days)
    log_work(ticket_id=ticket.pk, actor=cast.actors[by], now=at, work=Work(service, minutes, day))
    return WorkEntry.objects.latest("pk")


def test_corrected_counts_as_corrected_and_withdrawn_does_not(cast: Cast) -> None:
    one, other = cast.file(subject="=HYPERLINK(1)"), cast.file()
    first = logged(cast, one, "remote_analysis", 60)
    logged(cast, one, "improvement", 15, date(2026, 12, 1), "second_agent")
    gone = logged(cast, other, "remote_analysis", 500)
    common: dict[str, Any] = {"actor": cast.agent, "now": WEDNESDAY}
    better = Work("remote_upgrade", 40, DAY)
    correct_work(ticket_id=one.pk, **common, work_id=first.pk, work=better, reason="Это было обновление")
    withdraw_work(ticket_id=other.pk, **common, work_id=gone.pk, reason="Не то")
    found = work_report(actor=cast.manager, wanted=WantedWork(Months(date(2026, 10, 1), date(2026, 12, 1))))
    assert (found.total.minutes, found.total.entries, found.total.tickets) == (55, 2, 1)
    assert [line.figures.minutes for line in found.by_month] == [0, 40, 15]
    assert [(line.key, line.figures.minutes) for line in found.by_service] == [
        ("improvement", 15),
        ("remote_upgrade", 40),
    ]
    assert [(line.label, line.figures.minutes) for line in found.by_person] == [("Agent", 40), ("Second Agent", 15)]
    narrowed = WantedWork(NOVEMBER, person=cast.agent.user_id, service="remote_upgrade", customer=cast.factory.pk)
    rows, following = tickets_with_work(actor=cast.manager, wanted=narrowed)
    assert ([(row.ticket.key, row.figures.minutes) for row in rows], following) == ([(one.key, 40)], None)


def test_every_number_leads_to_its_requests_and_files_hold_no_formula(cast: Cast) -> None:
    ticket = cast.file(subject="=HYPERLINK(1)")
    logged(cast, ticket, "remote_analysis", 90)
    client = client_of(cast, "manager")
    page = client.get(reverse("reports:work"))
    urls = {row["url"] for table in page.context["tables"] for row in table["rows"] if row["figures"].entries}
    assert len(urls) == 4
    for url in urls:
        listed = client.get(url)
        assert ticket.key in listed.content.decode()
        assert listed.context["rows"][0].figures.minutes == 90
    for _word, file_url in [*page.context["files"], *listed.context["files"]]:
        answer = client.get(file_url)
        assert (answer.status_code, answer["Content-Disposition"][:10]) == (200, "attachment")
        assert b"<f>" not in answer.content
        assert ";=HYPER" not in answer.content.decode("utf-8", "replace")


def test_a_customer_s_report_is_of_its_own_work(cast: Cast) -> None:
    theirs = cast.file(by="stranger", type="consultation", place=cast.new().place.__class__())
    ours = cast.file()
    logged(cast, ours, "remote_analysis", 30)
    logged(cast, theirs, "remote_analysis", 45, by="second_agent")
    client = client_of(cast, "responsible")
    page = client.get(reverse("reports:work"), {"customer": cast.rival.pk, "person": cast.second_agent.user_id})
    assert page.context["total"].minutes == 0
    assert client.get(reverse("reports:work")).context["total"].minutes == 30
    for name in ("reports:work", "reports:work_requests"):
        shown = client.get(reverse(name), {"person": cast.second_agent.user_id}).content.decode()
        assert "Соперник" not in shown
        assert "Second Agent" not in shown
        assert theirs.key not in shown
    for who in ("agent", "engineer"):
        with pytest.raises(Refused):
            work_report(actor=cast.actors[who], wanted=WantedWork(NOVEMBER))


def test_statements_do_not_grow_with_the_work(cast: Cast) -> None:
    def counts() -> list[int]:
        client, found = client_of(cast, "manager"), []
        for name in ("reports:work", "reports:work_requests"):
            client.get(reverse(name))
            with CaptureQueriesContext(connection) as caught:
                assert client.get(reverse(name)).status_code == 200
            found.append(len(caught))
        return found

    logged(cast, cast.file(), "remote_analysis", 30)
    before = counts()
    for number in range(6):
        by = "agent" if number % 2 else "second_agent"
        logged(cast, cast.file(), ("improvement", "remote_upgrade")[number % 2], 30, by=by)
    assert counts() == before
    assert before[0] <= 14


def test_an_address_that_makes_no_sense_means_any(cast: Cast) -> None:
    logged(cast, cast.file(), "remote_analysis", 30)
    client = client_of(cast, "manager")
    odd = {"service": "tea", "person": "9" * 30, "customer": "x", "from": "yesterday", "after": "²"}
    for name in ("reports:work", "reports:work_requests"):
        assert client.get(reverse(name), odd).status_code == 200
    assert client.get(reverse("reports:work"), odd).context["total"].minutes == 30
