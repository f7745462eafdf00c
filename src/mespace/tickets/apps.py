"""The tickets room as a Django app."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """Registers the tickets room."""

    name = "mespace.tickets"
    label = "tickets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tickets are things that news can be about."""
        from mespace.accounts.subjects import register_subject
        from mespace.tickets.subject import SUBJECT

        register_subject(SUBJECT)
