"""Every change of reference data leaves a row for auditors, however it was made."""

from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from mespace.accounts.models import User
from mespace.customers.models import Customer, Project, Site
from mespace.products.models import Product
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def rows(model: str, **wanted: Any) -> list[Any]:
    return list(apps.get_model(model).objects.filter(**wanted).order_by("pgh_id"))


def test_bulk_changes_and_deletions_are_kept_too(cast: Cast) -> None:
    Customer.objects.filter(pk=cast.factory.pk).update(note="Звонить главному инженеру.")
    Site.objects.filter(pk=cast.other_site.pk).update(is_active=False)
    assert [row.note for row in rows("customers.CustomerAudit", id=cast.factory.pk)] == [
        "",
        "Звонить главному инженеру.",
    ]
    assert [row.pgh_label for row in rows("customers.SiteAudit", id=cast.other_site.pk)] == ["insert", "update"]
    product = Product.objects.create(code="old", name="Старое")
    product.delete()
    assert [row.pgh_label for row in rows("products.ProductAudit", code="old")] == ["insert", "delete"]


def test_who_sees_which_site_and_what_a_contract_covers_is_kept(cast: Cast) -> None:
    membership = cast.users["colleague"].membership
    membership.sites.set([cast.other_site])
    labels = [
        (row.site_id, row.pgh_label) for row in rows("customers.MembershipSiteAudit", membership_id=membership.pk)
    ]
    assert labels == [(cast.site.pk, "insert"), (cast.site.pk, "delete"), (cast.other_site.pk, "insert")]
    cast.contract.products.remove(cast.product)
    assert rows("customers.ContractProductAudit", supportcontract_id=cast.contract.pk)[-1].pgh_label == "delete"


def test_neither_passwords_nor_counters_are_kept(cast: Cast) -> None:
    user = cast.users["agent"]
    before = len(rows("accounts.UserAudit", id=user.pk))
    user.set_password("another correct horse")
    user.save()
    User.objects.filter(pk=user.pk).update(last_login="2026-11-18T06:00:00Z")
    cast.file()
    assert len(rows("accounts.UserAudit", id=user.pk)) == before
    assert len(rows("customers.ProjectAudit", customer_id=cast.factory.pk)) == 1
    assert Project.objects.get(customer=cast.factory).last_number == 1
    fields = {field.name for field in apps.get_model("accounts.UserAudit")._meta.get_fields()}
    assert not fields & {"password", "last_login"}


def test_the_person_who_changed_it_is_named(cast: Cast) -> None:
    with pghistory.context(user=cast.manager.user_id):
        Customer.objects.filter(pk=cast.factory.pk).update(note="x")
    assert rows("customers.CustomerAudit", id=cast.factory.pk)[-1].pgh_context.metadata == {
        "user": cast.manager.user_id
    }


@pytest.mark.parametrize("statement", ["UPDATE {} SET note = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_audit_can_only_be_added_to(cast: Cast, statement: str) -> None:
    table = apps.get_model("customers.CustomerAudit")._meta.db_table
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_each_audit_is_named_as_such_has_room_and_is_closed_to_the_application() -> None:
    audits = [model for model in apps.get_models() if model.__name__.endswith("Audit")]
    assert {model.__name__ for model in audits} >= {
        "UserAudit",
        "CustomerAudit",
        "SupportContractAudit",
        "ProductAudit",
    }
    assert all(model._meta.pk.get_internal_type() == "BigAutoField" and model.append_only for model in audits)
