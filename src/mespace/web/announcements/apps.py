"""The pages about planned work and outages as a Django app: templates, styles and words."""

from django.apps import AppConfig


class AnnouncementPagesConfig(AppConfig):
    """Registers the pages about planned work and outages."""

    name = "mespace.web.announcements"
    label = "web_announcements"
    default_auto_field = "django.db.models.BigAutoField"
