"""Contacts: who may note, correct, attach and dismiss one, and how a ticket is registered from it (3.3)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mespace.accounts.actor import TIMER, Actor, Refused
from mespace.platform.files import known_blobs, receive
from mespace.tickets.errors import ContactNotFound, Invalid
from mespace.tickets.models import Attachment, Contact, Ticket
from mespace.tickets.operations._contacts import Caller
from mespace.tickets.operations.attach_contact import attach_contact
from mespace.tickets.operations.bring_contact_files import bring_contact_files
from mespace.tickets.operations.correct_contact import correct_contact
from mespace.tickets.operations.dismiss_contact import dismiss_contact
from mespace.tickets.operations.file_ticket import file_ticket
from mespace.tickets.operations.log_contact import NewContact, log_contact
from mespace.tickets.queries.contacts import ContactFilter, beside, callers, contact_list, find_contact
from mespace.tickets.tests.operations.logs import log, refused, sound
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
CALLED = WEDNESDAY - timedelta(minutes=45)


def call(cast: Cast, *, by: Actor | None = None, key: str | None = None, **changes: Any) -> Contact:
    fields = {"channel": "phone", "at": CALLED, "said": "Принтер молчит с утра.", **changes}
    return log_contact(actor=by or cast.agent, now=WEDNESDAY, new=NewContact(**fields), key=key)


def test_a_call_is_noted_with_its_person_and_moves_no_clock(cast: Cast) -> None:
    contact = call(cast, caller=Caller(person_id=cast.engineer.user_id, phone="+7 (343) 111-22-33"))
    contact.refresh_from_db()
    assert (contact.customer, contact.person) == (cast.factory, cast.users["engineer"])
    assert (contact.at, contact.logged_at, contact.logged_by) == (CALLED, WEDNESDAY, cast.users["agent"])
    assert not contact.is_handled
    assert not Ticket.objects.exists()


def test_a_stranger_is_noted_as_they_say(cast: Cast) -> None:
    contact = call(cast, caller=Caller(name=" Пётр\nс  завода ", phone="8-900"))
    assert (contact.caller_name, contact.who, contact.customer_id) == ("Пётр с завода", "Пётр с завода", None)


def test_the_same_form_notes_one_contact(cast: Cast) -> None:
    assert call(cast, key="k").pk == call(cast, key="k").pk
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"said": " \n"}, "said"),
        ({"said": "я" * 100_001}, "said"),
        ({"channel": "pigeon"}, "channel"),
        ({"at": WEDNESDAY + timedelta(minutes=2)}, "at"),
        ({"caller": Caller(person_id=999_999)}, "who"),
        ({"caller": Caller(customer_id=999_999)}, "who"),
        ({"caller": Caller(phone="1" * 51)}, "caller_phone"),
    ],
)
def test_what_cannot_be_used_is_named(cast: Cast, changes: dict[str, Any], field: str) -> None:
    refused(None, lambda: call(cast, **changes), field)
    assert not Contact.objects.exists()


def test_staff_of_no_customer_is_no_caller(cast: Cast) -> None:
    refused(None, lambda: call(cast, caller=Caller(person_id=cast.agent.user_id)), "who")


@pytest.mark.parametrize("who", ["manager", "director", "auditor", "contractor", "administrator", "engineer"])
def test_only_agents_note_contacts(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        call(cast, by=cast.actors[who])


@pytest.mark.parametrize("who", ["contractor", "administrator", "engineer", "responsible", "stranger"])
def test_nobody_else_sees_contacts(cast: Cast, who: str) -> None:
    contact = call(cast, caller=Caller(person_id=cast.engineer.user_id))
    actor = cast.actors[who]
    assert contact_list(actor=actor, wanted=ContactFilter()).rows == []
    acts: list[Callable[[], Any]] = [
        lambda: find_contact(actor=actor, contact_id=contact.pk),
        lambda: dismiss_contact(actor=actor, now=WEDNESDAY, contact_id=contact.pk, reason="x"),
        lambda: attach_contact(actor=actor, now=WEDNESDAY, contact_id=contact.pk, key="ZAVOD-1"),
        lambda: correct_contact(actor=actor, now=WEDNESDAY, contact_id=contact.pk, caller=Caller(), said="x"),
    ]
    for act in acts:
        with pytest.raises(ContactNotFound):
            act()


@pytest.mark.parametrize("who", ["manager", "director", "auditor"])
def test_those_who_only_read_contacts_change_nothing(cast: Cast, who: str) -> None:
    contact = call(cast)
    actor = cast.actors[who]
    assert contact_list(actor=actor, wanted=ContactFilter()).rows == [contact]
    for act in (
        lambda: dismiss_contact(actor=actor, now=WEDNESDAY, contact_id=contact.pk, reason="x"),
        lambda: attach_contact(actor=actor, now=WEDNESDAY, contact_id=contact.pk, key="ZAVOD-1"),
        lambda: correct_contact(actor=actor, now=WEDNESDAY, contact_id=contact.pk, caller=Caller(), said="x"),
        lambda: callers(actor=actor, text="engineer"),
    ):
        with pytest.raises(Refused):
            act()


def test_a_ticket_registered_from_a_contact_starts_its_clock_then_and_names_it(cast: Cast) -> None:
    contact = call(cast, caller=Caller(person_id=cast.engineer.user_id))
    new = cast.new(requester_id=cast.engineer.user_id, contact_id=contact.pk)
    ticket = file_ticket(actor=cast.agent, now=WEDNESDAY, new=new, key="form")
    assert (ticket.registered_at, ticket.contact_at) == (WEDNESDAY, CALLED)
    assert ticket.reaction_due_at == WEDNESDAY + timedelta(hours=8)
    payload = log(ticket)[0].payload
    assert (payload["contact"], payload["contact_at"]) == (contact.pk, "2026-11-18T05:15:00Z")
    contact.refresh_from_db()
    assert (contact.outcome, contact.ticket, contact.handled_by) == ("registered", ticket, cast.users["agent"])
    assert file_ticket(actor=cast.agent, now=WEDNESDAY, new=new, key="form") == ticket
    assert sound()


def test_an_unknown_caller_becomes_the_requester_s(cast: Cast) -> None:
    contact = call(cast, caller=Caller(name="Кто-то"))
    new = cast.new(requester_id=cast.engineer.user_id, contact_id=contact.pk)
    file_ticket(actor=cast.agent, now=WEDNESDAY, new=new)
    contact.refresh_from_db()
    assert (contact.person, contact.customer) == (cast.users["engineer"], cast.factory)


def test_a_contact_is_registered_once(cast: Cast) -> None:
    contact = call(cast)
    new = cast.new(requester_id=cast.engineer.user_id, contact_id=contact.pk)
    first = file_ticket(actor=cast.agent, now=WEDNESDAY, new=new)
    with pytest.raises(Invalid, match=first.key):
        file_ticket(actor=cast.second_agent, now=WEDNESDAY, new=new)
    refused(None, lambda: dismiss_contact(actor=cast.agent, now=WEDNESDAY, contact_id=contact.pk, reason="Нет"), "")
    assert Ticket.objects.count() == 1


def test_another_customer_s_contact_is_not_registered_for_this_one(cast: Cast) -> None:
    contact = call(cast, caller=Caller(person_id=cast.stranger.user_id))
    new = cast.new(requester_id=cast.engineer.user_id, contact_id=contact.pk)
    refused(None, lambda: file_ticket(actor=cast.agent, now=WEDNESDAY, new=new), "")


def test_a_customer_s_person_registers_from_no_contact(cast: Cast) -> None:
    contact = call(cast)
    new = cast.new(contact_id=contact.pk)
    refused(None, lambda: file_ticket(actor=cast.engineer, now=WEDNESDAY, new=new), "requester")


def test_a_contact_about_a_ticket_belongs_to_it(cast: Cast) -> None:
    ticket = cast.file()
    contact = call(cast, caller=Caller(person_id=cast.engineer.user_id))
    refused(None, lambda: attach_contact(actor=cast.agent, now=WEDNESDAY, contact_id=contact.pk, key="NO-1"), "ticket")
    for _ in range(2):
        contact = attach_contact(actor=cast.agent, now=WEDNESDAY, contact_id=contact.pk, key=" zavod-1 ")
    assert (contact.outcome, contact.ticket) == ("attached", ticket)
    assert len(log(ticket)) == 1
    theirs = call(cast, caller=Caller(person_id=cast.stranger.user_id))
    refused(
        None, lambda: attach_contact(actor=cast.agent, now=WEDNESDAY, contact_id=theirs.pk, key=ticket.key), "ticket"
    )


def test_dismissing_asks_for_a_reason_and_can_be_thought_better_of(cast: Cast) -> None:
    contact = call(cast)
    for reason, field in (("", "reason"), ("я" * 501, "reason")):
        refused(
            None,
            lambda reason=reason: dismiss_contact(
                actor=cast.agent, now=WEDNESDAY, contact_id=contact.pk, reason=reason
            ),
            field,
        )
    dismiss_contact(actor=cast.agent, now=WEDNESDAY, contact_id=contact.pk, reason="Ответили сразу")
    new = cast.new(requester_id=cast.engineer.user_id, contact_id=contact.pk)
    file_ticket(actor=cast.agent, now=WEDNESDAY, new=new)
    contact.refresh_from_db()
    assert (contact.outcome, contact.reason) == ("registered", "")


def test_who_it_was_can_be_said_better_and_the_former_row_is_kept(cast: Cast) -> None:
    contact = call(cast, caller=Caller(name="Инженер"))
    correct_contact(
        actor=cast.agent,
        now=WEDNESDAY,
        contact_id=contact.pk,
        caller=Caller(person_id=cast.engineer.user_id, name="Инженер"),
        said="Молчит с семи.",
    )
    contact.refresh_from_db()
    assert (contact.customer, contact.said) == (cast.factory, "Молчит с семи.")
    audits = contact.audits.order_by("pgh_id").values_list("said", flat=True)
    assert list(dict.fromkeys(audits)) == ["Принтер молчит с утра.", "Молчит с семи."]
    file_ticket(
        actor=cast.agent,
        now=WEDNESDAY,
        new=cast.new(requester_id=cast.engineer.user_id, contact_id=contact.pk),
    )
    elsewhere = Caller(customer_id=cast.rival.pk)
    refused(
        None,
        lambda: correct_contact(
            actor=cast.agent, now=WEDNESDAY, contact_id=contact.pk, caller=elsewhere, said="Молчит."
        ),
        "who",
    )


def test_a_mail_s_words_stand(cast: Cast) -> None:
    contact = call(cast, by=TIMER, channel="mail", said="Как пришло")
    assert contact.logged_by is None
    correct_contact(actor=cast.agent, now=WEDNESDAY, contact_id=contact.pk, caller=Caller(), said="Иначе")
    contact.refresh_from_db()
    assert contact.said == "Как пришло"


def test_waiting_ones_come_first_and_pages_miss_nothing(cast: Cast) -> None:
    made = [call(cast, at=CALLED - timedelta(minutes=number // 2)) for number in range(7)]
    for contact in made[:2]:
        dismiss_contact(actor=cast.agent, now=WEDNESDAY, contact_id=contact.pk, reason="Нет")
    seen: list[int] = []
    cursor = None
    while True:
        page = contact_list(actor=cast.agent, wanted=ContactFilter(), cursor=cursor, limit=2)
        seen += [row.pk for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    order = sorted(made, key=lambda each: (each in made[:2], -each.at.timestamp(), -each.pk))
    assert seen == [each.pk for each in order]


def test_filters_and_search(cast: Cast) -> None:
    known = call(cast, caller=Caller(person_id=cast.engineer.user_id))
    stranger = call(cast, channel="other", said="Спрашивал о весах", caller=Caller(phone="+7 (912) 345-67-89"))

    def rows(**wanted: Any) -> list[Contact]:
        return list(contact_list(actor=cast.agent, wanted=ContactFilter(**wanted)).rows)

    assert rows(customer=cast.factory.pk) == [known]
    assert rows(channel="other") == [stranger]
    assert rows(state="handled") == []
    assert rows(q="весы") == [stranger]
    assert rows(q="9123456789") == [stranger]
    assert rows(q="Engineer") == [known]
    assert rows(q="!!!") == []


@pytest.mark.parametrize("typed", ["8 343 111-22-33", "+73431112233", "111-22-33", "engine", "завод eng"])
def test_a_caller_is_found_by_phone_or_name(cast: Cast, typed: str) -> None:
    user = cast.users["engineer"]
    user.phone = "+7 (343) 111-22-33"
    user.save(update_fields=["phone"])
    assert [each.user for each in callers(actor=cast.agent, text=typed).people] == [user]


@pytest.mark.parametrize("typed", ["", "   ", "я", "11", "nobody at all", "\x00"])
def test_too_little_finds_nobody(cast: Cast, typed: str) -> None:
    found = callers(actor=cast.agent, text=typed)
    assert (found.people, found.customers) == ([], [])


def test_a_company_is_found_without_its_person(cast: Cast) -> None:
    assert callers(actor=cast.agent, text="Соперник").customers == [cast.rival]


def test_beside_a_call_stand_open_tickets_own_first_and_contracts(cast: Cast) -> None:
    own = cast.file()
    others = cast.file(by="colleague", now=WEDNESDAY + timedelta(minutes=5))
    cast.file(by="stranger", type="consultation", place=cast.new().place.__class__())
    known = beside(actor=cast.agent, now=WEDNESDAY, customer_id=None, person_id=cast.engineer.user_id)
    assert known is not None
    assert (known.tickets, known.contracts) == ([own, others], [cast.contract])
    assert beside(actor=cast.agent, now=WEDNESDAY, customer_id=None, person_id=None) is None


def test_files_of_a_contact_come_along_as_copies(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path
    taken = receive(name="снимок.txt", chunks=[b"offline"], limit=1000)
    contact = call(cast, by=TIMER, channel="mail", files=[taken])
    (file,) = contact.files.all()
    assert known_blobs([file.blob, "0" * 32]) == {file.blob}
    ids = bring_contact_files(actor=cast.agent, now=WEDNESDAY, contact_id=contact.pk, file_ids=[file.pk, 999])
    new = cast.new(requester_id=cast.engineer.user_id, contact_id=contact.pk, attachment_ids=ids)
    ticket = file_ticket(actor=cast.agent, now=WEDNESDAY, new=new)
    copy = Attachment.objects.get(ticket=ticket)
    assert (copy.name, copy.sha256) == (file.name, file.sha256)
    assert copy.blob != file.blob
    with pytest.raises(Refused):
        bring_contact_files(actor=cast.manager, now=WEDNESDAY, contact_id=contact.pk, file_ids=[file.pk])
