"""The knowledge base as a Django app."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Registers the knowledge base."""

    name = "mespace.knowledge"
    label = "knowledge"
    default_auto_field = "django.db.models.BigAutoField"
