"""Mails that make the code fail, or end it: put aside, shown, tried again; the others go on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from mespace.accounts.actor import Refused
from mespace.mail_in.models import Inbound
from mespace.mail_in.operations import handle_inbound as handling
from mespace.mail_in.operations.handle_inbound import MOST_ATTEMPTS, handle_inbound, waiting
from mespace.mail_in.operations.try_again import try_again
from mespace.mail_in.tests import corpus
from mespace.mail_in.tests.conftest import NOW
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Take = Callable[..., Inbound]


def test_a_mail_that_makes_the_code_fail_ends_in_quarantine_and_holds_up_nobody(
    cast: Cast, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_args: Any, **_kwargs: Any) -> None:
        msg = "text of the mail"
        raise RuntimeError(msg)

    ordinary = handling.route
    monkeypatch.setattr(handling, "route", explode)
    inbound = take(corpus.plain())
    monkeypatch.setattr(handling, "route", ordinary)
    assert take(corpus.plain(message_id="<other@x>")).outcome == "contact"
    monkeypatch.setattr(handling, "route", explode)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        at = NOW + timedelta(hours=attempt)
        for pk in waiting(now=at):
            handle_inbound(inbound_id=pk, now=at)
    inbound.refresh_from_db()
    assert (inbound.state, inbound.error) == ("quarantined", "RuntimeError")
    assert waiting(now=NOW + timedelta(days=9)) == []
    monkeypatch.setattr(handling, "route", ordinary)
    with pytest.raises(Refused):
        try_again(actor=cast.auditor, now=NOW, inbound_id=inbound.pk)
    try_again(actor=cast.administrator, now=NOW + timedelta(days=1), inbound_id=inbound.pk)
    handle_inbound(inbound_id=inbound.pk, now=NOW + timedelta(days=1))
    inbound.refresh_from_db()
    assert inbound.outcome == "contact"


def test_a_mail_that_kills_the_process_ends_in_quarantine(
    cast: Cast, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_args: Any, **_kwargs: Any) -> None:
        raise Killed

    monkeypatch.setattr(handling, "route", die)
    inbound = take(corpus.plain(), handle=False)
    for attempt in range(MOST_ATTEMPTS + 1):
        at = NOW + timedelta(hours=attempt)
        try:
            handle_inbound(inbound_id=inbound.pk, now=at)
        except Killed:
            continue
    inbound.refresh_from_db()
    assert (inbound.state, inbound.error) == ("quarantined", "Died")


def test_a_database_that_is_away_is_not_the_mail_s_fault(
    cast: Cast, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(handling, "route", away)
    inbound = take(corpus.plain())
    assert (inbound.state, inbound.attempts) == ("waiting", 0)
