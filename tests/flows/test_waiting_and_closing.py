"""Stories around waiting, closing and coming back: each move by a form that a page offers (clause 4.8)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mespace.customers.models import Customer, SupportContract
from mespace.platform.clock import SteppedClock
from mespace.tickets.models import Message, Ticket
from mespace.tickets.tasks import settle_tickets
from mespace.tickets.tests.operations.logs import kinds, log, sound
from tests.cast import Cast
from tests.flows.person import Person
from tests.flows.test_from_filing_to_closing import file

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def status(key: str) -> str:
    return Ticket.objects.get(key=key).status


def asked(cast: Cast, engineer: Person, agent: Person) -> str:
    key = file(engineer, cast)
    agent.act(key, "reply", what="question", body="Какая модель принтера?")
    return key


def test_unanswered_it_is_suspended_by_itself_and_any_message_wakes_it(
    cast: Cast, clock: SteppedClock, engineer: Person, agent: Person
) -> None:
    key = asked(cast, engineer, agent)  # Wednesday; presumed received on Thursday at 17:00, over on Tuesday at 17:00
    clock.set(datetime(2026, 11, 24, 14, 1, tzinfo=UTC))
    settle_tickets(timestamp=0)
    assert status(key) == "suspended"
    engineer.open(f"/t/{key}/")
    assert log(Ticket.objects.get())[-1].at == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    clock.step(3 * DAY)
    engineer.act(key, "comment", body="Zebra ZT410, простите, был отпуск")
    assert status(key) == "analysis"
    assert engineer.bundle(key)["verdict"]["terms"][0]["outcome"] == "expired"
    assert sound()


def test_a_worker_that_slept_changes_nothing(cast: Cast, clock: SteppedClock, engineer: Person, agent: Person) -> None:
    key = asked(cast, engineer, agent)
    clock.set(datetime(2026, 11, 24, 14, 5, tzinfo=UTC))  # nobody swept; five minutes after the term's end
    engineer.act(key, "comment", body="Zebra ZT410")
    ticket = Ticket.objects.get()
    assert kinds(ticket)[-2:] == ["suspended_unanswered", "customer_reacted"]
    assert ticket.status == "analysis"
    engineer.bundle(key)


def test_an_answer_at_the_very_end_of_the_term_is_in_time(
    cast: Cast, clock: SteppedClock, engineer: Person, agent: Person
) -> None:
    key = asked(cast, engineer, agent)
    clock.set(datetime(2026, 11, 24, 14, 0, tzinfo=UTC))
    engineer.act(key, "comment", body="Zebra ZT410")
    assert "suspended_unanswered" not in kinds(Ticket.objects.get())
    assert engineer.bundle(key)["verdict"]["terms"][0]["outcome"] == "answered"


def test_a_proposal_is_turned_down_with_a_reason_and_then_accepted_though_its_term_had_ended(
    cast: Cast, clock: SteppedClock, engineer: Person, agent: Person
) -> None:
    key = file(engineer, cast)
    agent.act(key, "reply", what="proposal", answer="solution", body="Перезагрузите.")
    engineer.act(key, "reject-solution", body="")
    assert (engineer.status, status(key)) == (422, "solution_proposed")
    engineer.act(key, "reject-solution", body="Не помогло")
    assert log(Ticket.objects.get())[-1].payload["rejected"] is True
    agent.act(key, "reply", what="proposal", answer="solution", body="Замените ленту.")
    clock.step(30 * DAY)
    settle_tickets(timestamp=0)
    engineer.act(key, "accept-solution")
    assert Ticket.objects.get().resolution == "solved"
    engineer.bundle(key)


def test_withdrawn_before_the_reaction_it_has_no_verdict_and_is_continued_in_a_new_request(
    cast: Cast, engineer: Person
) -> None:
    key = file(engineer, cast)
    engineer.act(key, "withdraw", reason="Само прошло")
    assert engineer.bundle(key)["verdict"]["reaction"]["state"] == "withdrawn"
    engineer.open(f"/t/{key}/")
    assert not engineer.offers(f"/t/{key}/act/reopen/")
    assert f"?continues={key}" in engineer.text
    engineer.open(f"/tickets/new/?continues={key}")
    engineer.send(
        "/tickets/new/",
        type="bug",
        subject="Снова",
        description="Опять молчит",
        product=cast.product.pk,
        site=cast.site.pk,
    )
    assert engineer.address == "/t/ZAVOD-2/"
    assert key in engineer.text
    assert Ticket.objects.get(key="ZAVOD-2").continues is not None


def test_a_closed_request_is_reopened_within_its_term_and_not_a_second_later(
    cast: Cast, clock: SteppedClock, engineer: Person, agent: Person
) -> None:
    key = file(engineer, cast)
    agent.act(key, "reply", what="closing", resolution="solved", body="Готово.")
    closed_at = Ticket.objects.get().closed_at
    assert closed_at is not None
    clock.set(closed_at + 14 * DAY)
    engineer.act(key, "reopen", reason="Снова не печатает")
    assert status(key) == "analysis"
    agent.act(key, "reply", what="closing", resolution="solved", body="Теперь готово.")
    engineer.open(f"/t/{key}/")
    late = engineer.filled(f"/t/{key}/act/reopen/", reason="Снова")
    clock.step(14 * DAY + timedelta(seconds=1))
    engineer.post(late, f"/t/{key}/act/reopen/")
    assert (engineer.status, status(key)) == (422, "closed")
    assert "Снова" in engineer.text
    engineer.open(f"/t/{key}/")
    assert not engineer.offers(f"/t/{key}/act/reopen/")
    reaction = engineer.bundle(key)["verdict"]["reaction"]
    assert (reaction["state"], len(reaction["deadlines"])) == ("kept", 1)


def test_a_duplicate_keeps_its_own_verdict_and_can_be_undone(
    cast: Cast, clock: SteppedClock, engineer: Person, agent: Person
) -> None:
    first, second = file(engineer, cast), file(engineer, cast, subject="Принтер молчит")
    clock.step(HOUR)
    agent.act(second, "reply", what="closing", resolution="duplicate", duplicate_of=first)
    assert (status(second), status(first)) == ("closed", "open")
    engineer.open(f"/t/{second}/")
    assert first in engineer.text
    assert engineer.bundle(second)["verdict"]["reaction"]["state"] == "kept"
    agent.act(first, "reply", what="closing", resolution="duplicate", duplicate_of=second)
    assert (agent.status, status(first)) == (422, "open")
    agent.act(second, "undo-duplicate", reason="Другая причина")
    assert status(second) == "analysis"
    engineer.bundle(second)


def test_handed_over_the_colleague_receives_for_it(
    cast: Cast, clock: SteppedClock, engineer: Person, agent: Person, enter: Callable[[str], Person]
) -> None:
    key = file(engineer, cast)
    engineer.act(key, "hand-over", to_user=cast.users["colleague"].pk)
    agent.act(key, "reply", what="question", body="Какая модель?")
    clock.step(HOUR)
    engineer.open(f"/t/{key}/")
    assert Ticket.objects.get().term_evidence == ""
    enter("colleague").open(f"/t/{key}/")
    assert Ticket.objects.get().term_evidence == "read"


def test_people_see_their_own_sites_if_the_customer_chose_so(
    cast: Cast, engineer: Person, enter: Callable[[str], Person]
) -> None:
    key = file(engineer, cast)
    far = enter("far_colleague")
    assert key in far.open("/tickets/?state=all&whose=all").text
    Customer.objects.filter(pk=cast.factory.pk).update(narrow_to_sites=True)
    far, responsible = enter("far_colleague"), enter("responsible")
    assert key not in far.open("/tickets/?state=all&whose=all").text
    assert [far.open(f"/t/{key}/{part}").status for part in ("", "bundle.json", "clock/", "print/")] == [404] * 4
    assert key in responsible.open("/tickets/?state=all&whose=all").text
    assert enter("stranger").open(f"/t/{key}/").status == 404


def test_when_the_contract_has_ended_one_reads_and_answers_but_files_nothing(
    cast: Cast, engineer: Person, agent: Person
) -> None:
    key = asked(cast, engineer, agent)
    SupportContract.objects.filter(pk=cast.contract.pk).update(valid_until=date(2026, 11, 17))
    engineer.open("/tickets/new/")
    assert engineer.status == 403
    assert cast.contract.number in engineer.text
    assert "17.11.2026" in engineer.text
    engineer.act(key, "comment", body="Zebra ZT410")
    assert (engineer.status, status(key)) == (200, "analysis")


def test_an_agent_registers_what_was_told_by_phone(
    cast: Cast, clock: SteppedClock, agent: Person, engineer: Person
) -> None:
    address = f"/desk/new/?person={cast.users['engineer'].pk}"
    agent.open(address)
    agent.send(
        "/desk/new/",
        contact_at="2026-11-18T08:15",
        type="bug",
        subject="Звонок о принтере",
        description="Не печатает",
        product=cast.product.pk,
        site=cast.site.pk,
    )
    assert agent.address == "/t/ZAVOD-1/", agent.text
    ticket = Ticket.objects.get()
    assert (ticket.requester, ticket.registered_by) == (cast.users["engineer"], cast.users["agent"])
    assert ticket.contact_at is not None
    assert ticket.contact_at < ticket.registered_at
    agent.act("ZAVOD-1", "accept")
    engineer.open("/t/ZAVOD-1/")
    assert "Звонок о принтере" in engineer.text
    assert engineer.bundle("ZAVOD-1")["verdict"]["reaction"]["state"] == "kept"


def test_a_password_posted_by_mistake_is_removed(cast: Cast, engineer: Person, agent: Person) -> None:
    key = file(engineer, cast)
    engineer.act(key, "comment", body="пароль тайнопись")
    message = Message.objects.get(body="пароль тайнопись")
    engineer.open(f"/t/{key}/")
    forms: dict[str, Any] = engineer.filled(f"/t/{key}/act/remove-message/")
    assert forms["message"]
    engineer.post({**forms, "message": message.pk}, f"/t/{key}/act/remove-message/")
    assert engineer.status == 200
    for person in (engineer, agent):
        for address in (f"/t/{key}/", f"/t/{key}/print/", f"/t/{key}/messages/{message.pk}/"):
            assert "тайнопись" not in person.open(address).text
    assert "тайнопись" not in str(agent.bundle(key))
    assert key not in agent.open("/desk/search/?q=тайнопись").text
