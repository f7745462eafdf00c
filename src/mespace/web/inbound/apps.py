"""The log of inbound mail as a Django app, for its templates and words."""

from django.apps import AppConfig


class InboundConfig(AppConfig):
    """Registers the pages about inbound mail."""

    name = "mespace.web.inbound"
    label = "web_inbound"
    default_auto_field = "django.db.models.BigAutoField"
