"""Who holds a ticket for the customer, what counts as received, who joins and watches, and which are linked."""

from datetime import UTC, datetime, timedelta

import pytest

from mespace.accounts.actor import Refused
from mespace.accounts.models import User
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import Link, Ticket, Watcher
from mespace.tickets.operations._steps import Closing, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.ask_customer import ask_customer
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.hand_over import hand_over
from mespace.tickets.operations.join import join
from mespace.tickets.operations.link import link, unlink
from mespace.tickets.operations.record_receipt import record_receipt
from mespace.tickets.operations.watch import watch
from mespace.tickets.tests.operations.logs import fresh, kinds, last, refused, sound
from tests.cast import WEDNESDAY, Cast, narrowed

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def asked(cast: Cast) -> Ticket:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая модель?"))
    return fresh(ticket)


def closed(cast: Cast) -> Ticket:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Closing("solved", "Готово."))
    return fresh(ticket)


def test_reading_is_receipt_only_by_the_one_who_holds_the_request(cast: Cast) -> None:
    ticket = asked(cast)
    for name in ("colleague", "responsible", "agent"):
        record_receipt(ticket_id=ticket.pk, actor=cast.actors[name], now=WEDNESDAY + HOUR)
    assert fresh(ticket).term_received_at is None
    record_receipt(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + HOUR)
    ticket = fresh(ticket)
    assert (ticket.term_received_at, ticket.term_evidence) == (WEDNESDAY + HOUR, "read")
    assert ticket.term_due_at == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    with pytest.raises(TicketNotFound):
        record_receipt(ticket_id=ticket.pk, actor=cast.stranger, now=WEDNESDAY)


def test_after_a_hand_over_the_new_holder_receives(cast: Cast) -> None:
    ticket = asked(cast)
    hand_over(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, to_user_id=cast.colleague.user_id)
    assert (last(ticket).kind, last(ticket).payload) == ("handed_over", {"to_user": cast.colleague.user_id})
    ticket = fresh(ticket)
    assert (ticket.holder_id, ticket.requester_id, ticket.status) == (
        cast.colleague.user_id, cast.engineer.user_id, "info_requested",
    )  # fmt: skip
    record_receipt(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + HOUR)
    assert fresh(ticket).term_received_at is None
    record_receipt(ticket_id=ticket.pk, actor=cast.colleague, now=WEDNESDAY + 2 * HOUR)
    assert fresh(ticket).term_received_at == WEDNESDAY + 2 * HOUR
    assert sound()


def test_later_evidence_is_kept_and_moves_nothing(cast: Cast) -> None:
    ticket = asked(cast)
    late = WEDNESDAY + timedelta(days=2)  # after the presumption on Thursday at 17:00
    record_receipt(ticket_id=ticket.pk, actor=cast.engineer, now=late)
    after = fresh(ticket)
    assert kinds(ticket)[-2:] == ["receipt", "receipt"]
    assert after.term_received_at == datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
    assert after.term_evidence == "presumed"
    record_receipt(ticket_id=ticket.pk, actor=cast.engineer, now=late + HOUR)
    assert kinds(ticket) == kinds(after)
    assert fresh(ticket).term_due_at == after.term_due_at


def test_without_a_running_term_nothing_is_received(cast: Cast) -> None:
    ticket = cast.file()
    record_receipt(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY)
    assert kinds(ticket) == ["filed"]


def test_to_whom_a_request_is_not_handed(cast: Cast) -> None:
    ticket = cast.file()

    def to(user_id: int | None) -> None:
        hand_over(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, to_user_id=user_id)

    for user_id in (None, cast.stranger.user_id, cast.agent.user_id):
        refused(ticket, lambda user_id=user_id: to(user_id), "to_user")  # type: ignore[misc]
    User.objects.filter(pk=cast.colleague.user_id).update(is_active=False)
    refused(ticket, lambda: to(cast.colleague.user_id), "to_user")
    done = closed(cast)
    refused(
        done,
        lambda: hand_over(ticket_id=done.pk, actor=cast.engineer, now=WEDNESDAY, to_user_id=cast.responsible.user_id),
        "",
    )
    with pytest.raises(Refused):
        hand_over(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=cast.responsible.user_id)
    to(cast.engineer.user_id)  # held by them already
    assert kinds(ticket) == ["filed"]


def test_one_to_whom_a_request_of_another_site_was_handed_sees_it(cast: Cast) -> None:
    ticket, far = cast.file(), narrowed(cast, "far_colleague")
    assert not Ticket.objects.visible_to(far).filter(pk=ticket.pk).exists()
    hand_over(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, to_user_id=far.user_id)
    assert Ticket.objects.visible_to(far).filter(pk=ticket.pk).exists()


# --- we have it too


def test_a_colleague_joins_once_and_their_notes_are_never_lost(cast: Cast) -> None:
    ticket = cast.file()
    join(ticket_id=ticket.pk, actor=cast.colleague, now=WEDNESDAY + HOUR, note="У нас тоже")
    assert kinds(ticket) == ["filed", "joined", "commented"]
    assert Watcher.objects.get(ticket=ticket).joined_at == WEDNESDAY + HOUR
    join(ticket_id=ticket.pk, actor=cast.colleague, now=WEDNESDAY + HOUR)
    assert kinds(ticket) == ["filed", "joined", "commented"]
    join(ticket_id=ticket.pk, actor=cast.colleague, now=WEDNESDAY + HOUR, note="И на второй линии")
    join(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + HOUR, note="Спасибо")
    assert kinds(ticket) == ["filed", "joined", "commented", "commented", "commented"]


def test_joining_in_a_waiting_status_is_a_reaction(cast: Cast) -> None:
    ticket = asked(cast)
    join(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + HOUR)  # the requester tells nothing new
    assert fresh(ticket).status == "info_requested"
    join(ticket_id=ticket.pk, actor=cast.colleague, now=WEDNESDAY + HOUR)
    assert (fresh(ticket).status, kinds(ticket)[-2:]) == ("analysis", ["joined", "customer_reacted"])
    assert sound()


def test_who_does_not_join(cast: Cast) -> None:
    done = closed(cast)
    refused(done, lambda: join(ticket_id=done.pk, actor=cast.colleague, now=WEDNESDAY), "")
    with pytest.raises(Refused):
        join(ticket_id=done.pk, actor=cast.agent, now=WEDNESDAY)
    with pytest.raises(TicketNotFound):
        join(ticket_id=done.pk, actor=cast.stranger, now=WEDNESDAY)


def test_watching_is_no_fact_and_only_for_those_who_see(cast: Cast) -> None:
    ticket = asked(cast)
    for on in (True, True, False, False, True):
        watch(ticket_id=ticket.pk, actor=cast.colleague, now=WEDNESDAY, on=on)
    assert Watcher.objects.filter(ticket=ticket, user_id=cast.colleague.user_id).count() == 1
    assert fresh(ticket).status == "info_requested"
    with pytest.raises(TicketNotFound):
        watch(ticket_id=ticket.pk, actor=cast.stranger, now=WEDNESDAY, on=True)


# --- links


def test_two_requests_of_a_customer_are_linked_and_unlinked_and_the_log_keeps_both(cast: Cast) -> None:
    ticket, other = cast.file(), cast.file()
    for _ in range(2):
        link(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, other_key=other.key.lower())
    assert [event.payload for event in [last(ticket)]] == [{"relation": "related", "other": other.key}]
    assert kinds(ticket) == ["filed", "linked"]
    unlink(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, link_id=Link.objects.get().pk)
    assert (kinds(ticket), Link.objects.count()) == (["filed", "linked", "unlinked"], 0)
    assert sound()


def test_what_is_not_linked(cast: Cast) -> None:
    ticket = cast.file()
    foreign = cast.file(by="stranger", type="consultation", place=cast.new().place.__class__())
    for key in (ticket.key, foreign.key, "ZAVOD-99", ""):
        refused(
            ticket, lambda key=key: link(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, other_key=key), "other"
        )  # type: ignore[misc]
    refused(ticket, lambda: unlink(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, link_id=1), "")
    with pytest.raises(Refused):
        link(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, other_key="ZAVOD-2")
    continued = cast.file(continues=ticket.key)
    tie = Link.objects.get(ticket=continued)
    refused(continued, lambda: unlink(ticket_id=continued.pk, actor=cast.agent, now=WEDNESDAY, link_id=tie.pk), "")


def test_a_contractor_names_only_requests_that_they_see(cast: Cast) -> None:
    ticket, other = cast.file(), cast.file()
    assign(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=cast.contractor.user_id)
    me, at = cast.contractor, WEDNESDAY
    refused(ticket, lambda: link(ticket_id=ticket.pk, actor=me, now=at, other_key=other.key), "other")
    closing = Closing("duplicate", duplicate_of=other.key)
    refused(ticket, lambda: accept(ticket_id=ticket.pk, actor=me, now=at, then=closing), "duplicate_of")


def test_assigning(cast: Cast) -> None:
    ticket = cast.file()
    assign(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=cast.second_agent.user_id)
    assign(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=cast.second_agent.user_id)
    assert (kinds(ticket), fresh(ticket).reaction_state) == (["filed", "assigned"], "running")
    for user_id in (cast.engineer.user_id, cast.manager.user_id, 999_999):
        refused(
            ticket,
            lambda user_id=user_id: assign(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=user_id),
            "assignee",
        )  # type: ignore[misc]
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY)
    assert fresh(ticket).assignee_id == cast.second_agent.user_id  # accepting takes it from nobody
    assign(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=None)
    assert (fresh(ticket).assignee_id, last(ticket).payload) == (None, {"to_user": None})
    done = closed(cast)
    refused(done, lambda: assign(ticket_id=done.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=None), "")


def test_a_page_is_no_receipt_of_a_question_that_was_asked_after_it_was_drawn(cast: Cast) -> None:
    ticket = asked(cast)
    shown = ticket.term
    ask_customer(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, question=Question("И какой год выпуска?"))
    record_receipt(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + HOUR, term=shown)
    assert fresh(ticket).term_received_at is None
    record_receipt(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + 2 * HOUR, term=fresh(ticket).term)
    assert fresh(ticket).term_received_at == WEDNESDAY + 2 * HOUR
