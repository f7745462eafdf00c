"""The public status page as a Django app: templates and words."""

from django.apps import AppConfig


class StatusPagesConfig(AppConfig):
    """Registers the public status page."""

    name = "mespace.web.status"
    label = "web_status"
    default_auto_field = "django.db.models.BigAutoField"
