"""What staff find in the top bar of pages outside the desk."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.accounts.actor import NOBODY, Actor
from mespace.accounts.permissions import Permission
from mespace.platform.folding.address import address


def staff_nav(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`, `palette_url` and `home_url` for staff; nothing for customers and strangers."""
    actor: Actor = getattr(request, "actor", NOBODY)
    if not actor.is_staff:
        return {}
    sees_tickets = actor.can(Permission.TICKET_READ_ALL) or actor.can(Permission.TICKET_READ_ASSIGNED)
    nav: list[dict[str, Any]] = []
    if sees_tickets:
        nav.append({"url": address("queue"), "label": _("Desk"), "icon": "inbox", "hotkey": "g q"})
    if actor.can(Permission.CUSTOMERS_READ):
        nav.append({"url": address("manage:home"), "label": _("Customers and software"), "icon": "building-factory-2"})
    if actor.can(Permission.ARTICLES_READ_STAFF):
        nav.append({"url": address("kb:home"), "label": _("Knowledge base"), "icon": "book", "hotkey": "g k"})
    if actor.can(Permission.ACCOUNTS_MANAGE):
        nav.append({"url": address("people_list"), "label": _("People"), "icon": "users"})
    if actor.can(Permission.AUDIT_READ):
        nav.append({"url": address("audit_tables"), "label": pgettext("audit", "Logs"), "icon": "history"})
    for item in nav:
        item["current"] = request.path == item["url"]
    shell = {"nav": nav, "home_url": address("home")}
    return {**shell, "palette_url": address("desk_palette")} if sees_tickets else shell
