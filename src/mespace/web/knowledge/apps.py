"""The pages of the knowledge base, as a Django app: templates and words."""

from django.apps import AppConfig


class KnowledgePagesConfig(AppConfig):
    """Registers the knowledge base’s pages."""

    name = "mespace.web.knowledge"
    label = "web_knowledge"
    default_auto_field = "django.db.models.BigAutoField"
