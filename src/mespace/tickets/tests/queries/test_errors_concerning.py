"""Whom a planned fix concerns: in the ledger, each customer sees its own errors and no other's."""

from datetime import date
from typing import Any

import pytest

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Role
from mespace.customers.models import Installation
from mespace.obligations.models import Obligation
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import KnownError
from mespace.products.operations.add_known_error import add_known_error
from mespace.tickets.models import Ticket
from mespace.tickets.operations.link_known_error import link_known_error, unlink_known_error
from mespace.tickets.queries.errors_concerning import errors_concerning
from mespace.tickets.queries.owed import OwedFilter, owed, owed_counts
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
CONFIRMED = Confirmation("Руководство", "Сменить задание", "Чистая установка")


@pytest.fixture
def error(cast: Cast) -> KnownError:
    return add_known_error(
        actor=cast.manager,
        now=WEDNESDAY,
        product_id=cast.product.pk,
        code="KE-9",
        title="Ошибка",
        confirmation=CONFIRMED,
        fix=Fix(planned_for_id=cast.build.pk, planned_on=date(2026, 12, 20)),
    )


@pytest.fixture(autouse=True)
def _rivals_responsible(cast: Cast) -> None:
    cast.actors["stranger_responsible"] = Actor.of(
        user_id=cast.users["stranger"].pk, roles=[Role.RESPONSIBLE], customer_id=cast.rival.pk, name="Чужой"
    )


def seen(cast: Cast, who: str) -> list[tuple[str, str]]:
    """What a person finds in the ledger of planned fixes: title and address."""
    rows = owed(actor=cast.actors[who], now=WEDNESDAY, wanted=OwedFilter(kind="planned_fix")).rows
    return [(row.whom.title, row.whom.url) if row.whom else ("", "") for row in rows]


def test_linked_tickets_concern_their_customer(cast: Cast, error: KnownError) -> None:
    ticket = cast.file()
    assert (seen(cast, "responsible"), seen(cast, "stranger_responsible")) == ([], [])
    link_known_error(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, known_error_id=error.pk)
    assert seen(cast, "responsible") == [("KE-9 · Ошибка", f"/known-errors/{error.pk}/")]
    assert seen(cast, "stranger_responsible") == []
    assert seen(cast, "manager") == [("KE-9 · Ошибка", f"/manage/known-errors/{error.pk}/")]
    unlink_known_error(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, reason="Не она")
    assert seen(cast, "responsible") == []


@pytest.mark.parametrize("how", ["build", "version"])
def test_sites_that_run_what_it_affects_concern_their_customer(cast: Cast, error: KnownError, how: str) -> None:
    Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    assert seen(cast, "responsible") == []
    if how == "build":
        error.affected_builds.add(cast.build)
    else:
        error.affected_versions.add(cast.build.version)
    assert [title for title, _url in seen(cast, "responsible")] == ["KE-9 · Ошибка"]
    assert seen(cast, "stranger_responsible") == []
    cast.site.is_active = False
    cast.site.save()
    assert seen(cast, "responsible") == []


def test_staff_narrow_the_ledger_to_a_customer(cast: Cast, error: KnownError) -> None:
    Ticket.objects.filter(pk=cast.file().pk).update(known_error=error)
    for customer, count in ((cast.factory, 1), (cast.rival, 0)):
        wanted = OwedFilter(kind="planned_fix", customer=customer.pk)
        assert len(owed(actor=cast.manager, now=WEDNESDAY, wanted=wanted).rows) == count
    counts: Any = owed_counts(actor=cast.manager, now=WEDNESDAY, customer=cast.factory.pk)
    assert counts.owed == 2  # the reaction, too
    assert list(errors_concerning(cast.rival.pk)) == []


def test_without_somebody_who_says_whom_it_concerns_no_customer_sees_it(
    cast: Cast, error: KnownError, monkeypatch: Any
) -> None:
    from mespace.obligations import kinds

    Ticket.objects.filter(pk=cast.file().pk).update(known_error=error)
    monkeypatch.setattr(kinds, "_concerned", {})
    assert not Obligation.objects.visible_to(cast.responsible).exists()
    assert Obligation.objects.visible_to(cast.manager).exists()
