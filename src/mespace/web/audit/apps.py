"""The auditors' pages as a Django app: templates and words."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the auditors' pages."""

    name = "mespace.web.audit"
    label = "web_audit"
    default_auto_field = "django.db.models.BigAutoField"
