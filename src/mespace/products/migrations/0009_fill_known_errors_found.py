"""Known errors that were there before become findable by their words in any form."""

from typing import Any

from django.db import migrations

from mespace.platform.search import vector

BATCH = 500


def fill(apps: Any, schema_editor: Any) -> None:
    errors, entries = apps.get_model("products", "KnownError"), apps.get_model("products", "KnownErrorEntry")
    while batch := list(errors.objects.filter(entry=None).order_by("pk")[:BATCH]):
        entries.objects.bulk_create(
            entries(
                known_error=error,
                words=vector(a=f"{error.code} {error.title}", b=error.description, c=error.workaround),
            )
            for error in batch
        )


class Migration(migrations.Migration):
    dependencies = [("products", "0008_known_errors_found")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
