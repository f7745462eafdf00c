"""The obligations room as a Django app."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """Registers the obligations room."""

    name = "mespace.obligations"
    label = "obligations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known the notice that is owed of each new edition."""
        from mespace.obligations.edition_notice import EDITION_NOTICE
        from mespace.obligations.kinds import register

        register(EDITION_NOTICE)
