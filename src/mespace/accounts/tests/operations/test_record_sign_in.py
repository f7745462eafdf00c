from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from mespace.accounts.models import SignIn, SignInKind
from mespace.accounts.operations.record_sign_in import network_of, record_sign_in
from tests.cast import WEDNESDAY


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1234:5678::1", "2001:db8:1234::/48"),
        ("", ""),
        ("unknown", ""),
    ],
)
def test_the_address_is_cut_to_its_network(ip: Any, network: Any) -> None:
    assert network_of(ip) == network


@pytest.mark.django_db
def test_a_line_can_be_added_but_not_changed() -> None:
    line = record_sign_in(
        now=WEDNESDAY, kind=SignInKind.PASSWORD, user_id=None, ip="203.0.113.77", user_agent="Fire\nfox" + "x" * 300
    )
    line.refresh_from_db()
    assert line.user_agent == ("Fire fox" + "x" * 300)[:200]
    for change in (lambda: SignIn.objects.update(kind="passkey"), lambda: SignIn.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
