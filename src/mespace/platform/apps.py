"""The platform room as a Django app."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Registers the platform room."""

    name = "mespace.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"
