"""Amendments, renewal and early end: what holds from which day, and what is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from mespace.customers.after_the_end import uncovered_after
from mespace.customers.contract_files import NewFile, file_for
from mespace.customers.contract_pages import contract_card, own_contract_card, own_contracts, revision_card
from mespace.customers.contract_terms import ContractTerms
from mespace.customers.entitlement import NotEntitled, covered_products, entitling_revision
from mespace.customers.models import ContractFile, ContractRevision, FilePurpose, RevisionKind, SupportContract
from mespace.customers.operations.add_contract import add_contract
from mespace.customers.operations.amend_contract import Amendment, amend_contract
from mespace.customers.operations.delete_contract import delete_contract
from mespace.customers.operations.end_contract_early import end_contract_early
from mespace.customers.queries import Standing, standing
from mespace.customers.renewal import renewal_terms
from mespace.customers.revision_diff import revision_diff
from mespace.ledger.models import Event
from mespace.platform.files import known_blobs
from mespace.platform.rows import RowNotFound
from mespace.platform.text_diff import Piece, as_one
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 18)
NEW_YEAR = date(2027, 1, 1)
MOSCOW_MIDNIGHT = datetime(2026, 12, 31, 21, 0, tzinfo=UTC)  # 2027-01-01 00:00 in Moscow
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.FILES = tmp_path
    return tmp_path


def terms_of(contract: SupportContract, **changes: Any) -> ContractTerms:
    row = SupportContract.objects.get(pk=contract.pk)
    same = ContractTerms(
        number=row.number,
        title=row.title,
        form=row.form,
        product_ids=[product.pk for product in row.products.all()],
        signed_on=row.signed_on,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        type=row.type,
        division_of_responsibility=row.division_of_responsibility,
    )
    return replace(same, **changes)


def amend(cast: Cast, *, on: date = TODAY, **more: Any) -> ContractRevision:
    amendment = {name: more.pop(name) for name in ("reason", "files", "dropped_files", "based_on") if name in more}
    wanted = Amendment(terms_of(cast.contract, **more), on, **{"reason": "Доп. соглашение 1", **amendment})
    return amend_contract(actor=cast.manager, now=NOW, contract_id=cast.contract.pk, amendment=wanted)


def refused(refusal: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(refusal.value.message_dict)


def scan(name: str = "договор.pdf", purpose: FilePurpose = FilePurpose.SCAN) -> NewFile:
    return NewFile(purpose, name, [PDF])


def covered(cast: Cast, at: datetime) -> list[str]:
    return [product.code for product in covered_products(customer_id=cast.factory.pk, at=at)]


def test_an_amendment_holds_from_its_day_and_the_former_terms_until_then(cast: Cast) -> None:
    cast.file(now=NOW)
    revision = amend(cast, on=NEW_YEAR, product_ids=[cast.other_product.pk])
    assert (revision.number, revision.kind, revision.effective_on) == (2, RevisionKind.AMENDED, NEW_YEAR)
    assert covered(cast, MOSCOW_MIDNIGHT - timedelta(seconds=1)) == ["mes-line"]
    assert covered(cast, MOSCOW_MIDNIGHT) == ["mes-lab"]
    with pytest.raises(NotEntitled):
        entitling_revision(customer_id=cast.factory.pk, product_id=cast.other_product.pk, at=NOW)
    found = entitling_revision(customer_id=cast.factory.pk, product_id=cast.other_product.pk, at=MOSCOW_MIDNIGHT)
    assert found == revision


def test_a_ticket_keeps_the_revision_by_which_it_was_entitled(cast: Cast) -> None:
    before = cast.file(now=NOW)
    both = [cast.product.pk, cast.other_product.pk]
    amend(cast, product_ids=both)
    after = cast.file(now=NOW + timedelta(hours=1))
    assert [ticket.contract_revision.number for ticket in (before, after)] == [1, 2]
    assert [Event.objects.get(stream=ticket.stream, seq=1).payload["revision"] for ticket in (before, after)] == [1, 2]
    with pytest.raises(DatabaseError), transaction.atomic():
        type(before).objects.filter(pk=before.pk).update(contract_revision=after.contract_revision)


def test_a_revision_never_changes(cast: Cast) -> None:
    revision = amend(cast, title="Иначе")
    with pytest.raises(DatabaseError), transaction.atomic():
        ContractRevision.objects.filter(pk=revision.pk).update(reason="Другое")
    assert ContractRevision.objects.get(number=1, contract=cast.contract).title == "Договор на техническую поддержку"


def test_amendments_are_refused_by_field(cast: Cast) -> None:
    cast.file(now=NOW)
    amend(cast, on=date(2026, 12, 1), title="Иначе")
    last = cast.contract.valid_until
    table: list[tuple[dict[str, Any], set[str]]] = [
        ({"on": date(2023, 12, 31), "type": "новый"}, {"effective_on"}),
        ({"on": TODAY, "type": "новый"}, {"effective_on"}),  # before the amendment before
        ({"on": last + timedelta(days=1), "valid_until": date(2029, 1, 1)}, {"effective_on"}),
        ({"on": date(2026, 12, 2), "type": "новый", "reason": " "}, {"reason"}),
        ({"on": date(2026, 12, 2)}, {"__all__"}),  # nothing differs
        ({"on": date(2026, 12, 2), "type": "новый", "based_on": 1}, {"__all__"}),  # amended meanwhile
        ({"on": date(2026, 12, 2), "product_ids": []}, {"products"}),
    ]
    for changes, fields in table:
        with pytest.raises(ValidationError) as refusal, transaction.atomic():
            amend(cast, **changes)
        error = refusal.value
        assert (set(error.message_dict) if hasattr(error, "error_dict") else {"__all__"}) == fields, changes
    assert ContractRevision.objects.filter(contract=cast.contract).count() == 2


def test_an_early_end_keeps_what_was_agreed_and_can_be_taken_back(cast: Cast) -> None:
    agreed = cast.contract.valid_until
    cast.file(now=NOW)
    with pytest.raises(ValidationError) as refusal:
        end_contract_early(
            actor=cast.manager, now=NOW, contract_id=cast.contract.pk, last_day=date(2026, 11, 17), reason="Раньше"
        )
    assert refused(refusal) == {"last_day"}
    with pytest.raises(ValidationError) as refusal:
        end_contract_early(actor=cast.manager, now=NOW, contract_id=cast.contract.pk, last_day=agreed, reason=" ")
    assert refused(refusal) == {"last_day", "reason"}
    day = date(2026, 12, 31)
    revision = end_contract_early(
        actor=cast.manager, now=NOW, contract_id=cast.contract.pk, last_day=day, reason="Линия продана"
    )
    row = revision.contract
    assert (revision.kind, revision.valid_until, revision.agreed_until) == (RevisionKind.ENDED_EARLY, day, agreed)
    assert standing(row, day) == Standing.ENDING_7
    assert standing(row, day + timedelta(days=1)) == Standing.ENDED_EARLY
    assert covered(cast, MOSCOW_MIDNIGHT - timedelta(seconds=1)) == ["mes-line"]
    assert covered(cast, MOSCOW_MIDNIGHT) == []
    back = amend(cast, valid_until=agreed)
    assert (back.valid_until, back.agreed_until) == (agreed, None)
    assert covered(cast, MOSCOW_MIDNIGHT) == ["mes-line"]


@pytest.mark.parametrize(
    ("first", "last", "begins", "ends"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
        (date(2024, 3, 1), date(2025, 2, 28), date(2025, 3, 1), date(2026, 2, 28)),
        (date(2025, 1, 31), date(2025, 2, 9), date(2025, 2, 10), date(2025, 2, 19)),
        (date(2025, 4, 15), date(2025, 10, 14), date(2025, 10, 15), date(2026, 4, 14)),
    ],
)
def test_a_successor_lasts_as_long(cast: Cast, first: date, last: date, begins: date, ends: date) -> None:
    SupportContract.objects.filter(pk=cast.contract.pk).update(valid_from=first, valid_until=last)
    cast.contract.refresh_from_db()
    terms = renewal_terms(cast.contract, today=TODAY)
    assert (terms.number, terms.valid_from, terms.valid_until) == ("", begins, ends)


def test_a_renewal_is_a_contract_of_its_own_and_one_only(cast: Cast) -> None:
    terms = replace(renewal_terms(cast.contract, today=TODAY), number="ТП-ZAVOD-2")
    assert uncovered_after([cast.contract]) == {cast.contract.pk: [cast.product]}
    row = add_contract(
        actor=cast.manager, now=NOW, customer_id=cast.factory.pk, terms=terms, renews_id=cast.contract.pk
    )
    assert (row.renews, row.valid_from) == (cast.contract, cast.contract.valid_until + timedelta(days=1))
    assert uncovered_after([cast.contract, row]) == {cast.contract.pk: [], row.pk: [cast.product]}
    with pytest.raises(ValidationError):
        add_contract(
            actor=cast.manager,
            now=NOW,
            customer_id=cast.factory.pk,
            terms=replace(terms, number="ТП-ZAVOD-3"),
            renews_id=cast.contract.pk,
        )
    with pytest.raises(RowNotFound):
        add_contract(actor=cast.manager, now=NOW, customer_id=cast.rival.pk, terms=terms, renews_id=row.pk)


# Clause 2.4.
def test_files_belong_to_revisions_and_to_those_who_may_read_contracts(cast: Cast, files: Path) -> None:
    with_files = amend(cast, files=[scan(), scan("границы.pdf", FilePurpose.DIVISION)])
    first, second = with_files.files.all()
    later = amend(cast, dropped_files=[first.pk], title="Иначе")
    assert (list(with_files.files.all()), list(later.files.all())) == ([first, second], [second])
    card = contract_card(actor=cast.agent, contract_id=cast.contract.pk, now=NOW)
    assert (card.scans, card.division_files) == ([], [second])
    for name in ("agent", "manager", "director", "auditor", "responsible"):
        assert file_for(cast.actors[name], first.pk) == first, name
    for name in ("engineer", "stranger", "contractor", "administrator"):
        assert file_for(cast.actors[name], first.pk) is None, name
    assert known_blobs([first.blob, "nothing"]) == {first.blob}


def test_a_refused_file_leaves_nothing(cast: Cast, files: Path) -> None:
    program = NewFile(FilePurpose.DIVISION, "setup.exe", [b"MZ\x90\x00" + b"\x00" * 64])
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        amend(cast, files=[scan(), program])
    assert refused(refusal) == {"division_files"}
    assert not ContractFile.objects.exists()
    assert [path for path in files.rglob("*") if path.is_file()] == []


def test_an_unused_contract_goes_with_all_its_revisions(cast: Cast) -> None:
    amend(cast, files=[scan()])
    delete_contract(actor=cast.manager, contract_id=cast.contract.pk)
    assert not ContractRevision.objects.filter(contract_id=cast.contract.pk).exists()


# Clause 2.4: the division of responsibility, word by word.
def test_a_difference_is_told_by_field_and_word(cast: Cast) -> None:
    first = ContractRevision.objects.get(contract=cast.contract)
    second = amend(
        cast, product_ids=[cast.product.pk, cast.other_product.pk], division_of_responsibility="Сеть — заказчик."
    )
    changes = {change.field: change for change in revision_diff(first, second)}
    assert set(changes) == {"products", "division_of_responsibility"}
    assert list(changes["products"].pieces) == [Piece("same", "MES Линия"), Piece("added", "MES Лаборатория")][::-1]
    assert list(as_one("Сеть ведёт заказчик.", "Сеть ведёт исполнитель.")) == [
        Piece("same", "Сеть ведёт "),
        Piece("removed", "заказчик."),
        Piece("added", "исполнитель."),
    ]
    assert revision_diff(second, second) == []


def test_responsible_employees_read_their_own_contracts_only(cast: Cast, django_assert_num_queries: Any) -> None:
    theirs = SupportContract.objects.get(customer=cast.rival)
    responsible = cast.actors["responsible"]
    assert own_contracts(actor=responsible) == [cast.contract]
    with django_assert_num_queries(8):
        card = own_contract_card(actor=responsible, contract_id=cast.contract.pk, now=NOW)
        assert [person.pk for person in card.responsible] == [cast.users["responsible"].pk]
        assert (card.scans, card.division_files, card.to_come) == ([], [], [])
    with pytest.raises(RowNotFound):
        own_contract_card(actor=responsible, contract_id=theirs.pk, now=NOW)
    with pytest.raises(RowNotFound):
        revision_card(actor=responsible, contract_id=theirs.pk, number=1)
    assert revision_card(actor=responsible, contract_id=cast.contract.pk, number=1).before is None
    with pytest.raises(RowNotFound):
        revision_card(actor=cast.agent, contract_id=cast.contract.pk, number=7)
