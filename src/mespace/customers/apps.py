"""The customers room as a Django app."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Registers the customers room."""

    name = "mespace.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known what is owed to customers, and that news can be about releases: who uses the software hears."""
        from mespace.accounts.subjects import register_subject
        from mespace.customers.onboarding.kind import ONBOARDING
        from mespace.customers.releases_seen import SUBJECT
        from mespace.obligations.kinds import register

        register(ONBOARDING)
        register_subject(SUBJECT)
