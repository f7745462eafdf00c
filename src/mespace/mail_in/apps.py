"""The mail-in room as a Django app."""

from django.apps import AppConfig


class MailInConfig(AppConfig):
    """Registers the room."""

    name = "mespace.mail_in"
    label = "mail_in"
    default_auto_field = "django.db.models.BigAutoField"
