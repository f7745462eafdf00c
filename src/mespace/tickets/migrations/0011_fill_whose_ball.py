"""Tickets that were there before get their columns of whose ball it was, from their logs."""

from typing import Any

from django.db import migrations

from mespace.regulation.core.verdict import verdict
from mespace.regulation.queries import parameters_of
from mespace.tickets.clocks import calendars_of, set_time
from mespace.tickets.events import CLOCKLESS
from mespace.tickets.facts import facts_of

BATCH = 500
COLUMNS = ["time_vendor", "time_customer", "time_third_party", "time_outside", "time_to", "time_calendar"]


def fill(apps: Any, schema_editor: Any) -> None:
    tickets, events = apps.get_model("tickets", "Ticket"), apps.get_model("ledger", "Event")
    rows = tickets.objects.filter(time_to=None).order_by("pk")
    while batch := list(rows.select_related("regulation_edition")[:BATCH]):
        logs: dict[Any, list[Any]] = {ticket.stream_id: [] for ticket in batch}
        for event in events.objects.filter(stream_id__in=logs).order_by("stream_id", "seq"):
            logs[event.stream_id].append(event)
        for ticket in batch:
            log, code = logs[ticket.stream_id], ticket.regulation_edition.code
            facts = facts_of(log)
            last = next(event for event in reversed(log) if event.kind not in CLOCKLESS)
            as_of = int(last.at.timestamp())
            set_time(ticket, facts, verdict(facts, calendars_of(facts, code), parameters_of(code), as_of))
        tickets.objects.bulk_update(batch, COLUMNS)


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0010_whose_ball_and_reports"),
        ("regulation", "0002_adopt_shipped"),
        ("ledger", "0001_initial"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
