"""A contract names its responsible employees when it is recorded or amended: their access is owed from then (E5)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mespace.customers.contract_terms import ContractTerms
from mespace.customers.models import ContractRevision, SupportContract
from mespace.customers.onboarding.models import ContractPerson
from mespace.customers.onboarding.naming import NamedPerson
from mespace.customers.operations.add_contract import add_contract
from mespace.customers.operations.amend_contract import Amendment, amend_contract
from mespace.obligations.models import Obligation
from mespace.obligations.tests.making import no_differences, verified
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
TODAY = WEDNESDAY.date()
DUE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # the third working day, 17:00
ANNA, BORIS = NamedPerson("Анна Лебедева", "anna@example.org"), NamedPerson("Борис Орлов", "boris@example.org")


def terms(cast: Cast, **changes: Any) -> ContractTerms:
    same: dict[str, Any] = {
        "number": "ТП-2",
        "title": "Договор на техническую поддержку",
        "form": "paper",
        "product_ids": [cast.product.pk],
        "signed_on": TODAY,
        "valid_from": TODAY,
        "valid_until": date(2027, 12, 31),
    }
    return ContractTerms(**(same | changes))


def sign(cast: Cast, *people: NamedPerson, **changes: Any) -> SupportContract:
    common: dict[str, Any] = {"actor": cast.manager, "now": WEDNESDAY, "customer_id": cast.factory.pk}
    return add_contract(**common, terms=terms(cast, **changes), people=people)


def amended(cast: Cast, contract: SupportContract, *people: NamedPerson, on: date = TODAY) -> ContractRevision:
    row = SupportContract.objects.get(pk=contract.pk)
    names = ("number", "title", "form", "signed_on", "valid_from", "valid_until")
    same = terms(cast, **{name: getattr(row, name) for name in names})
    amendment = Amendment(same, effective_on=on, reason="Дополнительное соглашение 1", people=people)
    return amend_contract(actor=cast.manager, now=WEDNESDAY, contract_id=contract.pk, amendment=amendment)


def owed(contract: SupportContract) -> list[tuple[str, str, datetime]]:
    """Who is named, how things stand, until when."""
    rows = ContractPerson.objects.filter(contract=contract).select_related("obligation").order_by("pk")
    return [(row.full_name, row.obligation.state, row.obligation.due_at) for row in rows if row.obligation]


def test_signing_owes_access_to_everybody_whom_it_names(cast: Cast) -> None:
    contract = sign(cast, ANNA, BORIS)
    assert owed(contract) == [("Анна Лебедева", "open", DUE), ("Борис Орлов", "open", DUE)]
    assert {row.owed_to for row in Obligation.objects.all()} == {cast.factory.pk}


def test_entered_late_it_is_broken_from_the_start(cast: Cast) -> None:
    contract = sign(cast, ANNA, signed_on=date(2026, 11, 2), valid_from=date(2026, 11, 2))
    [obligation] = Obligation.objects.all()
    assert (owed(contract)[0][1], obligation.was_entered_late) == ("missed", True)
    assert verified(obligation, WEDNESDAY)["missed_at"] == "2026-11-18T06:00:00Z"  # not before it was entered
    no_differences()


def test_somebody_added_by_an_amendment_is_owed_from_its_date(cast: Cast) -> None:
    contract = sign(cast, ANNA, signed_on=date(2026, 11, 2), valid_from=date(2026, 11, 2))
    amended(cast, contract, ANNA, BORIS)
    assert owed(contract)[1:] == [("Борис Орлов", "open", DUE)]
    amended(cast, contract, NamedPerson("Вера Сон", "vera@example.org"), on=date(2027, 1, 11))
    assert owed(contract)[2:] == [("Вера Сон", "open", datetime(2027, 1, 14, 14, 0, tzinfo=UTC))]
    assert verified(Obligation.objects.latest("pk"), WEDNESDAY)["since"] == "2027-01-10T21:00:00Z"
    no_differences()


def test_an_amendment_before_the_signing_owes_from_the_signing(cast: Cast) -> None:
    contract = sign(cast, valid_from=date(2026, 11, 1))
    amended(cast, contract, ANNA, on=date(2026, 11, 1))
    assert owed(contract) == [("Анна Лебедева", "open", DUE)]


def test_an_amendment_that_adds_nobody_new_changes_nothing(cast: Cast) -> None:
    contract = sign(cast, ANNA)
    with pytest.raises(ValidationError):
        amended(cast, contract, NamedPerson("Анна", " ANNA@example.org"))
    assert contract.revisions.count() == 1


def test_what_is_wrong_with_a_person_is_named_and_nothing_is_recorded(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refusal:
        sign(cast, ANNA, NamedPerson("Чужой", "stranger@example.org"), NamedPerson("", "нет адреса"))
    assert set(refusal.value.message_dict) == {"people-1-email", "people-2-email", "people-2-full_name"}


def test_who_has_access_already_is_owed_nothing(cast: Cast) -> None:
    contract = sign(cast, NamedPerson("Responsible", "responsible@example.org"))
    assert owed(contract) == []
    assert contract.named_people.get().user == cast.users["responsible"]
