"""The desk as a Django app: its templates, static files and words."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the desk."""

    name = "mespace.web.desk"
    label = "web_desk"
    default_auto_field = "django.db.models.BigAutoField"
