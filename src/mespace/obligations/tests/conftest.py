"""A kind of obligation for tests, known to the product while a test runs."""

from collections.abc import Iterator

import pytest

from mespace.obligations.tests.making import registered


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with registered():
        yield
