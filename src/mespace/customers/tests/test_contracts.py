"""Contracts: recorded, corrected, and not changed under the feet of tickets filed under them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mespace.customers.contract_terms import ContractTerms, is_support_title
from mespace.customers.models import SupportContract
from mespace.customers.operations.add_contract import add_contract
from mespace.customers.operations.amend_contract import Amendment, amend_contract
from mespace.customers.operations.delete_contract import delete_contract
from mespace.platform.rows import InUse
from mespace.products.models import Product
from mespace.regulation.models import RegulationEdition
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 18, 20, 59, tzinfo=UTC)  # 23:59 in Moscow, the 18th
AFTER_MIDNIGHT = datetime(2026, 11, 18, 21, 0, tzinfo=UTC)  # 00:00 in Moscow, the 19th


def terms(cast: Cast, **changes: Any) -> ContractTerms:
    whole = ContractTerms(
        number="ТП-9",
        title="Договор на техническую поддержку",
        form="paper",
        product_ids=[cast.product.pk],
        signed_on=date(2026, 1, 15),
        valid_from=date(2026, 2, 1),
        valid_until=date(2027, 1, 31),
    )
    return replace(whole, **changes)


def kept(cast: Cast, **changes: Any) -> ContractTerms:
    row = cast.contract
    same = ContractTerms(
        number=row.number,
        title=row.title,
        form=row.form,
        product_ids=[cast.product.pk],
        signed_on=row.signed_on,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )
    return replace(same, **changes)


def amend(cast: Cast, contract: SupportContract, wanted: ContractTerms, **more: Any) -> SupportContract:
    amendment = Amendment(wanted, **{"effective_on": wanted.valid_from, "reason": "Доп. соглашение 1", **more})
    return amend_contract(actor=cast.manager, now=NOW, contract_id=contract.pk, amendment=amendment).contract


def complaints(refusal: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(refusal.value.message_dict)


# Clause 2.3.
def test_signing_accepts_the_edition_in_force_that_day(cast: Cast) -> None:
    first = RegulationEdition.objects.get()
    second = RegulationEdition.objects.create(
        code="2026-02-01",
        title="Вторая",
        published_on=date(2026, 1, 10),
        in_force_from=date(2026, 2, 1),
        parameters=first.parameters,
        digest=first.digest,
    )
    row = add_contract(actor=cast.manager, now=NOW, customer_id=cast.factory.pk, terms=terms(cast))
    assert row.accepted_edition == first
    changed = amend(cast, row, terms(cast, signed_on=date(2026, 2, 1), number=" ТП-10 "))
    assert (changed.accepted_edition, changed.number) == (second, "ТП-10")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "ТП-ZAVOD-1"}, "number"),
        ({"number": " "}, "number"),
        ({"title": ""}, "title"),
        ({"form": "stone"}, "form"),
        ({"product_ids": []}, "products"),
        ({"product_ids": [2_000_000_000]}, "products"),
        ({"valid_until": date(2026, 1, 31)}, "valid_until"),
        ({"signed_on": date(2019, 8, 31)}, "signed_on"),
    ],
)
def test_a_contract_is_refused_by_field_and_leaves_nothing(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_contract(actor=cast.manager, now=NOW, customer_id=cast.factory.pk, terms=terms(cast, **changes))
    assert complaints(refusal) == {field}
    assert SupportContract.objects.filter(customer=cast.factory).count() == 1


def test_a_contract_of_one_day_is_a_contract(cast: Cast) -> None:
    day = date(2026, 3, 1)
    row = add_contract(
        actor=cast.manager, now=NOW, customer_id=cast.factory.pk, terms=terms(cast, valid_from=day, valid_until=day)
    )
    assert row.is_valid_on(day)


def test_an_unused_contract_can_be_corrected_in_everything_and_deleted(cast: Cast) -> None:
    wholly = terms(cast, product_ids=[cast.other_product.pk], division_of_responsibility=" Сеть — заказчик. ")
    row = amend(cast, cast.contract, wholly)
    assert (row.signed_on, row.valid_from, list(row.products.all())) == (
        date(2026, 1, 15),
        date(2026, 2, 1),
        [cast.other_product],
    )
    assert row.division_of_responsibility == "Сеть — заказчик."
    delete_contract(actor=cast.manager, contract_id=row.pk)
    assert not SupportContract.objects.filter(pk=row.pk).exists()
    assert Product.objects.filter(pk=cast.other_product.pk).exists()


def test_what_a_filed_ticket_rests_on_stays(cast: Cast) -> None:
    cast.file(now=LATE)
    table: list[tuple[dict[str, Any], set[str]]] = [
        ({"signed_on": date(2024, 1, 2)}, {"signed_on"}),
        ({"valid_from": date(2023, 12, 31)}, {"valid_from"}),
        ({"valid_until": date(2026, 11, 17)}, {"valid_until", "effective_on"}),
        ({"product_ids": [cast.other_product.pk]}, {"products"}),
        ({"signed_on": date(2024, 1, 2), "product_ids": []}, {"signed_on", "products"}),
    ]
    for changes, fields in table:
        with pytest.raises(ValidationError) as refusal:
            amend(cast, cast.contract, kept(cast, **changes), effective_on=date(2026, 11, 18))
        assert complaints(refusal) == fields
    with pytest.raises(InUse) as in_use:
        delete_contract(actor=cast.manager, contract_id=cast.contract.pk)
    assert in_use.value.by == "tickets.ticket"
    assert list(cast.contract.products.all()) == [cast.product]


def test_its_end_may_be_moved_as_far_as_the_last_filing_and_software_added(cast: Cast) -> None:
    cast.file(now=LATE)
    both = [cast.product.pk, cast.other_product.pk]
    wanted = kept(cast, valid_until=date(2026, 11, 18), product_ids=both, title="Иначе", number="Н")
    row = amend(cast, cast.contract, wanted)
    assert (row.valid_until, row.number, set(row.products.all())) == (
        date(2026, 11, 18),
        "Н",
        {cast.product, cast.other_product},
    )


def test_the_day_of_filing_is_moscows(cast: Cast) -> None:
    cast.file(now=AFTER_MIDNIGHT)
    with pytest.raises(ValidationError) as refusal:
        amend(cast, cast.contract, kept(cast, valid_until=date(2026, 11, 18)))
    assert complaints(refusal) == {"valid_until"}


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("Договор на техническую поддержку", True),
        ("ДОГОВОР  НА ТЕХНИЧЕСКУЮ\nПОДДЕРЖКУ № 5 и обслуживание", True),
        ("Рамочный договор на техническую поддержку ПО", True),
        ("Договор поставки", False),
        ("Договор на техподдержку", False),
        ("", False),
    ],
)
def test_a_support_contract_is_known_by_its_title(title: str, known: bool) -> None:
    assert is_support_title(title) is known
