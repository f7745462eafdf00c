"""What an auditor reads of the row audit."""

import re
from typing import Any

import pghistory
import pytest
from django.test import Client
from django.urls import reverse

from mespace.accounts import audit_trail
from mespace.accounts.actor import Refused
from mespace.customers.models import Customer, Site
from mespace.products.models import Product
from mespace.web.audit.words import TABLES
from tests.cast import Cast

pytestmark = pytest.mark.django_db
CUSTOMERS = "customers-customer"


@pytest.fixture
def auditor(cast: Cast, client: Client) -> Client:
    client.force_login(cast.users["auditor"])
    return client


def test_every_audited_table_is_listed_and_can_be_read(cast: Cast, auditor: Client) -> None:
    listed = audit_trail.tables(actor=cast.auditor)
    assert {"accounts-user", CUSTOMERS, "customers-contractproduct", "products-product"} <= {row.name for row in listed}
    page = auditor.get(reverse("audit_tables"))
    assert page.status_code == 200
    for row in listed:
        assert auditor.get(reverse("audit_changes", args=[row.name])).status_code == 200, row.name


def test_every_audited_table_has_a_name_in_the_reader_s_language(cast: Cast) -> None:
    assert {row.name for row in audit_trail.tables(actor=cast.auditor)} == TABLES.keys()


def test_a_change_is_told_by_field_with_the_person_behind_it(cast: Cast, auditor: Client) -> None:
    with pghistory.context(user=cast.manager.user_id):
        Customer.objects.filter(pk=cast.factory.pk).update(note="Звонить Петру", short_name="Завод-1")
    change = audit_trail.changes(actor=cast.auditor, table=CUSTOMERS).rows[0]
    assert (change.kind, change.person, change.row) == ("update", cast.users["manager"], "Завод-1")
    told = {(field.before, field.after) for field in change.fields}
    assert told == {("Завод", "Завод-1"), ("", "Звонить Петру")}
    page = auditor.get(reverse("audit_changes", args=[CUSTOMERS])).content.decode()
    assert "<del>Завод</del> → <ins>Завод-1</ins>" in page
    assert cast.users["manager"].full_name in page


def test_other_rows_are_named_and_links_are_told(cast: Cast) -> None:
    Site.objects.create(customer=cast.factory, name="Новая")
    site = audit_trail.changes(actor=cast.auditor, table="customers-site").rows[0]
    assert cast.factory.short_name in {field.after for field in site.fields}
    cast.contract.products.remove(cast.product)
    link = audit_trail.changes(actor=cast.auditor, table="customers-contractproduct").rows[0]
    assert link.kind == "delete"
    assert cast.product.name in {field.before for field in link.fields}


def test_what_was_deleted_can_still_be_read(cast: Cast) -> None:
    product = Product.objects.create(code="old", name="Старое")
    product_id = product.pk
    product.delete()
    rows = audit_trail.changes(actor=cast.auditor, table="products-product", row_id=product_id).rows
    assert [row.kind for row in rows] == ["delete", "insert"]
    assert "Старое" in {field.before for field in rows[0].fields}


def test_one_row_s_and_one_person_s_changes_are_found(cast: Cast) -> None:
    Customer.objects.filter(pk=cast.factory.pk).update(note="y")
    with pghistory.context(user=cast.manager.user_id):
        Customer.objects.filter(pk=cast.rival.pk).update(note="x")
    of_row = audit_trail.changes(actor=cast.auditor, table=CUSTOMERS, row_id=cast.rival.pk).rows
    assert {row.row_id for row in of_row} == {cast.rival.pk}
    of_person = audit_trail.changes(actor=cast.auditor, table=CUSTOMERS, person_id=cast.manager.user_id).rows
    assert [row.row_id for row in of_person] == [cast.rival.pk]


def test_long_histories_are_paged_with_few_statements(
    cast: Cast, auditor: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(audit_trail.PAGE + 5):
        Site.objects.filter(pk=cast.site.pk).update(name=f"Имя {number}")
    with django_assert_max_num_queries(12):
        first = auditor.get(reverse("audit_changes", args=["customers-site"])).content.decode()
    assert len(re.findall("<del>Имя", first)) == audit_trail.PAGE
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older
    assert "<del>Имя 0</del>" in auditor.get(older[1].replace("&amp;", "&")).content.decode()
    with django_assert_max_num_queries(6):
        auditor.get(reverse("audit_tables"))


def test_junk_in_the_address_finds_nothing(auditor: Client) -> None:
    url = reverse("audit_changes", args=[CUSTOMERS])
    for query in ({"row": "x"}, {"person": "9" * 30}, {"before": "-1"}, {"row": "999999"}):
        assert auditor.get(url, query).status_code == 200


def test_only_auditors_read_it(cast: Cast) -> None:
    for who in ("manager", "director", "administrator", "agent", "engineer"):
        with pytest.raises(Refused):
            audit_trail.tables(actor=cast.actors[who])
        with pytest.raises(Refused):
            audit_trail.changes(actor=cast.actors[who], table=CUSTOMERS)
