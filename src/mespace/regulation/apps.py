"""The regulation room as a Django app."""

from django.apps import AppConfig


class RegulationConfig(AppConfig):
    """Registers the regulation room."""

    name = "mespace.regulation"
    label = "regulation"
    default_auto_field = "django.db.models.BigAutoField"
