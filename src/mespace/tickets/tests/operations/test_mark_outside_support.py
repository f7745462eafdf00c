"""A ticket from a configuration that is not supported (clause 6.1)."""

import pytest

from mespace.accounts.actor import Refused
from mespace.tickets.errors import Invalid, TicketNotFound
from mespace.tickets.models import Message
from mespace.tickets.operations._steps import Closing
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.close import close
from mespace.tickets.operations.mark_outside_support import mark_outside_support, mark_within_support
from mespace.tickets.tests.operations.logs import kinds, sound
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


def test_the_mark_is_set_with_a_reason_and_taken_away_and_moves_no_clock(cast: Cast) -> None:
    ticket = cast.file()
    due = ticket.reaction_due_at
    common = {"ticket_id": ticket.pk, "actor": cast.agent, "now": WEDNESDAY}
    marked = mark_outside_support(**common, reason="Windows 7", key="k")  # type: ignore[arg-type]
    again = mark_outside_support(**common, reason="Windows 7", key="k")  # type: ignore[arg-type]
    assert (marked.outside_support, again.version, again.reaction_due_at) == (True, marked.version, due)
    assert Message.objects.get(body="Windows 7").audience == "customer"
    with pytest.raises(Invalid):
        mark_outside_support(**common, reason="Ещё раз")  # type: ignore[arg-type]
    back = mark_within_support(**common, reason="Ошиблись")  # type: ignore[arg-type]
    assert not back.outside_support
    assert kinds(ticket)[-2:] == ["outside_support", "within_support"]
    assert sound()


@pytest.mark.parametrize("name", ["engineer", "responsible", "manager", "director", "auditor"])
def test_only_those_who_work_on_it_mark_it(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        mark_outside_support(ticket_id=cast.file().pk, actor=cast.actors[name], now=WEDNESDAY, reason="Нет")


def test_strangers_reasonless_and_closed_ones(cast: Cast) -> None:
    ticket = cast.file()
    for name in ("stranger", "contractor", "administrator"):
        with pytest.raises(TicketNotFound):
            mark_outside_support(ticket_id=ticket.pk, actor=cast.actors[name], now=WEDNESDAY, reason="Нет")
    with pytest.raises(Invalid):
        mark_outside_support(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, reason=" ")
    with pytest.raises(Invalid):
        mark_within_support(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, reason="Не отмечено")
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY)
    close(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, closing=Closing("solved", "Готово."))
    with pytest.raises(Invalid):
        mark_outside_support(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, reason="Поздно")
