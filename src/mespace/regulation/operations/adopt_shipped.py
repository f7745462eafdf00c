"""The calendars and editions that the product ships become rows, once each."""

from datetime import datetime
from pathlib import Path

from django.apps import apps as present
from django.apps.registry import Apps
from django.db import transaction

from mespace.regulation.core.canonical import digest
from mespace.regulation.data.shipped import SHIPPED, calendar_codes, calendar_content, edition, edition_codes


class ShippedDiffersError(Exception):
    """A row has the code of a shipped edition and other content: neither may replace the other."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            f"edition {code} in the database differs from the shipped one of that code; "
            "ship the new content under a code of its own"
        )


@transaction.atomic
def adopt_shipped(*, now: datetime, apps: Apps = present, folder: Path = SHIPPED) -> list[str]:
    """Return the codes that were new and are adopted now; adopting again changes nothing.

    `apps` lets a migration pass its historical models; `folder` is where the data lies. Raises ShippedDiffersError
    when a code stands for two contents.
    """
    return [*_adopt_editions(apps, folder), *_adopt_calendars(apps, folder, now)]


def _adopt_editions(apps: Apps, folder: Path) -> list[str]:
    model = apps.get_model("regulation", "RegulationEdition")
    adopted = []
    for code in edition_codes(folder):
        shipped = edition(code, folder)
        row, is_new = model.objects.get_or_create(
            code=code,
            defaults={
                "title": shipped.title,
                "published_on": shipped.published_on,
                "in_force_from": shipped.in_force_from,
                "parameters": shipped.parameters.as_json(),
                "digest": shipped.parameters.digest(),
            },
        )
        if row.digest != shipped.parameters.digest():
            raise ShippedDiffersError(code)
        if is_new:
            adopted.append(code)
    return adopted


def _adopt_calendars(apps: Apps, folder: Path, now: datetime) -> list[str]:
    model = apps.get_model("regulation", "CalendarEdition")
    adopted = []
    for code in calendar_codes(folder):
        content = calendar_content(code, folder)
        row, is_new = model.objects.get_or_create(
            code=code, defaults={"adopted_at": now, "content": content, "digest": digest(content)}
        )
        if row.digest != digest(content):
            raise ShippedDiffersError(code)
        if is_new:
            adopted.append(code)
    return adopted
