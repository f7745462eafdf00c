"""The regulation room as a Django app."""

from django.apps import AppConfig


class RegulationConfig(AppConfig):
    """Registers the regulation room."""

    name = "mespace.regulation"
    label = "regulation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make editions, of the regulation and of the calendar, known as something that people are told about."""
        from mespace.accounts.subjects import register_subject
        from mespace.regulation import news, subject

        register_subject(news.SUBJECT)
        register_subject(subject.SUBJECT)
