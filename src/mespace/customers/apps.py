"""The customers room as a Django app."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Registers the customers room."""

    name = "mespace.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known who belongs to whom, what is owed to customers, and what news can be about."""
        from mespace.accounts.read_along import read_along
        from mespace.accounts.subjects import register_subject
        from mespace.customers import actors, contract_news, releases_seen
        from mespace.customers.onboarding.kind import ONBOARDING
        from mespace.obligations.kinds import register

        read_along(actors.ALONG, actors.place)
        register(ONBOARDING)
        register_subject(contract_news.SUBJECT)
        register_subject(releases_seen.SUBJECT)
