"""The knowledge base as a Django app."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Registers the knowledge base."""

    name = "mespace.knowledge"
    label = "knowledge"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make articles known as something that people are told about."""
        from mespace.accounts.subjects import register_subject
        from mespace.knowledge.news import SUBJECT

        register_subject(SUBJECT)
