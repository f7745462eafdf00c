from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from mespace.accounts.actor import Refused
from mespace.accounts.operations.reset_second_factor import reset_second_factor


def test_the_factor_and_the_sessions_are_gone(cast: Any) -> None:
    TOTP.activate(cast.users["agent"], "JBSWY3DPEHPK3PXP")
    client = Client()
    client.force_login(cast.users["agent"])
    reset_second_factor(actor=cast.administrator, user_id=cast.agent.user_id)
    assert not Authenticator.objects.exists()
    assert client.get("/account/profile/").status_code == 302


@pytest.mark.parametrize("who", ["agent", "manager", "director", "auditor", "responsible", "engineer"])
def test_who_may_not(cast: Any, who: Any) -> None:
    with pytest.raises(Refused):
        reset_second_factor(actor=cast.actors[who], user_id=cast.engineer.user_id)
