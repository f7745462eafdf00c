"""The account pages as a Django app: its templates come before allauth's."""

from django.apps import AppConfig


class AccountPagesConfig(AppConfig):
    """Registers the pages and listens to what allauth says about second factors."""

    name = "mespace.web.account"
    label = "web_account"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the receivers."""
        from mespace.web.account import second_factor

        second_factor.connect()
