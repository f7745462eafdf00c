"""The pages about software that customers and staff share, as a Django app: templates and words."""

from django.apps import AppConfig


class SoftwareConfig(AppConfig):
    """Registers the pages about software."""

    name = "mespace.web.software"
    label = "web_software"
    default_auto_field = "django.db.models.BigAutoField"
