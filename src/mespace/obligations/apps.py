"""The obligations room as a Django app."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """Registers the obligations room."""

    name = "mespace.obligations"
    label = "obligations"
    default_auto_field = "django.db.models.BigAutoField"
