"""The notifications room as a Django app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Registers the notifications room."""

    name = "mespace.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"
