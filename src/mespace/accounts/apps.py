"""The accounts room as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the accounts room."""

    name = "mespace.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
