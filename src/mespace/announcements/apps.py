"""The announcements room as a Django app."""

from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    """Registers the announcements room."""

    name = "mespace.announcements"
    label = "announcements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known what is news here, what is owed, and what is read along with every signed-in person."""
        from mespace.accounts.read_along import read_along
        from mespace.accounts.subjects import register_subject
        from mespace.announcements.banner import FLAG, something_is_current
        from mespace.announcements.obligation_kinds import MAINTENANCE_NOTICE, MAINTENANCE_RESTORE
        from mespace.announcements.subject import MAINTENANCE_SUBJECT, OUTAGE_SUBJECT
        from mespace.obligations.kinds import register

        register(MAINTENANCE_NOTICE)
        register(MAINTENANCE_RESTORE)
        register_subject(MAINTENANCE_SUBJECT)
        register_subject(OUTAGE_SUBJECT)
        read_along(FLAG, something_is_current)
