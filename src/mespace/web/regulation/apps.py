"""The regulation's pages as a Django app: templates and words."""

from django.apps import AppConfig


class RegulationPagesConfig(AppConfig):
    """Registers the regulation's pages."""

    name = "mespace.web.regulation"
    label = "web_regulation"
    default_auto_field = "django.db.models.BigAutoField"
