"""The pages behind the bell as a Django app: templates and words."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers the pages behind the bell."""

    name = "mespace.web.notices"
    label = "web_notices"
    default_auto_field = "django.db.models.BigAutoField"
