"""Closing because another vendor must act: what the customer takes to that support (clause 5.4)."""

import pytest

from mespace.ledger.canonical import salted_digest
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import Referral
from mespace.tickets.operations._steps import Closing
from mespace.tickets.operations.accept import accept
from mespace.tickets.queries.referral import referral_of
from mespace.tickets.tests.operations.logs import last, refused, sound
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


def test_the_agent_s_words_are_kept_and_their_digest_is_in_the_log(cast: Cast) -> None:
    ticket = cast.file()
    words = {"found": "Драйвер теряет задание.", "tell": "- Модель ZT410"}
    ending = Closing("third_party", "Нужен драйвер.", vendor_id=cast.vendor.pk, **words)  # type: ignore[arg-type]
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=ending)
    referral = referral_of(actor=cast.engineer, key=ticket.key)
    assert (referral.vendor, referral.found, referral.tell) == (cast.vendor, *words.values())
    payload = last(ticket).payload
    digest = salted_digest(referral.salt, referral.text)
    assert (payload["referral"], payload["referral_digest"]) == (referral.pk, digest)
    assert sound()


def test_what_is_left_empty_says_what_the_ticket_says(cast: Cast) -> None:
    ticket = cast.file(what_was_done="Сменили задание", expected="Этикетка")
    ending = Closing("third_party", vendor_id=cast.vendor.pk)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=ending)
    referral = referral_of(actor=cast.agent, key=ticket.key)
    assert ticket.key in referral.found
    for word in ("Не печатаются этикетки", "MES Линия 4.12.3", "Завод: площадка 1", "Сменили задание", "Этикетка"):
        assert word in referral.tell


def test_who_reads_it(cast: Cast) -> None:
    ticket = cast.file()
    with pytest.raises(TicketNotFound):
        referral_of(actor=cast.engineer, key=ticket.key)
    ending = Closing("third_party", vendor_id=cast.vendor.pk)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=ending)
    for name in ("stranger", "contractor", "administrator"):
        with pytest.raises(TicketNotFound):
            referral_of(actor=cast.actors[name], key=ticket.key)


def test_too_long_a_part_is_refused_at_its_field(cast: Cast) -> None:
    ticket = cast.file()
    ending = Closing("third_party", vendor_id=cast.vendor.pk, tell="ы" * 100_001)
    refused(ticket, lambda: accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=ending), "tell")
    assert not Referral.objects.exists()
