"""The pages by which managers change calendars, as a Django app: templates and words."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Registers the pages by which managers change calendars."""

    name = "mespace.web.calendars"
    label = "web_calendars"
    default_auto_field = "django.db.models.BigAutoField"
