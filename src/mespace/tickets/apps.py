"""The tickets room as a Django app."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """Registers the tickets room."""

    name = "mespace.tickets"
    label = "tickets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tickets are things that news can be about; they tell whom a planned fix concerns."""
        from mespace.accounts.subjects import register_subject
        from mespace.obligations.kinds import register_concerned
        from mespace.products.planned_fix import CODE
        from mespace.tickets.queries.errors_concerning import errors_concerning
        from mespace.tickets.subject import SUBJECT

        register_subject(SUBJECT)
        register_concerned(CODE, errors_concerning)
