"""The pages about what the vendor owes as a Django app: templates and words."""

from django.apps import AppConfig


class LedgerPagesConfig(AppConfig):
    """Registers the ledger's pages."""

    name = "mespace.web.ledger"
    label = "web_ledger"
    default_auto_field = "django.db.models.BigAutoField"
