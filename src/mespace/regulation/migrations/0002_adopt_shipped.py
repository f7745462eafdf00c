"""The shipped production calendars and editions of the regulation become rows."""

from typing import Any

from django.db import migrations

from mespace.platform import clock
from mespace.regulation.operations.adopt_shipped import adopt_shipped


def adopt(apps: Any, schema_editor: Any) -> None:
    adopt_shipped(now=clock.now(), apps=apps)


class Migration(migrations.Migration):
    dependencies = [("regulation", "0001_release")]
    operations = [migrations.RunPython(adopt, migrations.RunPython.noop)]
