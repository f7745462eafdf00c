"""ИНН, КПП and ОГРН: made-up numbers whose check digits were reckoned by hand."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from mespace.customers.legal_entity import LegalEntity
from mespace.customers.models import Customer
from mespace.customers.requisites import check_inn, check_kpp, check_ogrn


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (check_inn, "7707083893"),
        (check_inn, "500100732259"),
        (check_kpp, "773601001"),
        (check_kpp, "7736AB001"),
        (check_ogrn, "1027700132195"),
        (check_ogrn, "304500116000157"),
    ],
)
def test_right_numbers(check: Callable[[str], None], value: str) -> None:
    check(value)


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (check_inn, "7707083894"),
        (check_inn, "7707083983"),  # two digits swapped
        (check_inn, "500100732258"),
        (check_inn, "500100732269"),
        (check_inn, "77070838931"),
        (check_inn, "770708389٣"),
        (check_inn, ""),
        (check_kpp, "77360100"),
        (check_kpp, "7736ab001"),
        (check_kpp, "7736АБ001"),
        (check_ogrn, "1027700132196"),
        (check_ogrn, "304500116000158"),
        (check_ogrn, "102770013219"),
    ],
)
def test_wrong_numbers(check: Callable[[str], None], value: str) -> None:
    with pytest.raises(ValidationError):
        check(value)


def test_spaces_and_dashes_are_left_out_and_nothing_known_is_null() -> None:
    customer = Customer()
    LegalEntity("77 0708-3893", " 7736 ab001 ", "", "  Москва,  д. 1 ").write_to(customer)
    assert (customer.inn, customer.kpp, customer.ogrn, customer.legal_address) == (
        "7707083893",
        "7736AB001",
        "",
        "Москва, д. 1",
    )
    LegalEntity().write_to(customer)
    assert customer.inn is None
