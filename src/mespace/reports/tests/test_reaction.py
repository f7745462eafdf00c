"""The reaction report against the verdicts of a small world, and the time of many tickets against each verdict's."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from mespace.accounts.actor import Refused
from mespace.ledger.models import Event
from mespace.reports.at_risk import horizon_of, outlook
from mespace.reports.balls import balls_by_customer, together
from mespace.reports.months import Months, asked_months, months_back
from mespace.reports.reaction import PAGE, Figures, Wanted, report, rows_of, state_of, tickets
from mespace.reports.tables import as_csv, as_xlsx
from mespace.tickets.clocks import verdict_of
from mespace.tickets.models import Ticket
from mespace.tickets.operations._steps import Closing, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.ask_customer import ask_customer
from mespace.tickets.operations.settle import settle_ticket
from mespace.tickets.operations.suspend import Suspension, suspend
from mespace.tickets.operations.withdraw import withdraw
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
NOW = WEDNESDAY + 3 * timedelta(days=1)
NOVEMBER = Months(date(2026, 11, 1), date(2026, 11, 1))


def history(cast: Cast) -> dict[str, Ticket]:
    """One ticket of each fate: in time, late, late and not accepted, withdrawn, still in time."""
    made = {name: cast.file(type="incident", subject=name) for name in ("kept", "late", "waiting", "withdrawn")}
    accept(ticket_id=made["kept"].pk, actor=cast.agent, now=WEDNESDAY + HOUR, then=Closing("solved", "Готово."))
    accept(ticket_id=made["late"].pk, actor=cast.agent, now=WEDNESDAY + timedelta(days=2))
    withdraw(ticket_id=made["withdrawn"].pk, actor=cast.engineer, now=WEDNESDAY + HOUR, reason="Заработало")
    made["running"] = cast.file(now=NOW, subject="running")
    made["theirs"] = cast.file(by="stranger", type="consultation", place=cast.new().place.__class__())
    return {name: Ticket.objects.get(pk=ticket.pk) for name, ticket in made.items()}


def counted(cast: Cast, who: str = "manager", **wanted: Any) -> Any:
    return report(actor=cast.actors[who], wanted=Wanted(NOVEMBER, **wanted), now=NOW)


def test_each_reaction_is_counted_once_and_withdrawn_ones_apart(cast: Cast) -> None:
    made = history(cast)
    found = counted(cast)
    assert found.total == Figures(kept=1, broken=3, withdrawn=1, running=1)
    assert found.total.percent == 25
    assert {line.label: line.figures.total for line in found.by_customer} == {"Завод": 5, "Соперник": 1}
    assert {line.key: line.figures.total for line in found.by_type} == {"incident": 4, "consultation": 1, "bug": 1}
    assert state_of(made["waiting"], NOW) == "broken"


def test_every_number_opens_exactly_its_tickets(cast: Cast) -> None:
    history(cast)
    found = counted(cast)
    for line in found.by_customer:
        for state in ("kept", "broken", "withdrawn", "running"):
            wanted = Wanted(NOVEMBER, customer=line.key, state=state)
            rows = tickets(actor=cast.manager, wanted=wanted, now=NOW).rows
            assert len(rows) == getattr(line.figures, state)
            assert {state_of(ticket, NOW) for ticket in rows} <= {state}


def test_a_responsible_employee_counts_the_own_customer_whatever_is_asked(cast: Cast) -> None:
    history(cast)
    assert counted(cast, "responsible").total.total == 5
    assert counted(cast, "responsible", customer=cast.rival.pk).total.total == 0
    for who in ("engineer", "agent", "contractor", "administrator"):
        with pytest.raises(Refused):
            counted(cast, who)


def test_months_are_moscow_s(cast: Cast) -> None:
    cast.file(now=datetime(2026, 10, 31, 20, 59, 59, tzinfo=UTC))
    cast.file(now=datetime(2026, 10, 31, 21, 0, tzinfo=UTC))
    lines = report(actor=cast.manager, wanted=Wanted(asked_months("2026-09", "2026-11", now=NOW)), now=NOW).by_month
    assert [(line.key.month, line.figures.total) for line in lines] == [(9, 0), (10, 1), (11, 1)]


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        ("", "", (date(2025, 12, 1), date(2026, 11, 1))),
        ("2026-13", "x", (date(2025, 12, 1), date(2026, 11, 1))),
        ("2026-05", "2026-02", (date(2026, 2, 1), date(2026, 5, 1))),
        ("2000-01", "2026-02", (date(2016, 3, 1), date(2026, 2, 1))),
    ],
)
def test_what_an_address_may_ask_for(first: str, last: str, wanted: Any) -> None:
    months = asked_months(first, last, now=NOW)
    assert (months.first, months.last) == wanted
    assert months_back(date(2026, 1, 1), 1) == date(2025, 12, 1)


def test_the_list_goes_on_page_by_page_without_gap_or_double(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mespace.reports.reaction.PAGE", 2)
    made = {cast.file(now=WEDNESDAY + HOUR * (number // 2)).key for number in range(5)}
    seen, cursor = [], ""
    while True:
        page = tickets(actor=cast.manager, wanted=Wanted(NOVEMBER), now=NOW, cursor=cursor)
        seen += [ticket.key for ticket in page.rows]
        if not page.next_cursor:
            break
        cursor = page.next_cursor
    assert (len(seen), set(seen)) == (5, made)
    assert len(tickets(actor=cast.manager, wanted=Wanted(NOVEMBER), now=NOW, cursor="~x").rows) == 2
    assert PAGE == 50


def test_the_report_takes_five_statements_however_many_tickets(cast: Cast) -> None:
    history(cast)
    with CaptureQueriesContext(connection) as statements:
        counted(cast)
    assert len(statements) == 5


def test_the_time_of_all_is_the_sum_of_their_verdicts(cast: Cast) -> None:
    made = history(cast)
    asked = cast.file(subject="asked")
    accept(ticket_id=asked.pk, actor=cast.agent, now=WEDNESDAY + HOUR)
    ask_customer(ticket_id=asked.pk, actor=cast.agent, now=WEDNESDAY + 2 * HOUR, question=Question("Модель?"))
    other = cast.file(subject="third party")
    accept(ticket_id=other.pk, actor=cast.agent, now=WEDNESDAY + HOUR)
    waits = Suspension("third_party", "Ждём Принт")
    suspend(ticket_id=other.pk, actor=cast.agent, now=WEDNESDAY + 3 * HOUR, suspension=waits)
    later = NOW + timedelta(days=9)
    for pk in Ticket.objects.filter(wake_at__lte=later).values_list("pk", flat=True):
        settle_ticket(ticket_id=pk, now=later)
    for now in (later, later + timedelta(days=3, seconds=7)):
        shares = balls_by_customer(actor=cast.manager, wanted=Wanted(NOVEMBER), now=now)
        by_hand: dict[str, int] = dict.fromkeys(("vendor", "customer", "third_party", "outside"), 0)
        for ticket in Ticket.objects.select_related("regulation_edition"):
            events = list(Event.objects.filter(stream_id=ticket.stream_id).order_by("seq"))
            given = verdict_of(events, regulation_code=ticket.regulation_edition.code, as_of=now).time
            for party in by_hand:
                by_hand[party] += getattr(given, party)
        assert dict(together(shares)) == by_hand
        assert all(by_hand.values())
    assert made


def test_what_breaks_by_tomorrow_is_measured_against_who_is_there(cast: Cast) -> None:
    from mespace.accounts.roster import Absence, Shift

    evening = WEDNESDAY + 6 * HOUR  # 15:00 in Moscow
    critical = cast.file(now=evening, type="incident", critical=True, stopped_process="Печать")
    found = outlook(actor=cast.manager, now=evening).reactions
    assert [(each.ticket.key, each.left, each.attended) for each in found] == [(critical.key, 7200, 7200)]
    Shift.objects.create(user=cast.users["agent"], starts_at=evening - 6 * HOUR, ends_at=evening + HOUR)
    assert [each.attended for each in outlook(actor=cast.director, now=evening).reactions] == [3600]
    Absence.objects.create(
        user=cast.users["agent"], kind="other", starts_at=evening - HOUR, ends_at=evening + 24 * HOUR
    )
    (each,) = outlook(actor=cast.auditor, now=evening).reactions
    assert each.is_unattended
    (late,) = outlook(actor=cast.manager, now=evening + 3 * HOUR).reactions
    assert late.is_late
    assert horizon_of(evening).isoformat() == "2026-11-19T09:00:00+03:00"
    with pytest.raises(Refused):
        outlook(actor=cast.agent, now=evening)


ROWS = [["=1+1", 3, date(2026, 11, 1), None], ["http://example.org", 0, datetime(2026, 11, 1, 9, 30, tzinfo=UTC), "-x"]]


def test_no_cell_of_a_csv_is_a_formula() -> None:
    lines = as_csv(["А", "Б", "В", "Г"], ROWS).decode("utf-8-sig").splitlines()
    assert lines == ["А;Б;В;Г", "'=1+1;3;01.11.2026;", "http://example.org;0;01.11.2026 09:30;'-x"]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link() -> None:
    data = as_xlsx(["А", "Б", "В", "Г"], ROWS)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[1][:2] == ["=1+1", 3.0]
    assert rows[2][0] == "http://example.org"
    assert b"hyperlink" not in data


def test_rows_are_only_those_that_the_reader_sees(cast: Cast) -> None:
    history(cast)
    assert {ticket.customer_id for ticket in rows_of(actor=cast.responsible, wanted=Wanted(NOVEMBER), now=NOW)} == {
        cast.factory.pk
    }
