"""Rows of reference data: somebody else is faster, and what is in use stays."""

import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from mespace.platform.rows import InUse, RowNotFound, delete_unused, found, locked, save_checked
from mespace.products.models import Component, OtherVendor, Product
from tests.cast import Cast


@pytest.mark.django_db
def test_a_value_that_another_row_has_is_told_beside_its_field(cast: Cast) -> None:
    Component.objects.create(product=cast.product, name="Печать")
    for row, field in (
        (Component(product=cast.product, name="Печать"), "name"),
        (Product(code=cast.product.code, name="Другое"), "code"),
    ):
        with pytest.raises(ValidationError) as refusal:
            save_checked(row, taken="занято")
        assert refusal.value.message_dict == {field: ["занято"]}
    with pytest.raises(ValidationError) as refusal:
        save_checked(Component(product=cast.product, name=""), taken="занято")
    assert "занято" not in refusal.value.message_dict["name"]


@pytest.mark.django_db
def test_an_absent_row_is_not_found(cast: Cast) -> None:
    assert locked(Product, cast.product.pk) == found(Product.objects.all(), cast.product.pk) == cast.product
    for number in (0, 2_000_000_000, 2**70):
        with pytest.raises(RowNotFound):
            locked(Product, number)
        with pytest.raises(RowNotFound):
            found(Product.objects.all(), number)


@pytest.mark.django_db
def test_deleting_does_not_read_what_refers_to_the_row(cast: Cast, django_assert_max_num_queries: Any) -> None:
    Component.objects.bulk_create(Component(product=cast.product, name=str(number)) for number in range(50))
    with django_assert_max_num_queries(5), pytest.raises(InUse):
        delete_unused(cast.product)
    assert Product.objects.filter(pk=cast.product.pk).exists()
    delete_unused(cast.vendor)
    assert not OtherVendor.objects.exists()


def test_of_two_who_take_a_name_at_once_one_is_told(own_database: Any) -> None:
    waiting, told = threading.Event(), []

    def second() -> None:
        try:
            with transaction.atomic():
                row = OtherVendor(name="Весы", how_to_reach="Так.")
                row.full_clean()
                waiting.set()  # it has looked, and seen nothing
                save_checked(row, taken="занято")
        except ValidationError as refusal:
            told.append(refusal.message_dict)
        finally:
            connection.close()

    with transaction.atomic():
        save_checked(OtherVendor(name="Весы", how_to_reach="Раньше."), taken="занято")
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(10)
    thread.join(10)
    assert told == [{"name": ["занято"]}]
    assert OtherVendor.objects.get().how_to_reach == "Раньше."
