"""The tickets room as a Django app."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """Registers the tickets room."""

    name = "mespace.tickets"
    label = "tickets"
    default_auto_field = "django.db.models.BigAutoField"
