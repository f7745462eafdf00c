"""The pages of reports as a Django app: templates, styles and words."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers the pages of reports."""

    name = "mespace.web.reports"
    label = "web_reports"
    default_auto_field = "django.db.models.BigAutoField"
