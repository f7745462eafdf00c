"""A responsible employee comes in by the factory's own sign-in: in time, again, and out."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from mespace.accounts.models import User
from mespace.customers.onboarding.models import ContractPerson
from mespace.customers.onboarding.naming import NamedPerson
from mespace.customers.operations.credentials_given import credentials_given
from mespace.customers.operations.name_responsible import name_responsible
from mespace.notifications.tests.jobs import queued
from mespace.obligations.queries.evidence import bundle_of
from mespace.platform.clock import SteppedClock
from mespace.platform.jobs import Job
from mespace.web.account.tests.organisations import go
from tests.cast import WEDNESDAY, Cast
from tests.flows.person import Person
from tests.infrastructure.openid import Member, OpenIdProvider, openid_provider
from tests.properties.judging import verifier

pytestmark = pytest.mark.django_db


@pytest.fixture
def sso(settings: Any) -> Iterator[OpenIdProvider]:
    with openid_provider() as running:
        settings.BASE_URL = "http://testserver"
        settings.OIDC_PROVIDERS = {"zavod": running.settings()}
        yield running


def test_access_is_given_in_time_without_a_password(
    cast: Cast, clock: SteppedClock, enter: Any, sso: OpenIdProvider
) -> None:
    named = name_responsible(
        actor=cast.manager,
        now=WEDNESDAY,
        contract_id=cast.contract.pk,
        person=NamedPerson("Анна Лебедева", "anna@example.org"),
        named_on=WEDNESDAY.date(),
    )
    manager: Person = enter("manager")
    page = f"/manage/responsible/{named.pk}/"
    manager.open(page).send(f"{page}invitation/")
    found = re.search(r"/account/link/[^/<\s]+/", manager.text)
    assert found

    clock.step(timedelta(hours=26))
    sso.member = Member("a.lebedeva", "lebedeva@zavod.example", {})  # the factory calls her otherwise
    anna = Client()
    assert "Войти через «Завод»" in anna.get(found[0]).content.decode()
    assert go(anna, f"{found[0]}by/zavod/").status_code == 302
    assert anna.get("/tickets/").status_code == 200

    (job,) = queued(Job.CREDENTIALS_GIVEN)
    clock.step(timedelta(minutes=1))
    at = datetime.fromisoformat(job["at"])
    credentials_given(user_id=job["user_id"], now=clock_now(), at=at, how=job["how"])
    person = ContractPerson.objects.select_related("obligation").get(pk=named.pk)
    assert person.obligation is not None
    assert (person.handed_over_at, person.obligation.state) == (WEDNESDAY + timedelta(hours=26), "fulfilled")
    verifier().verify(json.dumps(bundle_of(person.obligation, as_of=clock_now())).encode())

    manager.open(page)
    assert "сотрудник вошёл через организацию" in manager.text
    assert "входит через организацию" in manager.text
    assert not manager.offers(f"{page}invitation/")
    assert "19.11.2026" in manager.text  # the first sign-in

    # Weeks later she comes back by the button alone; disabled here, she is out although the factory lets her in.
    clock.step(timedelta(days=20))
    again = Client()
    assert go(again).status_code == 302
    assert again.get("/tickets/").status_code == 200
    User.objects.filter(email="anna@example.org").update(is_active=False)
    assert again.get("/tickets/").status_code == 302
    assert go(Client())["Location"] == "/account/inactive/"


def clock_now() -> datetime:
    from mespace.platform.clock import now

    return now()
