"""The customers room as a Django app."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Registers the customers room."""

    name = "mespace.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known what is owed to customers, and what news can be about: contracts, and releases of what is used."""
        from mespace.accounts.subjects import register_subject
        from mespace.customers import contract_news, releases_seen
        from mespace.customers.onboarding.kind import ONBOARDING
        from mespace.obligations.kinds import register

        register(ONBOARDING)
        register_subject(contract_news.SUBJECT)
        register_subject(releases_seen.SUBJECT)
