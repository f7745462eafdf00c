"""The sections of the managers' pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.web.staff_shell import staff_nav


def menu(request: HttpRequest, section: str = "") -> list[dict[str, Any]]:
    """The navigation, with `section` marked as the present one."""
    watches = request.actor.can(Permission.OVERSIGHT_READ)  # type: ignore[attr-defined]
    overview = [
        ("oversight:today", _("Today"), "layout-dashboard"),
        ("oversight:director", _("The whole promise"), "chart-bar"),
        ("reports:reaction", _("Reaction report"), "clock-check"),
        ("reports:work", _("Work by service"), "stopwatch"),
    ]
    items = [
        *(overview if watches else []),
        ("customers", _("Customers"), "building-factory-2"),
        ("contracts", _("Contracts"), "file-certificate"),
        ("onboarding", _("Onboarding"), "user-plus"),
        ("ledger:list", _("Obligations"), "list-check"),
        ("products", _("Software"), "package"),
        ("known_errors", _("Known errors"), "bug"),
        ("vendors", _("Other vendors"), "world"),
        ("editions", _("Regulation"), "gavel"),
        ("calendars", _("Calendar"), "calendar-event"),
        ("duty:roster", _("Duty roster"), "calendar-clock"),
        ("announcements:list", _("Announcements"), "speakerphone"),
    ]
    # The way back to the desk comes first; the rest of the staff's bar gives way to these sections.
    desk = [item for item in staff_nav(request).get("nav", []) if item["url"] == reverse("queue")]
    return desk + [
        {
            "url": reverse(name if ":" in name else f"manage:{name}"),
            "label": label,
            "icon": icon,
            "current": name == section,
        }
        for name, label, icon in items
    ]
