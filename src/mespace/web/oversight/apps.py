"""The manager's home and the director's page as a Django app: templates and words."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Registers the manager's home and the director's page."""

    name = "mespace.web.oversight"
    label = "web_oversight"
    default_auto_field = "django.db.models.BigAutoField"
