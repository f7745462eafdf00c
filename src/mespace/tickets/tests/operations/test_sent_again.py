"""A form with files that is sent again is the same form, although its files were uploaded anew."""

from typing import Any

import pytest

from mespace.platform.idempotency import KeyReused
from mespace.tickets.models import Message, Ticket
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.file_ticket import file_ticket
from mespace.tickets.operations.uploads import upload
from tests.cast import WEDNESDAY, Cast


@pytest.fixture(autouse=True)
def files_in_a_folder_of_the_test(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


def uploaded(cast: Cast, content: bytes = b"10:02 printer offline\n") -> int:
    return int(upload(actor=cast.engineer, now=WEDNESDAY, name="printer.log", chunks=[content]).pk)


@pytest.mark.django_db
def test_filing_again_with_the_same_file_files_one_ticket(cast: Cast) -> None:
    first = file_ticket(actor=cast.engineer, now=WEDNESDAY, new=cast.new(attachment_ids=[uploaded(cast)]), key="k")
    second = file_ticket(actor=cast.engineer, now=WEDNESDAY, new=cast.new(attachment_ids=[uploaded(cast)]), key="k")
    assert (second.pk, Ticket.objects.count()) == (first.pk, 1)
    assert first.attachments.count() == 1


@pytest.mark.django_db
def test_a_message_again_with_the_same_file_is_one_message(cast: Cast) -> None:
    ticket = cast.file()
    before = Message.objects.count()
    for _ in range(2):
        remark = Remark("See the log.", attachment_ids=[uploaded(cast)])
        comment(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, key="k", remark=remark)
    assert Message.objects.count() == before + 1


@pytest.mark.django_db
def test_another_file_under_the_same_key_is_refused(cast: Cast) -> None:
    file_ticket(actor=cast.engineer, now=WEDNESDAY, new=cast.new(attachment_ids=[uploaded(cast)]), key="k")
    other = cast.new(attachment_ids=[uploaded(cast, b"something else\n")])
    with pytest.raises(KeyReused):
        file_ticket(actor=cast.engineer, now=WEDNESDAY, new=other, key="k")
