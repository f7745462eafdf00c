"""Filing: entitlement on the Moscow date, keys, what is refused by field, and what the first event holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mespace.accounts.actor import Refused
from mespace.accounts.models import User
from mespace.customers.entitlement import NotEntitled
from mespace.customers.models import Customer, SupportContract
from mespace.ledger.canonical import salted_digest
from mespace.platform.idempotency import KeyReused
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import Link, Message, Ticket
from mespace.tickets.operations._place import Place
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.file_ticket import file_ticket
from mespace.tickets.operations.reopen import reopen
from mespace.tickets.operations.withdraw import withdraw
from mespace.tickets.tests.operations.logs import fresh, log, refused, sound
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 11, 18)
LAST_SECOND = datetime(2026, 11, 18, 20, 59, 59, tzinfo=UTC)  # 23:59:59 in Moscow


def test_the_first_event_holds_ids_and_digests_and_no_text(cast: Cast) -> None:
    ticket = cast.file(what_was_done="Сменил задание", expected="Этикетка")
    (event,) = log(ticket)
    message = Message.objects.get(ticket=ticket)
    assert event.payload == {
        "to": "open",
        "key": "ZAVOD-1",
        "type": "bug",
        "criticality": "non_critical",
        "customer": cast.factory.pk,
        "requester": cast.engineer.user_id,
        "registered_by": cast.engineer.user_id,
        "product": cast.product.pk,
        "build": cast.build.pk,
        "site": cast.site.pk,
        "contract": cast.contract.pk,
        "revision": 1,
        "regulation": event.payload["regulation"],
        "calendar": event.payload["calendar"],
        "subject_digest": salted_digest(message.salt, ticket.subject),
        "message": message.pk,
        "digest": salted_digest(message.salt, message.body),
        "files": [],
    }
    assert (ticket.contract, ticket.status, ticket.version) == (cast.contract, "open", 1)
    assert sound()


def test_keys_follow_each_other_per_project_and_a_refused_one_takes_none(cast: Cast) -> None:
    keys = [cast.file().key]
    refused(None, lambda: cast.file(subject=""), "subject")
    refused(None, lambda: cast.file(attachment_ids=[999]), "attachments")  # found out after the number was taken
    keys.append(cast.file().key)
    keys.append(cast.file(by="stranger", type="consultation", place=Place()).key)
    assert keys == ["ZAVOD-1", "ZAVOD-2", "RIVAL-1"]
    assert sound()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"type": "rumour"}, ["type"]),
        ({"subject": "  "}, ["subject"]),
        ({"subject": "а" * 251}, ["subject"]),
        ({"subject": "две\nстроки"}, ["subject"]),
        ({"description": " "}, ["description"]),
        ({"product_id": None}, ["product"]),
        ({"product_id": 999_999}, ["product"]),
        ({"place": Place()}, ["site"]),
        ({"what_was_done": "а" * 10_001, "expected": "а" * 10_001}, ["expected", "what_was_done"]),
        ({"type": "incident", "critical": True}, ["stopped_process"]),
        ({"type": "incident", "critical": True, "stopped_process": "а" * 301}, ["stopped_process"]),
        ({"type": "", "subject": "", "description": ""}, ["description", "subject", "type"]),
        ({"description": "а" * 100_001}, ["description"]),
        ({"contact_at": WEDNESDAY}, ["requester"]),
    ],
)
def test_each_refusal_names_its_fields(cast: Cast, changes: dict[str, object], fields: list[str]) -> None:
    refused(None, lambda: cast.file(**changes), *fields)
    assert Ticket.objects.count() == 0


def test_a_place_must_fit_together(cast: Cast) -> None:
    other = cast.rival.sites.get() if hasattr(cast.rival, "sites") else cast.rival.site_set.get()
    refused(None, lambda: cast.file(place=Place(site_id=other.pk)), "site")
    refused(None, lambda: cast.file(place=Place(site_id=cast.other_site.pk, area_id=cast.area.pk)), "area")
    place = Place(site_id=cast.site.pk, work_center_id=cast.work_center.pk)
    refused(None, lambda: cast.file(place=place), "work_center")
    refused(None, lambda: cast.file(place=Place(site_id=cast.site.pk, build_id=999_999)), "build")
    whole = Place(cast.site.pk, cast.area.pk, cast.work_center.pk, cast.build.pk)
    assert cast.file(place=whole).work_center == cast.work_center


def test_only_an_incident_is_critical_and_its_target_is_two_hours(cast: Cast) -> None:
    ticket = cast.file(type="incident", critical=True, stopped_process="Отгрузка")
    assert (ticket.criticality, ticket.reaction_due_at) == ("critical", WEDNESDAY + timedelta(hours=2))
    assert cast.file(type="bug", critical=True).criticality == "non_critical"


def test_types_may_be_limited_per_customer(cast: Cast) -> None:
    Customer.objects.filter(pk=cast.factory.pk).update(ticket_types=["incident"])
    refused(None, lambda: cast.file(type="bug"), "type")
    assert cast.file(type="incident").type == "incident"


# --- entitlement (clause 2.2)


def ends(cast: Cast, day: date) -> None:
    SupportContract.objects.filter(pk=cast.contract.pk).update(valid_until=day)


def test_the_contract_s_last_day_is_judged_in_moscow(cast: Cast) -> None:
    ends(cast, LAST_DAY)
    assert cast.file(now=LAST_SECOND).contract == cast.contract
    with pytest.raises(NotEntitled) as refusal:
        cast.file(now=LAST_SECOND + timedelta(seconds=1))
    assert (refusal.value.contract, refusal.value.today) == (cast.contract, LAST_DAY + timedelta(days=1))
    assert Ticket.objects.count() == 1


def test_a_product_that_no_contract_covers_is_refused_by_name(cast: Cast) -> None:
    with pytest.raises(NotEntitled) as refusal:
        cast.file(product_id=cast.other_product.pk, place=Place(site_id=cast.site.pk))
    assert refusal.value.contract == cast.contract


def test_without_any_contract_there_is_none_to_name(cast: Cast) -> None:
    Ticket.objects.all()
    SupportContract.objects.filter(customer=cast.rival).delete()
    with pytest.raises(NotEntitled) as refusal:
        cast.file(by="stranger", type="consultation", place=Place())
    assert refusal.value.contract is None


def test_entitlement_holds_until_the_ticket_closes_but_not_to_reopen_it(cast: Cast) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая модель?"))
    ends(cast, LAST_DAY - timedelta(days=1))
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, remark=Remark("ZT410"))
    assert fresh(ticket).status == "analysis"
    withdraw(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY)
    with pytest.raises(NotEntitled):
        reopen(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, reason="Снова")
    assert fresh(ticket).status == "closed"


# --- in another's name, twice, and in continuation


def test_an_agent_registers_for_a_customer_s_person(cast: Cast) -> None:
    called = WEDNESDAY - timedelta(hours=3)
    ticket = cast.file(by="agent", requester_id=cast.engineer.user_id, contact_at=called)
    assert (ticket.requester_id, ticket.registered_by_id) == (cast.engineer.user_id, cast.agent.user_id)
    assert (ticket.contact_at, ticket.registered_at) == (called, WEDNESDAY)
    assert log(ticket)[0].payload["contact_at"] == "2026-11-18T03:00:00Z"
    assert ticket.reaction_due_at == WEDNESDAY + timedelta(hours=8)  # from the registration, not from the call
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY)
    assert fresh(ticket).reaction_state == "kept"


def test_whom_an_agent_may_register_for(cast: Cast) -> None:
    agent = cast.agent
    for requester in (None, cast.second_agent.user_id, 999_999):
        new = cast.new(requester_id=requester)
        refused(None, lambda new=new: file_ticket(actor=agent, now=WEDNESDAY, new=new), "requester")  # type: ignore[misc]
    new = cast.new(requester_id=cast.engineer.user_id, contact_at=WEDNESDAY + timedelta(seconds=1))
    refused(None, lambda: file_ticket(actor=agent, now=WEDNESDAY, new=new), "contact_at")
    User.objects.filter(pk=cast.engineer.user_id).update(is_active=False)
    gone = cast.new(requester_id=cast.engineer.user_id)
    refused(None, lambda: file_ticket(actor=agent, now=WEDNESDAY, new=gone), "requester")
    new = cast.new(requester_id=cast.colleague.user_id)
    refused(None, lambda: file_ticket(actor=cast.engineer, now=WEDNESDAY, new=new), "requester")


# Clause 5.1.
@pytest.mark.parametrize("name", ["contractor", "manager", "director", "auditor", "administrator"])
def test_who_may_not_file(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        cast.file(by=name, requester_id=cast.engineer.user_id)


def test_the_same_form_files_one_ticket(cast: Cast) -> None:
    new = cast.new()
    first = file_ticket(actor=cast.engineer, now=WEDNESDAY, new=new, key="form")
    again = file_ticket(actor=cast.engineer, now=WEDNESDAY + timedelta(minutes=1), new=new, key="form")
    assert (first.pk, Ticket.objects.count()) == (again.pk, 1)
    with pytest.raises(KeyReused):
        file_ticket(actor=cast.engineer, now=WEDNESDAY, new=replace(new, subject="Другое"), key="form")
    assert file_ticket(actor=cast.colleague, now=WEDNESDAY, new=new, key="form").pk != first.pk


def test_a_form_that_was_refused_can_be_sent_again_corrected(cast: Cast) -> None:
    refused(
        None, lambda: file_ticket(actor=cast.engineer, now=WEDNESDAY, new=cast.new(subject=""), key="form"), "subject"
    )
    assert file_ticket(actor=cast.engineer, now=WEDNESDAY, new=cast.new(), key="form").key == "ZAVOD-1"


def test_a_request_is_continued_in_a_new_one(cast: Cast) -> None:
    old = cast.file()
    new = cast.file(continues=old.key.lower())
    assert (new.continues, log(new)[0].payload["continues"]) == (old, old.key)
    assert Link.objects.get().relation == "continues"
    with pytest.raises(TicketNotFound):
        cast.file(by="stranger", type="consultation", place=Place(), continues=old.key)
    with pytest.raises(TicketNotFound):
        cast.file(continues="ZAVOD-99")
