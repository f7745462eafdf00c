"""The customers room as a Django app."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Registers the customers room."""

    name = "mespace.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known what is owed to customers."""
        from mespace.customers.onboarding.kind import ONBOARDING
        from mespace.obligations.kinds import register

        register(ONBOARDING)
