"""Contracts recorded before there were revisions get their first one, as they stand."""

from typing import Any

from django.db import migrations

from mespace.platform import clock

BATCH = 500


def add_first_revisions(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's signature
    """In batches, each contract without a revision; running it twice adds nothing."""
    contracts = apps.get_model("customers", "SupportContract")
    revisions = apps.get_model("customers", "ContractRevision")
    covered = contracts.products.through
    linked = revisions.products.through
    now = clock.now()
    while rows := list(contracts.objects.filter(revisions__isnull=True).order_by("pk")[:BATCH]):
        made = revisions.objects.bulk_create(
            revisions(
                contract=row,
                number=1,
                kind="signed",
                made_at=now,
                effective_on=row.valid_from,
                contract_number=row.number,
                title=row.title,
                type=row.type,
                form=row.form,
                signed_on=row.signed_on,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                accepted_edition_id=row.accepted_edition_id,
                division_of_responsibility=row.division_of_responsibility,
            )
            for row in rows
        )
        of = {revision.contract_id: revision.pk for revision in made}
        links = covered.objects.filter(supportcontract_id__in=of).values_list("supportcontract_id", "product_id")
        linked.objects.bulk_create(
            linked(contractrevision_id=of[contract], product_id=product) for contract, product in links
        )


class Migration(migrations.Migration):
    dependencies = [("customers", "0004_contract_revisions")]

    operations = [migrations.RunPython(add_first_revisions, migrations.RunPython.noop, elidable=True)]
