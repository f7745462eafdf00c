"""Tickets filed before contracts had revisions rest on the first one, which is what their contract said."""

from typing import Any

from django.db import migrations

BATCH = 5_000


def fill(apps: Any, schema_editor: Any) -> None:
    """In batches by number, each committed by itself; running it twice changes nothing."""
    connection = schema_editor.connection
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT max(id) FROM (SELECT id FROM tickets_ticket WHERE id > %s ORDER BY id LIMIT %s) AS batch",
                [last, BATCH],
            )
            (end,) = cursor.fetchone()
            if end is None:
                return
            cursor.execute(
                "UPDATE tickets_ticket SET contract_revision_id = revision.id FROM customers_contractrevision revision"
                " WHERE revision.contract_id = tickets_ticket.contract_id AND revision.number = 1"
                " AND tickets_ticket.contract_revision_id IS NULL AND tickets_ticket.id > %s AND tickets_ticket.id <= %s",
                [last, end],
            )
        last = end


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0003_contract_revision"), ("customers", "0005_first_revisions")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
