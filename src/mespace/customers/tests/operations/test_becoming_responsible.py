"""Whoever becomes a responsible employee is named in a contract, and access is owed to who has none (3.1, 4.2)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mespace.accounts.permissions import Role
from mespace.customers.models import Membership, SupportContract
from mespace.customers.onboarding.models import ContractPerson
from mespace.customers.operations.add_person import add_person
from mespace.customers.operations.change_person import change_person
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def added(cast: Cast, **more: Any) -> Membership:
    common = {"email": "new@example.org", "full_name": "Новая Анна", "role": Role.RESPONSIBLE, "job_title": "Технолог"}
    return add_person(actor=cast.manager, now=WEDNESDAY, customer_id=cast.factory.pk, **{**common, **more})


def made_responsible(cast: Cast, name: str, **more: Any) -> Membership:
    common = {"full_name": name, "role": Role.RESPONSIBLE, "job_title": "", "phone": "", "site_ids": ()}
    user_id = cast.users[name].pk
    return change_person(actor=cast.manager, now=WEDNESDAY, user_id=user_id, home_site_id=None, **{**common, **more})


def second_contract(cast: Cast, **more: Any) -> SupportContract:
    row = SupportContract.objects.get(pk=cast.contract.pk)
    row.pk, row.number = None, "ТП-2"
    for name, value in more.items():
        setattr(row, name, value)
    row.save()
    return row


def naming(membership: Membership) -> ContractPerson:
    return ContractPerson.objects.select_related("obligation", "contract").get(user=membership.user)


def test_a_new_responsible_employee_is_named_and_owed_access_from_today(cast: Cast) -> None:
    row = naming(added(cast))
    assert (row.contract, row.named_on, row.job_title) == (cast.contract, WEDNESDAY.date(), "Технолог")
    assert row.obligation is not None
    assert (row.obligation.due_at, row.obligation.owed_to, row.obligation.state) == (DUE, cast.factory.pk, "open")


def test_named_at_the_signing_it_is_broken_from_the_start(cast: Cast) -> None:
    row = naming(added(cast, named_on=cast.contract.signed_on))
    assert row.obligation is not None
    assert (row.obligation.state, row.obligation.was_entered_late) == ("missed", True)


def test_an_ordinary_person_is_named_in_no_contract(cast: Cast) -> None:
    added(cast, role=Role.CUSTOMER_USER, contract_id=cast.contract.pk)
    assert not ContractPerson.objects.exists()


def test_who_has_access_is_named_and_owed_nothing(cast: Cast) -> None:
    row = naming(made_responsible(cast, "engineer"))
    assert (row.named_on, row.obligation) == (WEDNESDAY.date(), None)


def test_who_was_never_let_in_is_owed_access_when_becoming_responsible(cast: Cast) -> None:
    cast.users["engineer"].set_unusable_password()
    cast.users["engineer"].save()
    row = naming(made_responsible(cast, "engineer"))
    assert row.obligation is not None
    assert row.obligation.due_at == DUE


def test_who_is_responsible_already_is_not_named_by_a_change(cast: Cast) -> None:
    made_responsible(cast, "responsible", phone="+7 900 000-00-00")
    assert not ContractPerson.objects.exists()


def test_of_several_contracts_one_must_be_said(cast: Cast) -> None:
    second = second_contract(cast)
    for become in (lambda: added(cast), lambda: made_responsible(cast, "engineer")):
        with pytest.raises(ValidationError) as refusal:
            become()
        assert list(refusal.value.message_dict) == ["contract"]
    assert naming(added(cast, contract_id=second.pk)).contract == second


def test_without_a_valid_contract_nothing_is_owed_and_one_ahead_may_be_chosen(cast: Cast) -> None:
    SupportContract.objects.filter(pk=cast.contract.pk).update(valid_from=date(2027, 1, 1))
    added(cast)
    assert not ContractPerson.objects.exists()
    assert naming(made_responsible(cast, "engineer", contract_id=cast.contract.pk)).contract == cast.contract


@pytest.mark.parametrize("which", ["ended", "another customer's"])
def test_no_other_contract_names_anybody(cast: Cast, which: str) -> None:
    changes: dict[str, Any] = {"customer": cast.rival, "number": "ТП-R"}
    if which == "ended":
        changes = {"valid_until": WEDNESDAY.date() - timedelta(days=1)}
    other = second_contract(cast, **changes)
    with pytest.raises(ValidationError) as refusal:
        added(cast, contract_id=other.pk)
    assert list(refusal.value.message_dict) == ["contract"]


def test_a_day_to_come_is_refused_beside_its_field(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refusal:
        added(cast, named_on=WEDNESDAY.date() + timedelta(days=1))
    assert list(refusal.value.message_dict) == ["named_on"]
