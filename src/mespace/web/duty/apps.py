"""The pages about duty and absences as a Django app: templates, styles and words."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """Registers the pages about duty and absences."""

    name = "mespace.web.duty"
    label = "web_duty"
    default_auto_field = "django.db.models.BigAutoField"
