"""Tickets and the known errors that caused them: linking, unlinking, and being told that the fix has moved (4.7)."""

from datetime import date, timedelta

import pytest

from mespace.accounts.actor import Refused
from mespace.customers.models import Installation
from mespace.platform.rows import RowNotFound
from mespace.products.models import Build, FixChange, KnownError
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import Ticket
from mespace.tickets.operations._steps import Closing
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.close import close
from mespace.tickets.operations.link_known_error import link_known_error, unlink_known_error
from mespace.tickets.operations.tell_fix_changed import tell_fix_changed, tickets_to_tell
from mespace.tickets.queries.known_errors import known_error_view
from mespace.tickets.tasks import tell_of_fix_change
from mespace.tickets.tests.operations.logs import fresh, kinds, last, refused, sound
from tests.cast import WEDNESDAY, Cast, narrowed

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def linked(cast: Cast, **changes: object) -> Ticket:
    ticket = cast.file(**changes)  # type: ignore[arg-type]
    return link_known_error(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, known_error_id=cast.known_error.pk)


def moved(cast: Cast) -> FixChange:
    return FixChange.objects.create(
        known_error=cast.known_error,
        state_before="planned",
        state="planned",
        target="4.13.0",
        on=date(2027, 2, 1),
        by=cast.users["manager"],
        at=WEDNESDAY,
    )


@pytest.mark.parametrize("kind", ["consultation", "bug", "incident", "change_request"])
def test_a_ticket_of_any_type_is_linked_once_and_keeps_its_clock(cast: Cast, kind: str) -> None:
    ticket = linked(cast, type=kind)
    again = link_known_error(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, known_error_id=cast.known_error.pk)
    assert (again.version, again.status, again.known_error) == (ticket.version, "open", cast.known_error)
    assert (last(ticket).kind, last(ticket).payload) == ("known_error_linked", {"known_error": cast.known_error.pk})
    assert sound()


def test_the_link_is_taken_away_with_a_reason(cast: Cast) -> None:
    ticket = linked(cast)
    common = {"ticket_id": ticket.pk, "actor": cast.agent, "now": WEDNESDAY}
    refused(ticket, lambda: unlink_known_error(**common, reason=" "), "reason")  # type: ignore[arg-type]
    unlink_known_error(**common, reason="Настройки принтера")  # type: ignore[arg-type]
    assert fresh(ticket).known_error is None
    assert last(ticket).payload["known_error"] == cast.known_error.pk
    refused(ticket, lambda: unlink_known_error(**common, reason="Ещё раз"), "")  # type: ignore[arg-type]
    assert sound()


def test_what_cannot_be_linked(cast: Cast) -> None:
    ticket = linked(cast)
    foreign = KnownError.objects.create(product=cast.other_product, code="KE-7", title="Чужая")
    second = KnownError.objects.create(product=cast.product, code="KE-8", title="Другая")
    for error in (foreign, second):
        refused(
            ticket,
            lambda pk=error.pk: link_known_error(  # type: ignore[misc]
                ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, known_error_id=pk
            ),
            "known_error",
        )


def test_what_a_known_error_closed_stays_linked(cast: Cast) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY)
    ending = Closing("known_error", known_error_id=cast.known_error.pk)
    close(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, closing=ending)
    refused(ticket, lambda: unlink_known_error(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, reason="Нет"), "")
    assert sound()


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("engineer", Refused), ("manager", Refused), ("auditor", Refused), ("stranger", TicketNotFound),
     ("contractor", TicketNotFound)],
)  # fmt: skip
def test_who_may_not_link(cast: Cast, name: str, refusal: type[Exception]) -> None:
    ticket = cast.file()
    with pytest.raises(refusal):
        link_known_error(
            ticket_id=ticket.pk, actor=cast.actors[name], now=WEDNESDAY, known_error_id=cast.known_error.pk
        )


def test_every_linked_ticket_is_told_once_closed_ones_too(cast: Cast) -> None:
    first, second, other = linked(cast), linked(cast, subject="Вторая"), cast.file(subject="Прочая")
    accept(ticket_id=second.pk, actor=cast.agent, now=WEDNESDAY)
    close(ticket_id=second.pk, actor=cast.agent, now=WEDNESDAY, closing=Closing("solved", "Готово."))
    change = moved(cast)
    assert tickets_to_tell(change=change) == [first.pk, second.pk]
    for _ in range(2):  # a job that runs twice tells once
        tell_of_fix_change(change_id=change.pk)
    assert kinds(first).count("fix_changed") == kinds(second).count("fix_changed") == 1
    assert "fix_changed" not in kinds(other)
    assert last(first).payload == {
        "known_error": cast.known_error.pk,
        "change": change.pk,
        "state": "planned",
        "target": "4.13.0",
        "on": "2027-02-01",
    }
    assert last(first).actor == cast.manager.log_name
    assert sound()


def test_only_keepers_of_the_catalogue_tell_and_an_unlinked_ticket_hears_nothing(cast: Cast) -> None:
    ticket, change = linked(cast), moved(cast)
    with pytest.raises(Refused):
        tell_fix_changed(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, change=change)
    unlink_known_error(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, reason="Не она")
    tell_fix_changed(ticket_id=ticket.pk, actor=cast.manager, now=WEDNESDAY, change=change)
    assert "fix_changed" not in kinds(ticket)


def test_customers_see_of_a_known_error_only_what_is_theirs(cast: Cast) -> None:
    cast.known_error.affected_builds.add(cast.build)
    with pytest.raises(RowNotFound):
        known_error_view(actor=cast.engineer, known_error_id=cast.known_error.pk)
    ticket = linked(cast)
    rival_site = cast.rival.sites.get()
    Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    Installation.objects.create(site=rival_site, product=cast.product, build=cast.build)
    mine = known_error_view(actor=cast.engineer, known_error_id=cast.known_error.pk)
    assert (mine.tickets, [row.site for row in mine.running]) == ([ticket], [cast.site])
    theirs = known_error_view(actor=cast.stranger, known_error_id=cast.known_error.pk)
    assert (theirs.tickets, [row.site for row in theirs.running]) == ([], [rival_site])
    staff = known_error_view(actor=cast.director, known_error_id=cast.known_error.pk)
    assert (staff.customers, len(staff.running), staff.ticket_count) == (["Завод", "Соперник"], 2, 1)
    with pytest.raises(RowNotFound):
        known_error_view(actor=narrowed(cast, "far_colleague"), known_error_id=cast.known_error.pk)
    with pytest.raises(RowNotFound):
        known_error_view(actor=cast.contractor, known_error_id=cast.known_error.pk)


def test_builds_that_are_not_affected_run_in_peace(cast: Cast) -> None:
    newer = Build.objects.create(version=cast.build.version, major=13, minor=0, released_on=date(2026, 11, 1))
    cast.known_error.affected_versions.add(cast.build.version)
    KnownError.objects.filter(pk=cast.known_error.pk).update(fixed_in=newer)
    row = Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    assert known_error_view(actor=cast.manager, known_error_id=cast.known_error.pk).running == [row]
    Installation.objects.update(build=newer)
    assert known_error_view(actor=cast.manager, known_error_id=cast.known_error.pk).running == []
