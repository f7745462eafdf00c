"""The ledger room as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers the ledger room."""

    name = "mespace.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
