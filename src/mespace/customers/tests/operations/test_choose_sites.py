from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from mespace.accounts.actor import NOBODY, Refused
from mespace.accounts.errors import PersonNotFound
from mespace.customers.actors import actor_of
from mespace.customers.models import Customer, Membership
from mespace.customers.operations.choose_sites import choose_sites
from mespace.platform.rows import RowNotFound


def choose(cast: Any, who: str, whom: str = "colleague", **more: Any) -> Membership:
    wanted = {"site_ids": [cast.other_site.pk], "home_site_id": None} | more
    return choose_sites(actor=cast.actors[who], user_id=cast.users[whom].pk, **wanted)


@pytest.mark.parametrize("who", ["manager", "responsible"])
def test_the_person_sees_these_sites_from_then_on(cast: Any, who: str) -> None:
    Customer.objects.filter(pk=cast.factory.pk).update(narrow_to_sites=True)
    membership = choose(cast, who)
    assert (set(membership.sites.all()), membership.home_site) == ({cast.other_site}, None)
    assert actor_of(cast.users["colleague"]).site_ids == {cast.other_site.pk}
    choose(cast, who, home_site_id=cast.site.pk)
    assert actor_of(cast.users["colleague"]).site_ids == {cast.site.pk, cast.other_site.pk}
    choose(cast, who, site_ids=[])
    assert actor_of(cast.users["colleague"]).site_ids == set()


def test_the_change_is_kept_for_auditors_with_who_made_it(cast: Any) -> None:
    with pghistory.context(user=cast.responsible.user_id):
        membership = choose(cast, "responsible")
    rows = apps.get_model("customers.MembershipSiteAudit").objects.filter(membership_id=membership.pk)
    last = list(rows.order_by("-pgh_id")[:2])
    assert {(row.site_id, row.pgh_label) for row in last} == {(cast.site.pk, "delete"), (cast.other_site.pk, "insert")}
    assert {row.pgh_context.metadata["user"] for row in last} == {cast.responsible.user_id}


@pytest.mark.parametrize(
    ("who", "whom", "refusal"),
    [
        ("responsible", "responsible", Refused),
        ("responsible", "stranger", PersonNotFound),
        ("responsible", "agent", PersonNotFound),
        ("manager", "agent", Refused),
        ("engineer", "colleague", Refused),
        ("agent", "colleague", Refused),
        ("contractor", "colleague", Refused),
        ("director", "colleague", Refused),
        ("auditor", "colleague", Refused),
        ("administrator", "colleague", Refused),
    ],
)
def test_who_may_not(cast: Any, who: str, whom: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        choose(cast, who, whom)
    with pytest.raises(Refused):
        choose_sites(actor=NOBODY, user_id=cast.users[whom].pk, site_ids=[], home_site_id=None)


def test_another_customer_s_site_is_none_to_choose(cast: Any) -> None:
    foreign = cast.rival.sites.get()
    for changes in ({"site_ids": [foreign.pk]}, {"home_site_id": foreign.pk}):
        with pytest.raises(ValidationError) as refusal:
            choose(cast, "responsible", **changes)
        assert list(refusal.value.message_dict) == ["sites"]
    assert list(cast.users["colleague"].membership.sites.all()) == [cast.site]


def test_staff_have_no_sites(cast: Any) -> None:
    cast.users["colleague"].membership.sites.clear()
    cast.users["colleague"].membership.delete()
    with pytest.raises(RowNotFound):
        choose(cast, "manager")
