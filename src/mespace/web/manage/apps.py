"""The managers' pages as a Django app, for their templates, styles and words."""

from django.apps import AppConfig


class ManageConfig(AppConfig):
    """Registers the managers' pages."""

    name = "mespace.web.manage"
    label = "web_manage"
    default_auto_field = "django.db.models.BigAutoField"
