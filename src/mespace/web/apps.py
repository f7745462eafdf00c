"""The web room as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the web room."""

    name = "mespace.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
