"""The division of responsibility on a ticket: who works on it has its files, and by that alone no others."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mespace.customers.contract_files import NewFile
from mespace.customers.contract_terms import ContractTerms
from mespace.customers.models import ContractFile, FilePurpose, SupportContract
from mespace.customers.operations.amend_contract import Amendment, amend_contract
from mespace.tickets.models import Ticket
from mespace.tickets.operations.assign import assign
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(cast: Cast, settings: Any, tmp_path: Path) -> Ticket:
    """Assigned to the contractor, entitled by an amendment that has a scan and a file on the division."""
    settings.FILES = tmp_path
    row = SupportContract.objects.get(pk=cast.contract.pk)
    terms = ContractTerms(
        number=row.number,
        title=row.title,
        form=row.form,
        product_ids=[cast.product.pk],
        signed_on=row.signed_on,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        division_of_responsibility="Сеть обслуживает *завод*.",
    )
    files = [
        NewFile(FilePurpose.DIVISION, "границы.txt", [b"network"]),
        NewFile(FilePurpose.SCAN, "договор.txt", [b"prices"]),
    ]
    amendment = Amendment(terms, WEDNESDAY.date(), "Доп. соглашение 1", files=files)
    amend_contract(actor=cast.manager, now=WEDNESDAY, contract_id=row.pk, amendment=amendment)
    made = cast.file()
    return assign(ticket_id=made.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=cast.contractor.user_id)


def client_of(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def url_of(purpose: FilePurpose) -> str:
    return reverse("contract_file", args=[ContractFile.objects.get(purpose=purpose).pk])


@pytest.mark.parametrize("who", ["agent", "contractor"])
def test_text_and_files_stand_on_the_ticket_and_can_be_opened(cast: Cast, ticket: Ticket, who: str) -> None:
    client = client_of(cast, who)
    page = client.get(reverse("ticket", args=[ticket.key])).content.decode()
    assert "Сеть обслуживает <em>завод</em>." in page
    assert url_of(FilePurpose.DIVISION) in page
    answer = client.get(url_of(FilePurpose.DIVISION))
    assert b"".join(answer.streaming_content) == b"network"  # type: ignore[attr-defined]


def test_a_contractor_has_no_other_file_of_the_contract(cast: Cast, ticket: Ticket) -> None:
    client = client_of(cast, "contractor")
    assert url_of(FilePurpose.SCAN) not in client.get(reverse("ticket", args=[ticket.key])).content.decode()
    assert client.get(url_of(FilePurpose.SCAN)).status_code == 404


def test_nor_any_when_the_ticket_is_somebody_else_s(cast: Cast, ticket: Ticket) -> None:
    assign(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=cast.second_agent.user_id)
    assert client_of(cast, "contractor").get(url_of(FilePurpose.DIVISION)).status_code == 404


@pytest.mark.parametrize("who", ["engineer", "colleague", "stranger", "administrator"])
def test_others_do_not_have_it_by_seeing_the_ticket(cast: Cast, ticket: Ticket, who: str) -> None:
    client = client_of(cast, who)
    assert url_of(FilePurpose.DIVISION) not in client.get(reverse("ticket", args=[ticket.key])).content.decode()
    assert client.get(url_of(FilePurpose.DIVISION)).status_code == 404
